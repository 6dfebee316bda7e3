import { Module } from '@nestjs/common';
import { WebhooksMetrics } from './webhooks-metrics';

/** The numbers that the parts of the module count. */
@Module({ providers: [WebhooksMetrics], exports: [WebhooksMetrics] })
export class MetricsModule {}

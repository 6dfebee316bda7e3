import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { collectDefaultMetrics, prometheusContentType, Registry } from 'prom-client';
import { MetricsAccessGuard } from './metrics-access.guard';
import { WebhooksMetrics } from './webhooks-metrics';

/** The numbers of this process for Prometheus: the module's own, and Node's (processor time, memory, event loop). */
// Not part of the API: its text is Prometheus' own, and docs/metrics.md describes it.
@ApiExcludeController()
@Controller('metrics')
@UseGuards(MetricsAccessGuard)
export class MetricsController {
  private readonly all: Registry;

  constructor({ registry }: WebhooksMetrics) {
    const process = new Registry();
    collectDefaultMetrics({ register: process });
    this.all = Registry.merge([registry, process]);
  }

  @Get()
  @Header('Content-Type', prometheusContentType)
  @Header('Cache-Control', 'no-store')
  async read(): Promise<string> {
    return this.all.metrics();
  }
}

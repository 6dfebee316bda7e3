import { Module, type DynamicModule } from '@nestjs/common';
import { METRICS_ACCESS, MetricsAccessGuard, type MetricsAccess } from './metrics-access.guard';
import { MetricsController } from './metrics.controller';
import { MetricsModule } from './metrics.module';

/** `GET /metrics` of the stand-alone service. */
@Module({})
export class MetricsEndpointModule {
  static for(access: MetricsAccess): DynamicModule {
    return {
      module: MetricsEndpointModule,
      imports: [MetricsModule],
      controllers: [MetricsController],
      providers: [MetricsAccessGuard, { provide: METRICS_ACCESS, useValue: access }],
    };
  }
}

import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseModule } from '../database/database.module';
import { DeliveryModule } from '../webhooks/delivery/delivery.module';
import { HealthController } from './health.controller';
import { Readiness, READINESS_OPTIONS, type ReadinessOptions } from './readiness';

/** `GET /health/live` and `GET /health/ready`. */
@Module({})
export class HealthModule {
  static for(options: ReadinessOptions): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false }), DatabaseModule, DeliveryModule],
      controllers: [HealthController],
      providers: [Readiness, { provide: READINESS_OPTIONS, useValue: options }],
    };
  }
}

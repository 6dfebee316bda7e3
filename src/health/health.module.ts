import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseModule } from '../database/database.module';
import { DeliveryModule } from '../webhooks/delivery/delivery.module';
import { HealthController } from './health.controller';

/** `GET /health/live` and `GET /health/ready`. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false }), DatabaseModule, DeliveryModule],
  controllers: [HealthController],
})
export class HealthModule {}

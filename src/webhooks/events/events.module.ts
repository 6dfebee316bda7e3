import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { MetricsModule } from '../../metrics/metrics.module';
import { DeliveryModule } from '../delivery/delivery.module';
import { EndpointsModule } from '../endpoints/endpoints.module';
import { EventTypesModule } from '../event-types/event-types.module';
import { EventsRepository } from './events.repository';
import { EventsService } from './events.service';
import { TestSendsService } from './test-sends.service';
import { TimelineRepository } from './timeline.repository';
import { TimelineService } from './timeline.service';

/** Takes events in, and shows what became of them. */
@Module({
  imports: [DatabaseModule, MetricsModule, EndpointsModule, EventTypesModule, DeliveryModule],
  providers: [EventsRepository, EventsService, TestSendsService, TimelineRepository, TimelineService],
  exports: [EventsService, TestSendsService, TimelineService],
})
export class EventsModule {}

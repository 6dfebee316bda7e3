import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { AuditModule } from '../audit/audit.module';
import { DeliveryModule } from '../delivery/delivery.module';
import { EndpointsModule } from '../endpoints/endpoints.module';
import { EventTypesModule } from '../event-types/event-types.module';
import { EventsModule } from '../events/events.module';
import { ReplaysRepository } from './replays.repository';
import { ReplayRunner } from './replays.runner';
import { ReplaysService } from './replays.service';
import { ResendRepository } from './resend.repository';
import { ResendService } from './resend.service';

/** Sends deliveries again that are over: one, or many. */
@Module({
  imports: [DatabaseModule, AuditModule, EndpointsModule, EventTypesModule, EventsModule, DeliveryModule],
  providers: [ResendRepository, ResendService, ReplaysRepository, ReplaysService, ReplayRunner],
  exports: [ResendService, ReplaysService],
})
export class ReplaysModule {}

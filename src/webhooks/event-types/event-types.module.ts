import { Module } from '@nestjs/common';
import { EventTypesService } from './event-types.service';

/** Which events there are. */
@Module({ providers: [EventTypesService], exports: [EventTypesService] })
export class EventTypesModule {}

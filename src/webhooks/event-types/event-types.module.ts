import { Module } from '@nestjs/common';
import { MetricsModule } from '../../metrics/metrics.module';
import { EventTypesService } from './event-types.service';

/** Which events there are. */
@Module({ imports: [MetricsModule], providers: [EventTypesService], exports: [EventTypesService] })
export class EventTypesModule {}

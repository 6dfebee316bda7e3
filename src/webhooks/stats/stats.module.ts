import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { EndpointsModule } from '../endpoints/endpoints.module';
import { StatsRepository } from './stats.repository';
import { StatsService } from './stats.service';

/** Figures about endpoints. */
@Module({
  imports: [DatabaseModule, EndpointsModule],
  providers: [StatsRepository, StatsService],
  exports: [StatsService],
})
export class StatsModule {}

import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeysService } from './api-keys.service';
import { LastUsedTracker } from './last-used.tracker';

/** The life of API keys. */
@Module({
  imports: [DatabaseModule],
  providers: [ApiKeysRepository, ApiKeysService, LastUsedTracker],
  exports: [ApiKeysService],
})
export class ApiKeysModule {}

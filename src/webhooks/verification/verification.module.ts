import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { AccessChanges } from './access-changes';
import { LastUsedTracker } from './last-used.tracker';
import { VerificationRepository } from './verification.repository';
import { VerificationService } from './verification.service';

/** Whether a presented key is accepted. */
@Module({
  imports: [DatabaseModule],
  providers: [AccessChanges, VerificationRepository, VerificationService, LastUsedTracker],
  exports: [VerificationService],
})
export class VerificationModule {}

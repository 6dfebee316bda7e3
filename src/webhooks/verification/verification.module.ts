import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { LastUsedTracker } from './last-used.tracker';
import { VerificationRepository } from './verification.repository';
import { VerificationService } from './verification.service';

/** Whether a presented key is accepted. */
@Module({
  imports: [DatabaseModule],
  providers: [VerificationRepository, VerificationService, LastUsedTracker],
  exports: [VerificationService],
})
export class VerificationModule {}

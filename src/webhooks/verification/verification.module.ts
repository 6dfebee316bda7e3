import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { MetricsModule } from '../../metrics/metrics.module';
import { AccessChanges } from './access-changes';
import { KeyExistenceRepository } from './key-existence.repository';
import { LastUsedTracker } from './last-used.tracker';
import { RateLimiterRepository } from './rate-limiter.repository';
import { RateLimiterService } from './rate-limiter.service';
import { RateWindowsSweep } from './rate-windows.sweep';
import { ThrottledVerificationService } from './throttled-verification.service';
import { VerificationRepository } from './verification.repository';
import { VerificationService } from './verification.service';

/** Whether a presented key is accepted, and how often it may be used. */
@Module({
  imports: [DatabaseModule, MetricsModule],
  providers: [
    AccessChanges,
    VerificationRepository,
    VerificationService,
    LastUsedTracker,
    KeyExistenceRepository,
    ThrottledVerificationService,
    RateLimiterRepository,
    RateLimiterService,
    RateWindowsSweep,
  ],
  exports: [VerificationService, ThrottledVerificationService, RateLimiterService],
})
export class VerificationModule {}

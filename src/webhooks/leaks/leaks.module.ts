import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { VerificationModule } from '../verification/verification.module';
import { CanaryAlarm } from './canary-alarm';
import { GithubKeys } from './github-keys';
import { LeaksService } from './leaks.service';

/** Keys in the wrong hands: reports of them, and decoys that set off an alarm. */
@Module({
  imports: [ApiKeysModule, VerificationModule],
  providers: [GithubKeys, LeaksService, CanaryAlarm],
  exports: [GithubKeys, LeaksService],
})
export class LeaksModule {}

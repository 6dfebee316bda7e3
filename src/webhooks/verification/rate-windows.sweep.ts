import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Periodic } from '../periodic';
import { RareWarnings } from '../rare-warnings';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { RateLimiterRepository } from './rate-limiter.repository';
import { reasonOf } from '../reason';

const INTERVAL_MS = 60_000;

/** Removes what is left of windows that are long over: of keys that are deleted, or have no limit any more. */
@Injectable()
export class RateWindowsSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly warnings = new RareWarnings(new Logger('ApiKeys'));
  private readonly periodic = new Periodic(() => this.sweep(), INTERVAL_MS);

  constructor(
    private readonly repository: RateLimiterRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onApplicationBootstrap(): void {
    if (this.options.role === 'all' || this.options.role === 'worker') this.periodic.start(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.periodic.stop();
  }

  private async sweep(): Promise<void> {
    try {
      await this.repository.sweep();
    } catch (error) {
      this.warnings.warn(`old rate windows are not removed yet: ${reasonOf(error)}`);
    }
  }
}

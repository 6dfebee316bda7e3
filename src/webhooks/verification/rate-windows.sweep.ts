import { Inject, Injectable } from '@nestjs/common';
import { MinuteChore } from '../minute-chore';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { RateLimiterRepository } from './rate-limiter.repository';

/** Removes what is left of windows that are long over: of keys that are deleted, or have no limit any more. */
@Injectable()
export class RateWindowsSweep extends MinuteChore {
  constructor(
    private readonly repository: RateLimiterRepository,
    @Inject(WEBHOOKS_OPTIONS) { role }: ResolvedOptions,
  ) {
    super(role, 'ApiKeys', 'old rate windows are not removed yet');
  }

  protected work(): Promise<unknown> {
    return this.repository.sweep();
  }
}

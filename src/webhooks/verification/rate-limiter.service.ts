import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isDatabaseUnavailable, isTransactionConflict } from '../../database/database-errors';
import { createBatcher } from '../batcher';
import type { RateLimit } from '../identity.types';
import { RateLimiterRepository } from './rate-limiter.repository';
import type { KeyDemand, RateDecision, RateWindow } from './rate-limiter.types';

export type { RateDecision };

/** Requests that one statement counts. */
const MAX_BATCH = 250;
/** Exhausted windows that are remembered. */
const MAX_REMEMBERED = 10_000;

interface LimitedRequest {
  keyId: string;
  customerId: string;
  rate: RateLimit;
}

interface ExhaustedWindow extends RateLimit {
  endsAt: number;
}

/**
 * Counts the requests of keys that have a rate limit, in fixed windows that begin with their first request. PostgreSQL
 * counts, so a limit holds over all nodes, exactly; requests of the same moment are counted by one statement. A window
 * that is exhausted is remembered here until it ends, and costs no statement.
 */
@Injectable()
export class RateLimiterService {
  private readonly exhausted = new LRUCache<string, ExhaustedWindow>({ max: MAX_REMEMBERED });
  private readonly batch = createBatcher((requests: readonly LimitedRequest[]) => this.count(requests), {
    maxSize: MAX_BATCH,
    isHopeless: isDatabaseUnavailable,
    isPassing: isTransactionConflict,
  });

  constructor(private readonly repository: RateLimiterRepository) {}

  /** Counts one request. Fails, and accepts nothing, while the database is away. */
  async take(customerId: string, keyId: string, rate: RateLimit): Promise<RateDecision> {
    const refusal = this.recall(keyId, rate);
    if (refusal !== undefined) return refusal;
    const decision = await this.batch({ keyId, customerId, rate });
    if (decision.remaining === 0) {
      this.exhausted.set(keyId, { ...rate, endsAt: performance.now() + decision.resetMs });
    }
    return decision;
  }

  /** The refusal that is certain: this limit was reached, and its window is not over. */
  private recall(keyId: string, { limit, windowSeconds }: RateLimit): RateDecision | undefined {
    const known = this.exhausted.get(keyId);
    if (known === undefined) return undefined;
    const resetMs = known.endsAt - performance.now();
    if (resetMs > 0 && known.limit === limit && known.windowSeconds === windowSeconds) {
      return { limit, windowSeconds, isAccepted: false, remaining: 0, resetMs };
    }
    this.exhausted.delete(keyId);
    return undefined;
  }

  private async count(requests: readonly LimitedRequest[]): Promise<RateDecision[]> {
    const demands = new Map<string, KeyDemand>();
    for (const { keyId, customerId, rate } of requests) {
      // Of two limits, the later is the one that was read last.
      demands.set(keyId, { ...rate, keyId, customerId, demand: (demands.get(keyId)?.demand ?? 0) + 1 });
    }
    const windows = await this.repository.count([...demands.values()]);
    const places = new Map(windows.map((window) => [window.keyId, window]));
    const taken = new Map<string, number>();
    return requests.map(({ keyId }) => {
      const [demand, window] = [demands.get(keyId), places.get(keyId)];
      if (demand === undefined || window === undefined)
        throw new Error(`The requests of key ${keyId} are not counted.`);
      const nth = (taken.get(keyId) ?? 0) + 1;
      taken.set(keyId, nth);
      return decide(demand, window, nth);
    });
  }
}

/** @param nth which of the demand's requests this is, from 1 */
function decide({ limit, windowSeconds, demand }: KeyDemand, { used, ageMs }: RateWindow, nth: number): RateDecision {
  const place = used - demand + nth;
  const windowMs = windowSeconds * 1_000;
  return {
    limit,
    windowSeconds,
    isAccepted: place <= limit,
    remaining: Math.max(0, limit - place),
    resetMs: Math.min(windowMs, Math.max(0, windowMs - ageMs)),
  };
}

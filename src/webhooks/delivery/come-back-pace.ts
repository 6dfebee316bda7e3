import { LRUCache } from 'lru-cache';
import type { EndpointHealth } from './attempt-slots';

/** What is held up comes back after this long at the soonest, */
const SOONEST_MS = 1_000;
/** and where attempts fail, after this long; */
const SOONEST_OF_FAILING_MS = 5_000;
/** at the latest after this long, however much is held up: well within a lease of the usual length. */
const LATEST_MS = 10_000;
/** So many a second for each attempt that may be made at once. Slow attempts take no more than this, */
const PER_SLOT = 4;
/** and those that fail, far less. */
const PER_SLOT_OF_FAILING = 1;
const MAX_ENDPOINTS = 10_000;

/**
 * When what an endpoint holds up is looked at again. One look finds little room, and costs what it costs where there is
 * room: so an endpoint's deliveries come back one after the other, no faster than it could take them, however many there are.
 */
export class ComeBackPace {
  /** When the last one of each endpoint comes back. */
  private readonly last = new LRUCache<string, number>({ max: MAX_ENDPOINTS });

  /** @param size attempts that this process may make at once */
  constructor(private readonly size: number) {}

  /** Milliseconds until the next one of this endpoint's may come back. */
  nextMs({ id, isFailing }: EndpointHealth, now = performance.now()): number {
    const perSecond = this.size * (isFailing ? PER_SLOT_OF_FAILING : PER_SLOT);
    const inTurn = (this.last.get(id) ?? 0) + 1_000 / perSecond - now;
    const delayMs = Math.min(LATEST_MS, Math.max(isFailing ? SOONEST_OF_FAILING_MS : SOONEST_MS, inTurn));
    this.last.set(id, now + delayMs);
    return delayMs;
  }
}

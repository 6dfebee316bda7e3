import { LRUCache } from 'lru-cache';
import { networkOf } from './ip-address';

/** Addresses that are remembered; of more, those that were active longest ago are forgotten. */
const MAX_ADDRESSES = 50_000;
const WINDOW_MS = 60_000;
/** What requests whose address cannot be told are counted under. */
const UNKNOWN_ADDRESS = '?';

interface Window {
  count: number;
  endsAt: number;
}

/**
 * Counts what addresses did wrong, in windows of a minute that begin with the first time. IPv6 addresses count by their
 * /64, which is what one party has at least. Times are milliseconds of one steady clock.
 */
export class AddressThrottle {
  private readonly windows = new LRUCache<string, Window>({ max: MAX_ADDRESSES });

  /** @param perMinute times that an address has */
  constructor(private readonly perMinute: number) {}

  /** Addresses that are remembered now. */
  get size(): number {
    return this.windows.size;
  }

  /** Counts once more. */
  note(address: string | null, now: number): void {
    const name = nameOf(address);
    const window = this.windows.get(name);
    if (window === undefined || window.endsAt <= now) this.windows.set(name, { count: 1, endsAt: now + WINDOW_MS });
    else window.count += 1;
  }

  /** Whether the address has had more than its share. @returns the time until it has a new one; 0 = it has not */
  blockedForMs(address: string | null, now: number): number {
    // On every request's path: with nobody to remember there is nothing to read.
    if (this.windows.size === 0) return 0;
    const window = this.windows.peek(nameOf(address));
    return window === undefined || window.count <= this.perMinute ? 0 : Math.max(0, window.endsAt - now);
  }
}

const nameOf = (address: string | null): string => (address === null ? UNKNOWN_ADDRESS : networkOf(address));

import { LRUCache } from 'lru-cache';

/** Failures in a row, before an endpoint counts as one that fails: one failure among many deliveries says little. */
const ENOUGH = 3;
const MAX_ENDPOINTS = 10_000;

/** Which endpoints fail again and again, by the attempts of this process. */
export class FailureStreaks {
  private readonly lengths = new LRUCache<string, number>({ max: MAX_ENDPOINTS });

  /** Notes how an attempt ended. */
  note(endpointId: string, hasFailed: boolean): void {
    if (hasFailed) this.lengths.set(endpointId, (this.lengths.get(endpointId) ?? 0) + 1);
    else this.lengths.delete(endpointId);
  }

  isFailing(endpointId: string): boolean {
    return (this.lengths.get(endpointId) ?? 0) >= ENOUGH;
  }
}

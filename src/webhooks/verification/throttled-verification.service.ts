import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isDatabaseUnavailable } from '../../database/database-errors';
import { WebhooksMetrics } from '../../metrics/webhooks-metrics';
import { createBatcher } from '../batcher';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { AddressThrottle } from './address-throttle';
import { KeyExistenceRepository } from './key-existence.repository';
import type { PresentedToken } from './presented-token';
import { VerificationService, type KeyUse, type Verification } from './verification.service';

/** Keys that one statement looks for. */
const MAX_BATCH = 500;
/** Keys that may wait to be looked for; beyond, they are not. */
const MAX_WAITING = 2_000;
const BUSY_RETRY_MS = 1_000;
/** Keys that were found to exist: they need not be looked for again before they are verified. */
const FOUND = { max: 10_000, ttl: 60_000 };

type Client = Pick<KeyUse, 'ip' | 'userAgent'>;

/** What is known of a presented key, or that its address has presented too many that are none. */
export type ThrottledVerification = Verification | { outcome: 'throttled'; retryAfterMs: number };

/**
 * Verification for requests from outside: an address that presents too many unknown keys in a minute is told to slow
 * down. A key that exists is verified as ever, whatever else its address sends.
 *
 * Keys from such an address are first looked for together, one statement at a time, apart from the look-ups of all
 * others: a flood delays nobody else, and what is too much of it is refused unread.
 */
@Injectable()
export class ThrottledVerificationService {
  private readonly throttle: AddressThrottle;
  private readonly found = new LRUCache<string, true>(FOUND);
  private readonly look = createBatcher((digests: readonly string[]) => this.lookFor(digests), {
    maxSize: MAX_BATCH,
    isHopeless: isDatabaseUnavailable,
  });
  private waiting = 0;

  constructor(
    private readonly verification: VerificationService,
    private readonly repository: KeyExistenceRepository,
    private readonly metrics: WebhooksMetrics,
    @Inject(WEBHOOKS_OPTIONS) { apiKeys }: ResolvedOptions,
  ) {
    this.throttle = new AddressThrottle(apiKeys.unknownPerMinute);
  }

  /** @param client its address is in canonical form; all whose address cannot be told count as one */
  verify(presented: PresentedToken, client: Client): ThrottledVerification | Promise<ThrottledVerification> {
    const isBlocked = this.throttle.blockedForMs(client.ip, performance.now()) > 0;
    return isBlocked ? this.verifySuspect(presented, client) : this.verifyNow(presented, client);
  }

  /** Without a promise where the key is remembered: this is every request's path. */
  private verifyNow(presented: PresentedToken, client: Client): ThrottledVerification | Promise<ThrottledVerification> {
    const verified = this.verification.verify(presented, client);
    return verified instanceof Promise
      ? verified.then((later) => this.count(later, client))
      : this.count(verified, client);
  }

  private async verifySuspect(presented: PresentedToken, client: Client): Promise<ThrottledVerification> {
    const existence = await this.exists(presented);
    if (existence === 'found') return this.verifyNow(presented, client);
    this.metrics.keyVerified('throttled');
    return existence === 'busy'
      ? { outcome: 'throttled', retryAfterMs: BUSY_RETRY_MS }
      : this.count({ outcome: 'unknown' }, client);
  }

  private count(verified: Verification, { ip }: Client): ThrottledVerification {
    if (verified.outcome !== 'unknown') return verified;
    const now = performance.now();
    this.throttle.note(ip, now);
    const retryAfterMs = this.throttle.blockedForMs(ip, now);
    return retryAfterMs > 0 ? { outcome: 'throttled', retryAfterMs } : verified;
  }

  /** Whether the key is there; one that may be is for the verification to judge. */
  private async exists(presented: PresentedToken): Promise<'found' | 'unknown' | 'busy'> {
    if (!this.verification.looksLikeKey(presented)) return 'unknown';
    const { digest } = presented;
    if (this.found.has(digest)) return 'found';
    if (this.waiting >= MAX_WAITING) return 'busy';
    this.waiting += 1;
    try {
      return (await this.look(digest)) ? 'found' : 'unknown';
    } finally {
      this.waiting -= 1;
    }
  }

  private async lookFor(digests: readonly string[]): Promise<boolean[]> {
    const existing = await this.repository.findExisting(digests);
    for (const digest of existing) this.found.set(digest, true);
    return digests.map((digest) => existing.has(digest));
  }
}

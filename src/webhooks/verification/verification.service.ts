import { Inject, Injectable } from '@nestjs/common';
import { isDatabaseUnavailable } from '../../database/database-errors';
import { WebhooksMetrics } from '../../metrics/webhooks-metrics';
import { looksLikeApiKey } from '../api-keys/api-key';
import { createBatcher } from '../batcher';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { AccessChanges, type AccessListener } from './access-changes';
import { IdentityCache } from './identity-cache';
import { LastUsedTracker } from './last-used.tracker';
import type { PresentedToken } from './presented-token';
import { VerificationRepository } from './verification.repository';
import type { CanaryListener, KeyIdentity, KeyUse, Verification } from './verification.types';

export type { CanaryListener, KeyIdentity, KeyUse, Verification };

const MAX_BATCH = 200;

/**
 * Tells whether a presented key is accepted; on every request's path. What was looked up is remembered, as long as it
 * is certain that every change of it would have been heard.
 */
@Injectable()
export class VerificationService {
  private readonly cache: IdentityCache | undefined;
  private readonly lookUp: (digest: string) => Promise<KeyIdentity | null>;
  private canaryListener: CanaryListener = () => undefined;

  constructor(
    repository: VerificationRepository,
    private readonly lastUsed: LastUsedTracker,
    private readonly changes: AccessChanges,
    private readonly metrics: WebhooksMetrics,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    const { cacheSize } = options.apiKeys;
    this.cache = cacheSize === 0 ? undefined : new IdentityCache(cacheSize);
    metrics.gauge('webhooks_api_key_cache_entries', () => [[this.cache?.size ?? 0]]);
    const lookUp = createBatcher<string, KeyIdentity | null>((digests) => repository.findByDigests(digests), {
      maxSize: MAX_BATCH,
      isHopeless: isDatabaseUnavailable,
    });
    this.lookUp = (digest) => {
      metrics.keyLookedUp('database');
      return lookUp(digest);
    };
  }

  /**
   * Whom a presented key belongs to, and whether it is accepted now. A text that cannot be a key costs no query, a key
   * that is remembered neither (then the answer is there at once, without a promise), any other one by an index.
   */
  verify(presented: PresentedToken, use: Pick<KeyUse, 'ip' | 'userAgent'>): Verification | Promise<Verification> {
    if (!this.looksLikeKey(presented)) return this.counted(UNKNOWN);
    const found = this.find(presented.digest);
    if (found instanceof Promise) return found.then((identity) => this.counted(this.judge(identity, use)));
    return this.counted(this.judge(found, use));
  }

  /** Whether the text has the form of a key, of this service's own or an imported one. */
  looksLikeKey({ text }: PresentedToken): boolean {
    return looksLikeApiKey(text, this.options.apiKeys.importedPrefixes);
  }

  /** Notes that a key was used now; written soon, and not while the caller waits. */
  markUsed(id: string, use: KeyUse): void {
    this.lastUsed.markUsed(id, use);
  }

  /** Called when a decoy is presented. */
  onCanaryUsed(listener: CanaryListener): void {
    this.canaryListener = listener;
  }

  /** Something of the key has changed: what is remembered of it is not used any more. */
  forgetKey(id: string): void {
    this.cache?.forgetKey(id);
  }

  /** The customer's access has changed. */
  forgetCustomer(id: string): void {
    this.cache?.forgetCustomer(id);
  }

  private find(digest: string): KeyIdentity | null | Promise<KeyIdentity | null> {
    const { cache } = this;
    if (cache === undefined) return this.lookUp(digest);
    // From the first key on: a process that verifies none needs no connection for it.
    if (!this.changes.isListening) this.changes.listen(listenerOf(cache));
    if (!this.changes.isCurrent) return this.lookUp(digest);
    const remembered = cache.get(digest);
    if (remembered !== undefined) {
      this.metrics.keyLookedUp('cache');
      return remembered;
    }
    const { epoch } = cache;
    return this.lookUp(digest).then((found) => {
      cache.set(digest, found, epoch);
      return found;
    });
  }

  private counted(verified: Verification): Verification {
    this.metrics.keyVerified(verified.outcome);
    return verified;
  }

  private judge(identity: KeyIdentity | null, use: Pick<KeyUse, 'ip' | 'userAgent'>): Verification {
    if (identity === null) return UNKNOWN;
    const { apiKey, customer, suspension } = identity;
    if (apiKey.isCanary) {
      // A decoy is answered like a text that is no key: whoever tries it learns nothing.
      this.canaryListener({ id: apiKey.id, customerId: customer.id }, use);
      return UNKNOWN;
    }
    if (!apiKey.isActive) return { outcome: 'inactive' };
    if (apiKey.expiresAt !== null && apiKey.expiresAt.getTime() <= Date.now()) return { outcome: 'expired' };
    if (suspension !== null) return { outcome: 'suspended', reason: suspension.reason };
    // What a request gets is its own: a handler that changes it changes nobody else's. Lists in it are frozen.
    return { outcome: 'valid', user: { ...identity.user }, customer: { ...customer }, apiKey: { ...apiKey } };
  }
}

const UNKNOWN: Verification = { outcome: 'unknown' };

const listenerOf = (cache: IdentityCache): AccessListener => ({
  keyChanged: (id) => cache.forgetKey(id),
  customerChanged: (id) => cache.forgetCustomer(id),
  anythingChanged: () => cache.forgetAll(),
});

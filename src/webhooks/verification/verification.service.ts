import { Inject, Injectable } from '@nestjs/common';
import { digestOf, looksLikeApiKey } from '../api-keys/api-key';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { LastUsedTracker } from './last-used.tracker';
import { VerificationRepository } from './verification.repository';
import type { CanaryUse, KeyIdentity, KeyUse, Verification } from './verification.types';

export type { CanaryUse, KeyIdentity, KeyUse, Verification };

/** Tells whether a presented key is accepted. On every request's path. */
@Injectable()
export class VerificationService {
  private canaryUsed: (use: CanaryUse) => void = () => undefined;

  constructor(
    private readonly repository: VerificationRepository,
    private readonly lastUsed: LastUsedTracker,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** Whom to tell when somebody presents a decoy. It must neither fail nor make the request wait. */
  onCanaryUsed(listener: (use: CanaryUse) => void): void {
    this.canaryUsed = listener;
  }

  /**
   * Whom a presented key belongs to, and whether it is accepted now. A text that cannot be a key costs no query.
   * @param from who presents it
   */
  async verify(presented: string, from: Pick<KeyUse, 'ip' | 'userAgent'>): Promise<Verification> {
    if (!looksLikeApiKey(presented, this.options.apiKeys.importedPrefixes)) return { outcome: 'unknown' };
    const identity = await this.repository.findByDigest(digestOf(presented));
    if (identity === null) return { outcome: 'unknown' };
    if (identity.apiKey.isCanary) {
      this.canaryUsed({ keyId: identity.apiKey.id, customerId: identity.customer.id, ...from });
      return { outcome: 'unknown' };
    }
    return judge(identity);
  }

  /** Notes that a key was used now; written soon, and not while the caller waits. */
  markUsed(id: string, use: KeyUse): void {
    this.lastUsed.markUsed(id, use);
  }

  /** Something of the key has changed: what is remembered of it is not used any more. */
  forgetKey(_id: string): void {
    // Nothing is remembered yet.
  }

  /** The customer's access has changed. */
  forgetCustomer(_id: string): void {
    // Nothing is remembered yet.
  }
}

function judge(identity: KeyIdentity): Verification {
  const { apiKey, suspension } = identity;
  if (!apiKey.isActive) return { outcome: 'inactive' };
  if (apiKey.expiresAt !== null && apiKey.expiresAt.getTime() <= Date.now()) return { outcome: 'expired' };
  if (suspension !== null) return { outcome: 'suspended', reason: suspension.reason };
  return { outcome: 'valid', ...identity };
}

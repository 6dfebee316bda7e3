import { Inject, Injectable } from '@nestjs/common';
import { digestOf, looksLikeApiKey } from '../api-keys/api-key';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { LastUsedTracker } from './last-used.tracker';
import { VerificationRepository } from './verification.repository';
import type { KeyIdentity, KeyUse, Verification } from './verification.types';

export type { KeyIdentity, KeyUse, Verification };

/** Tells whether a presented key is accepted. On every request's path. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly repository: VerificationRepository,
    private readonly lastUsed: LastUsedTracker,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** Whom a presented key belongs to, and whether it is accepted now. A text that cannot be a key costs no query. */
  async verify(presented: string): Promise<Verification> {
    if (!looksLikeApiKey(presented, this.options.apiKeys.importedPrefixes)) return { outcome: 'unknown' };
    const identity = await this.repository.findByDigest(digestOf(presented));
    return identity === null ? { outcome: 'unknown' } : judge(identity);
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
  if (apiKey.isCanary) return { outcome: 'unknown' };
  if (!apiKey.isActive) return { outcome: 'inactive' };
  if (apiKey.expiresAt !== null && apiKey.expiresAt.getTime() <= Date.now()) return { outcome: 'expired' };
  if (suspension !== null) return { outcome: 'suspended', reason: suspension.reason };
  return { outcome: 'valid', ...identity };
}

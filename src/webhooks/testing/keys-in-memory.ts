import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit.types';
import type { ApiKeyToWrite, ApiKeyUpdate, Refusal } from '../api-keys/api-keys.repository';
import type { Leak } from '../api-keys/api-keys.types';
import type { AuthenticatedApiKey } from '../identity.types';
import type { KeyDemand, RateWindow } from '../verification/rate-limiter.types';
import { VerificationService, type KeyIdentity, type KeyUse } from '../verification/verification.service';
import { TestingData, type StoredKey } from './testing.data';

/** API keys without a database: what `ApiKeysService` asks of its repositories. */
@Injectable()
export class KeysInMemory {
  constructor(private readonly data: TestingData) {}

  create(customerId: string, key: ApiKeyToWrite, limit: number): Promise<AuthenticatedApiKey | Refusal> {
    const refusal = this.refusal(customerId, limit);
    return Promise.resolve(refusal ?? this.data.store(customerId, key).shown);
  }

  list(customerId: string, { deleted = false } = {}): Promise<AuthenticatedApiKey[]> {
    return Promise.resolve(this.of(customerId, deleted).map(({ shown }) => shown));
  }

  find(customerId: string, id: string): Promise<AuthenticatedApiKey | null> {
    const found = this.of(customerId, false).find(({ shown }) => shown.id === id);
    return Promise.resolve(found?.shown ?? null);
  }

  async update(
    customerId: string,
    id: string,
    decide: (current: AuthenticatedApiKey) => ApiKeyUpdate,
  ): Promise<AuthenticatedApiKey | null> {
    const current = await this.find(customerId, id);
    return current && this.data.changeKey(id, decide(current));
  }

  findByDigests(digests: string[]): Promise<{ id: string; customerId: string; digest: string }[]> {
    const found = [...this.data.keys.values()].filter(({ digest }) => digests.includes(digest));
    return Promise.resolve(found.map(({ customerId, digest, shown: { id } }) => ({ id, customerId, digest })));
  }

  revokeLeaked(customerId: string, id: string, _leak: Leak, _actor: Actor): Promise<boolean> {
    const found = this.data.keys.get(id);
    if (found?.customerId !== customerId) return Promise.resolve(false);
    if (!found.shown.isCanary) this.data.changeKey(id, { isActive: false, deactivatedReason: 'leaked' });
    return Promise.resolve(true);
  }

  delete(customerId: string, id: string): Promise<boolean> {
    const isThere = this.of(customerId, false).some(({ shown }) => shown.id === id);
    if (isThere) this.data.changeKey(id, {}, new Date());
    return Promise.resolve(isThere);
  }

  restore(
    customerId: string,
    id: string,
    { limit, mayRestore }: { limit: number; mayRestore: (key: AuthenticatedApiKey) => void },
  ): Promise<AuthenticatedApiKey | Refusal> {
    const deleted = this.of(customerId, true).find(({ shown }) => shown.id === id);
    if (deleted === undefined) return Promise.resolve('not-found');
    mayRestore(deleted.shown);
    const refusal = this.refusal(customerId, limit);
    return Promise.resolve(refusal ?? this.data.changeKey(id, {}, null));
  }

  private refusal(customerId: string, limit: number): Refusal | undefined {
    if (!this.data.takesEvents(customerId)) return 'no-customer';
    if (!this.data.customers.has(customerId)) this.data.addCustomer(customerId);
    return this.of(customerId, false).length >= limit ? 'too-many' : undefined;
  }

  /** Newest first. */
  private of(customerId: string, deleted: boolean): StoredKey[] {
    return [...this.data.keys.values()]
      .filter((key) => key.customerId === customerId && (key.deletedAt !== null) === deleted)
      .reverse();
  }
}

/** Whom keys belong to, for the real verification. */
@Injectable()
export class IdentitiesInMemory {
  constructor(private readonly data: TestingData) {}

  findByDigests(digests: readonly string[]): Promise<(KeyIdentity | null)[]> {
    return Promise.resolve(digests.map((digest) => this.identityOf(digest)));
  }

  /** Notes a use at once. */
  markUsed(id: string, { ip, userAgent }: KeyUse): void {
    this.data.changeKey(id, { lastUsedAt: new Date(), lastUsedIp: ip, lastUsedUserAgent: userAgent });
  }

  private identityOf(wanted: string): KeyIdentity | null {
    const key = [...this.data.keys.values()].find(({ digest, deletedAt }) => digest === wanted && deletedAt === null);
    const found = key && this.data.customers.get(key.customerId);
    if (key === undefined || found?.erasingAt !== null) return null;
    const { id, userId, name, createdAt, suspendedAt: at, suspendedReason: reason } = found;
    return {
      user: { id: userId, createdAt },
      customer: { id, userId, name, createdAt },
      apiKey: key.shown,
      suspension: at === null ? null : { at, reason },
    };
  }
}

/** The real verification, of keys in any form. */
@Injectable()
export class TestingVerificationService extends VerificationService {
  override looksLikeKey(): boolean {
    return true;
  }
}

/** Rate windows without a database. */
@Injectable()
export class RateWindowsInMemory {
  private readonly windows = new Map<string, { startedAt: number; used: number }>();

  count(demands: readonly KeyDemand[]): Promise<RateWindow[]> {
    const now = Date.now();
    return Promise.resolve(
      demands.map(({ keyId, windowSeconds, demand }) => {
        const open = this.windows.get(keyId);
        const window =
          open === undefined || now - open.startedAt >= windowSeconds * 1_000 ? { startedAt: now, used: 0 } : open;
        window.used += demand;
        this.windows.set(keyId, window);
        return { keyId, used: window.used, ageMs: now - window.startedAt };
      }),
    );
  }
}

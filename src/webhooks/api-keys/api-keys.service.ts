import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AuthenticatedApiKey } from '../identity.types';
import { notFound, WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { digestOf, generateApiKey, looksLikeApiKey } from './api-key';
import { ApiKeysRepository, type ApiKeyChanges, type KeyIdentity } from './api-keys.repository';
import { LastUsedTracker } from './last-used.tracker';
import { missingPermissions } from './permissions';

/** What is known of a presented key. */
export type Verification = ({ outcome: 'valid' } & KeyIdentity) | { outcome: 'inactive' } | { outcome: 'unknown' };

/** The life of API keys. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly repository: ApiKeysRepository,
    private readonly lastUsed: LastUsedTracker,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Creates a key. The answer is the only place where the key itself ever appears.
   * @param grantable what the caller holds: nobody grants more than that
   * @throws WebhooksError `permission_not_held`, `too_many_api_keys`, `not_found` (the customer)
   */
  async create(
    customerId: string,
    input: { name: string; permissions: string[] },
    grantable: readonly string[],
  ): Promise<AuthenticatedApiKey & { key: string }> {
    assertGrantable(grantable, input.permissions);
    const key = generateApiKey();
    const limit = this.options.limits.apiKeysPerCustomer;
    const created = await this.repository.create(customerId, { id: uuidv7(), digest: digestOf(key), ...input }, limit);
    if (created === undefined) throw notFound('customer');
    if (created === null) {
      const detail = `This customer has ${limit} API keys, which is the limit: delete one first.`;
      throw new WebhooksError('conflict', 'too_many_api_keys', detail);
    }
    return { ...created, key };
  }

  /** Newest first. */
  async list(customerId: string): Promise<AuthenticatedApiKey[]> {
    return this.repository.list(customerId);
  }

  /** @throws WebhooksError `not_found` */
  async get(customerId: string, id: string): Promise<AuthenticatedApiKey> {
    return orNotFound(await this.repository.find(customerId, id));
  }

  /**
   * @param grantable what the caller holds: it must include the permissions that the key is given, and those of a key
   * that is switched on again
   * @throws WebhooksError `permission_not_held`, `not_found`
   */
  async update(
    customerId: string,
    id: string,
    changes: ApiKeyChanges,
    grantable: readonly string[],
  ): Promise<AuthenticatedApiKey> {
    const updated = await this.repository.update(customerId, id, changes, (current) => {
      const switchesOn = changes.isActive === true && !current.isActive;
      const granted = changes.permissions ?? (switchesOn ? current.permissions : []);
      assertGrantable(grantable, granted);
    });
    return orNotFound(updated);
  }

  /** Idempotent. @throws WebhooksError `not_found` */
  async deactivate(customerId: string, id: string): Promise<AuthenticatedApiKey> {
    return this.update(customerId, id, { isActive: false }, []);
  }

  /** @throws WebhooksError `not_found` */
  async delete(customerId: string, id: string): Promise<void> {
    if (!(await this.repository.delete(customerId, id))) throw notFound('API key');
  }

  /** Whom a presented key belongs to. A text that cannot be a key costs no query. */
  async verify(presented: string): Promise<Verification> {
    if (!looksLikeApiKey(presented)) return { outcome: 'unknown' };
    const identity = await this.repository.findByDigest(digestOf(presented));
    if (identity === null) return { outcome: 'unknown' };
    return identity.apiKey.isActive ? { outcome: 'valid', ...identity } : { outcome: 'inactive' };
  }

  /** Notes that the key was used just now; written behind. */
  markUsed(id: string): void {
    this.lastUsed.markUsed(id);
  }
}

function orNotFound(key: AuthenticatedApiKey | null): AuthenticatedApiKey {
  if (key === null) throw notFound('API key');
  return key;
}

function assertGrantable(held: readonly string[], granted: readonly string[]): void {
  const missing = missingPermissions(held, granted);
  if (missing.length === 0) return;
  const detail = `You cannot grant what you do not hold: ${missing.join(', ')}.`;
  throw new WebhooksError('forbidden', 'permission_not_held', detail, [{ field: 'permissions', message: detail }]);
}

import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit.types';
import { PLATFORM, type AuthenticatedApiKey, type Caller } from '../identity.types';
import { PermissionsService } from '../permissions/permissions.service';
import { VerificationService } from '../verification/verification.service';
import { invalidField, notFound, WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { digestOf, generateApiKey, looksLikeApiKey, previewOf } from './api-key';
import { ApiKeysRepository, type ApiKeyToWrite, type ApiKeyUpdate, type Refusal } from './api-keys.repository';
import type { ApiKeyChanges, DeactivationReason, Leak, NewApiKey } from './api-keys.types';
import { DeletedKeysRepository } from './deleted-keys.repository';
import { missingPermissions } from './permissions';
import { newId } from '../ids';

const DAY_MS = 86_400_000;
/** Leaked keys that are switched off at the same time. */
const LEAKED_AT_ONCE = 4;

/** A key and what is shown of it. */
export type CreatedKey = AuthenticatedApiKey & { key: string };

/** The life of API keys. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly repository: ApiKeysRepository,
    private readonly deletedKeys: DeletedKeysRepository,
    private readonly verification: VerificationService,
    private readonly catalogue: PermissionsService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Creates a key. The answer is the only place where the key itself ever appears.
   * @param caller who asks: nobody grants more than they hold
   * @throws WebhooksError `unknown_permission`, `permission_not_held`, `too_many_api_keys`, `invalid_expires_at`,
   * `not_found` (the customer)
   */
  async create(customerId: string, input: NewApiKey, caller: Caller = PLATFORM): Promise<CreatedKey> {
    this.catalogue.assertKnown(input.permissions ?? []);
    assertHeld(caller, input.permissions ?? []);
    assertFuture(input.expiresAt);
    const { key, toWrite } = this.generate(input);
    const limit = this.options.limits.apiKeysPerCustomer;
    const created = written(await this.repository.create(customerId, toWrite, limit, caller.actor), limit);
    return { ...created, key };
  }

  /** Newest first; with `deleted`, those that can still be restored. */
  async list(customerId: string, options: { deleted?: boolean } = {}): Promise<AuthenticatedApiKey[]> {
    return this.repository.list(customerId, options);
  }

  /** @throws WebhooksError `not_found` */
  async get(customerId: string, id: string): Promise<AuthenticatedApiKey> {
    return orNotFound(await this.repository.find(customerId, id));
  }

  /**
   * Changes a key. On this node it counts at once, on every other within a second. A permission that the key holds
   * already may stay, also when it has ceased to exist.
   * @param caller who asks: to open a key further than it is, they must hold what it then holds
   * @throws WebhooksError `unknown_permission`, `permission_not_held`, `invalid_expires_at`, `api_key_rotated`, `api_key_leaked`,
   * `not_found`
   */
  async update(
    customerId: string,
    id: string,
    changes: ApiKeyChanges,
    caller: Caller = PLATFORM,
  ): Promise<AuthenticatedApiKey> {
    return this.change(customerId, id, caller.actor, (current) => {
      this.catalogue.assertKnown(changes.permissions ?? [], current.permissions);
      return decide(current, changes, caller);
    });
  }

  /** Idempotent. @throws WebhooksError `not_found` */
  async deactivate(customerId: string, id: string, { actor }: Caller = PLATFORM): Promise<AuthenticatedApiKey> {
    return this.switchOff(customerId, id, actor, 'deactivated');
  }

  /** Whoever holds a key may end it, whatever else it may do. @throws WebhooksError `not_found` */
  async revokeSelf(customerId: string, id: string): Promise<AuthenticatedApiKey> {
    return this.switchOff(customerId, id, { type: 'api-key', id }, 'self-revoked');
  }

  /** It is refused from now on, and can be restored for some days. @throws WebhooksError `not_found` */
  async delete(customerId: string, id: string, { actor }: Caller = PLATFORM): Promise<void> {
    const { limits, apiKeys } = this.options;
    const kept = apiKeys.restoreDays === 0 ? 0 : limits.apiKeysPerCustomer;
    try {
      if (!(await this.deletedKeys.delete(customerId, id, kept, actor))) throw notFound('API key');
    } finally {
      this.verification.forgetKey(id);
    }
  }

  /**
   * Undoes a delete.
   * @param caller who asks: they must hold what the key holds
   * @throws WebhooksError `permission_not_held`, `too_many_api_keys`, `not_found`, also when it is too late
   */
  async restore(customerId: string, id: string, caller: Caller = PLATFORM): Promise<AuthenticatedApiKey> {
    const { limits, apiKeys } = this.options;
    const restored = await this.deletedKeys.restore(
      customerId,
      id,
      {
        since: restorableSince(apiKeys.restoreDays),
        limit: limits.apiKeysPerCustomer,
        mayRestore: ({ permissions }) => assertHeld(caller, permissions),
      },
      caller.actor,
    );
    this.verification.forgetKey(id);
    return written(restored, limits.apiKeysPerCustomer);
  }

  /**
   * Switches off a key that was found where it should not be, and tells its customer; once, however often that is
   * reported. A decoy stays as it is. A key that was deleted cannot be used again when it is restored.
   * @returns whether there is such a key
   */
  async reportLeaked(presented: string, leak: Leak, actor: Actor = PLATFORM.actor): Promise<boolean> {
    return (await this.reportAllLeaked(new Map([[presented, leak]]), actor)).has(presented);
  }

  /** {@link reportLeaked} for many at once. @returns those of the texts that are keys */
  async reportAllLeaked(found: ReadonlyMap<string, Leak>, actor: Actor = PLATFORM.actor): Promise<Set<string>> {
    const digests = new Map<string, string>();
    for (const presented of found.keys()) {
      if (looksLikeApiKey(presented, this.options.apiKeys.importedPrefixes))
        digests.set(digestOf(presented), presented);
    }
    const waiting = await this.repository.findByDigests([...digests.keys()]);
    const keys = new Set<string>();
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const presented = digests.get(next.digest) ?? '';
        const leak = found.get(presented);
        if (leak !== undefined && (await this.switchOffLeaked(next, leak, actor))) keys.add(presented);
      }
    };
    await Promise.all(Array.from({ length: LEAKED_AT_ONCE }, work));
    return keys;
  }

  /** Tells its customer that somebody used a decoy. Nothing happens when it is not there any more. */
  async reportCanaryUsed(customerId: string, id: string, leak: Leak): Promise<void> {
    await this.repository.revokeLeaked(customerId, id, leak, PLATFORM.actor);
  }

  /** A new key, and what of it is stored. */
  generate(input: NewApiKey): { key: string; toWrite: ApiKeyToWrite } {
    const key = generateApiKey(this.options.apiKeys);
    const { name, permissions = [], labels = {}, expiresAt = null } = input;
    const { allowedCidrs = [], rateLimit = null, isCanary = false } = input;
    const rights = { permissions, labels, expiresAt, allowedCidrs, rateLimit, isCanary };
    return { key, toWrite: { id: newId(), digest: digestOf(key), preview: previewOf(key), name, ...rights } };
  }

  private async switchOffLeaked(
    { customerId, id }: { customerId: string; id: string },
    leak: Leak,
    actor: Actor,
  ): Promise<boolean> {
    try {
      return await this.repository.revokeLeaked(customerId, id, leak, actor);
    } finally {
      this.verification.forgetKey(id);
    }
  }

  private async switchOff(
    customerId: string,
    id: string,
    actor: Actor,
    deactivatedReason: DeactivationReason,
  ): Promise<AuthenticatedApiKey> {
    return this.change(customerId, id, actor, ({ isActive }) =>
      isActive ? { isActive: false, deactivatedReason } : {},
    );
  }

  private async change(
    customerId: string,
    id: string,
    actor: Actor,
    decideOn: (current: AuthenticatedApiKey) => ApiKeyUpdate,
  ): Promise<AuthenticatedApiKey> {
    try {
      return orNotFound(await this.repository.update(customerId, id, decideOn, actor));
    } finally {
      // Also when the answer to the commit was lost: it may have been made.
      this.verification.forgetKey(id);
    }
  }
}

/** Keys that were deleted before that are gone for good. */
export const restorableSince = (restoreDays: number): Date => new Date(Date.now() - restoreDays * DAY_MS);

/** @throws WebhooksError `invalid_expires_at` */
export function assertFuture(expiresAt: Date | null | undefined): void {
  if (!expiresAt) return;
  if (expiresAt.getTime() > Date.now()) return;
  throw invalidField('invalid_expires_at', 'expiresAt', 'must be in the future');
}

/** @throws WebhooksError `permission_not_held` */
export function assertHeld({ permissions: held }: Caller, wanted: readonly string[]): void {
  const missing = missingPermissions(held, wanted);
  if (missing.length === 0) return;
  const detail = `You can only grant what you hold. You do not hold: ${missing.join(', ')}.`;
  throw new WebhooksError('forbidden', 'permission_not_held', detail, [{ field: 'permissions', message: detail }]);
}

/** What a repository wrote. @throws WebhooksError for what it refused */
export function written<Value extends object>(result: Value | Refusal, limit: number): Value {
  if (result === 'no-customer') throw notFound('customer');
  if (result === 'not-found') throw notFound('API key');
  if (result === 'too-many') {
    const detail = `This customer has ${limit} API keys, which is the limit: delete one first.`;
    throw new WebhooksError('conflict', 'too_many_api_keys', detail);
  }
  return result;
}

function decide(current: AuthenticatedApiKey, changes: ApiKeyChanges, caller: Caller): ApiKeyUpdate {
  const { permissions, expiresAt, isActive, ...others } = defined(changes);
  const opens = { permissions, expiresAt, allowedCidrs: others.allowedCidrs, rateLimit: others.rateLimit };
  const switchesOn = isActive === true && !current.isActive;
  if (switchesOn && current.deactivatedReason === 'leaked') {
    const detail = 'This key was found where others can read it: create a new one.';
    throw new WebhooksError('conflict', 'api_key_leaked', detail);
  }
  if (switchesOn || Object.values(opens).some((value) => value !== undefined)) {
    assertHeld(caller, permissions ?? current.permissions);
  }
  if (expiresAt !== undefined) assertExpiry(current, expiresAt);
  return {
    ...others,
    ...defined({ permissions, expiresAt }),
    ...(switchesOn ? { isActive, deactivatedReason: null } : {}),
    ...(isActive === false && current.isActive ? { isActive, deactivatedReason: 'deactivated' } : {}),
  };
}

/** What has a successor ends when its grace period does, or sooner. */
function assertExpiry(current: AuthenticatedApiKey, expiresAt: Date | null): void {
  assertFuture(expiresAt);
  if (current.successorId === null || current.expiresAt === null) return;
  if (expiresAt !== null && expiresAt <= current.expiresAt) return;
  const detail = 'This key was rotated: its end can only be brought forward. Use its successor.';
  throw new WebhooksError('conflict', 'api_key_rotated', detail);
}

type Defined<Value> = { [Field in keyof Value]?: Exclude<Value[Field], undefined> };

const defined = <Value extends object>(value: Value): Defined<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, content]) => content !== undefined)) as Defined<Value>;

function orNotFound(key: AuthenticatedApiKey | null): AuthenticatedApiKey {
  if (key === null) throw notFound('API key');
  return key;
}

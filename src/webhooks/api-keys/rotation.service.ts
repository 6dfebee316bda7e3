import { Inject, Injectable } from '@nestjs/common';
import { PLATFORM, type AuthenticatedApiKey, type Caller } from '../identity.types';
import { VerificationService } from '../verification/verification.service';
import { notFound, WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { ApiKeyJournal } from './api-key.journal';
import { ApiKeysRepository } from './api-keys.repository';
import { assertFuture, assertHeld, written, ApiKeysService, type CreatedKey } from './api-keys.service';
import type { RotationOptions } from './api-keys.types';

/** A day. */
const DEFAULT_GRACE_SECONDS = 86_400;
/** The old key has to be quiet for this long before it counts as out of use. */
const QUIET_SECONDS = 3_600;

/** How a rotation stands. */
export interface RotationStatus {
  predecessor: AuthenticatedApiKey;
  successor: AuthenticatedApiKey;
  /** Until then both are accepted; in the past, only the successor is. */
  graceEndsAt: Date | null;
  /** Seconds since the old key was last used; null = not since the rotation. */
  predecessorQuietForSeconds: number | null;
  /** The new key is in use, and the old one has not been for an hour. */
  safeToCutOver: boolean;
}

/** Puts a new key in the place of an old one. */
@Injectable()
export class RotationService {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly repository: ApiKeysRepository,
    private readonly journal: ApiKeyJournal,
    private readonly verification: VerificationService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Makes a successor with the same rights. The old key is accepted until the grace period ends, or until it would
   * have expired anyway. Of two rotations at the same time, one wins.
   * @param caller who asks: they must hold what the key holds
   * @throws WebhooksError `permission_not_held`, `invalid_expires_at`, `api_key_inactive`, `api_key_expired`,
   * `api_key_rotated`, `too_many_api_keys`, `not_found`
   */
  async rotate(
    customerId: string,
    id: string,
    { gracePeriodSeconds = DEFAULT_GRACE_SECONDS, expiresAt }: RotationOptions,
    caller: Caller = PLATFORM,
  ): Promise<CreatedKey & { predecessor: AuthenticatedApiKey }> {
    assertFuture(expiresAt);
    try {
      return await this.repository.transaction(async (tx) => {
        // The customer first, as everything that makes keys does.
        if (!(await this.repository.lockCustomer(tx, customerId))) throw notFound('API key');
        const before = await this.repository.lock(tx, customerId, id);
        if (before === null) throw notFound('API key');
        const now = new Date();
        assertRotatable(before, now);
        assertHeld(caller, before.permissions);
        // The old key makes room for the new one, so only what was restored meanwhile can be too many.
        const limit = this.options.limits.apiKeysPerCustomer;
        if ((await this.repository.count(tx, customerId)) > limit) written('too-many', limit);
        if (gracePeriodSeconds > 0 && (await this.repository.countInGrace(tx, customerId, now)) >= limit)
          refuseGrace(limit);
        const { key, toWrite } = this.keys.generate({
          ...before,
          expiresAt: expiresAt === undefined ? before.expiresAt : expiresAt,
        });
        const successor = await this.repository.insert(tx, customerId, toWrite);
        const graceEndsAt = earliest(new Date(now.getTime() + gracePeriodSeconds * 1_000), before.expiresAt);
        const predecessor = await this.repository.write(tx, customerId, id, {
          successorId: successor.id,
          rotatedAt: now,
          expiresAt: graceEndsAt,
          ...(gracePeriodSeconds === 0 ? { isActive: false, deactivatedReason: 'rotated' as const } : {}),
        });
        const change = { customerId, actor: caller.actor, before, after: predecessor };
        await this.journal.rotated(tx, change, { id: successor.id, graceEndsAt });
        return { ...successor, key, predecessor };
      });
    } finally {
      this.verification.forgetKey(id);
    }
  }

  /**
   * How the rotation of a key stands, asked with the old or the new one.
   * @throws WebhooksError `not_found`, also when it was never rotated
   */
  async status(customerId: string, id: string): Promise<RotationStatus> {
    const asked = await this.keys.get(customerId, id);
    const [predecessor, successor] =
      asked.successorId === null
        ? [await this.repository.findPredecessor(customerId, id), asked]
        : [asked, await this.repository.find(customerId, asked.successorId)];
    if (predecessor === null || successor === null) throw notFound('rotation of an API key');
    const { rotatedAt, lastUsedAt } = predecessor;
    const isUsedSince = rotatedAt !== null && lastUsedAt !== null && lastUsedAt > rotatedAt;
    const quiet = isUsedSince ? Math.floor((Date.now() - lastUsedAt.getTime()) / 1_000) : null;
    return {
      predecessor,
      successor,
      graceEndsAt: predecessor.expiresAt,
      predecessorQuietForSeconds: quiet,
      safeToCutOver: successor.lastUsedAt !== null && (quiet === null || quiet >= QUIET_SECONDS),
    };
  }
}

function assertRotatable({ isActive, expiresAt, successorId }: AuthenticatedApiKey, now: Date): void {
  const refuse = (code: string, detail: string): never => {
    throw new WebhooksError('conflict', code, detail);
  };
  if (successorId !== null) refuse('api_key_rotated', 'This key was rotated already: rotate its successor.');
  if (!isActive) refuse('api_key_inactive', 'This key is not active: activate it first, or create a new one.');
  if (expiresAt !== null && expiresAt <= now) refuse('api_key_expired', 'This key has expired: create a new one.');
}

/** Keys that have a successor are beyond the limit of keys, but not without one. */
function refuseGrace(limit: number): never {
  const detail = `${limit} keys of this customer are accepted beside their successors, which is the limit: delete one that is not in use any more, or rotate with "gracePeriodSeconds": 0.`;
  throw new WebhooksError('conflict', 'too_many_api_keys', detail);
}

const earliest = (time: Date, other: Date | null): Date => (other !== null && other < time ? other : time);

import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { Prisma } from '../../generated/prisma/client';
import type { Actor } from '../audit/audit.types';
import type { AuthenticatedApiKey } from '../identity.types';
import { shown, toApiKey } from './api-key.columns';
import { ApiKeyJournal } from './api-key.journal';
import { ApiKeysRepository, type Refusal } from './api-keys.repository';

const MAX_PURGED_AT_ONCE = 100;

/** Keys that were deleted: they can come back for a while, then they go. */
@Injectable()
export class DeletedKeysRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly keys: ApiKeysRepository,
    private readonly journal: ApiKeyJournal,
  ) {}

  /** Takes the key out of use. Of a customer's deleted keys, the newest `kept` stay; the others go for good. */
  async delete(customerId: string, id: string, kept: number, actor: Actor): Promise<boolean> {
    return this.prisma.$transaction(async (tx) => {
      const before = await this.keys.lock(tx, customerId, id);
      if (before === null) return false;
      await this.keys.write(tx, customerId, id, { deletedAt: new Date() });
      await this.journal.deleted(tx, { customerId, actor, before });
      await this.purgeSurplus(tx, customerId, kept, actor);
      return true;
    });
  }

  /** What somebody else works on at this moment is passed over: it is being restored, or goes just then. */
  private async purgeSurplus(
    tx: Prisma.TransactionClient,
    customerId: string,
    kept: number,
    actor: Actor,
  ): Promise<void> {
    const { APIKey } = this.prisma.tables;
    const surplus = await tx.$queryRawUnsafe<{ id: string }[]>(
      `SELECT id FROM ${APIKey}
        WHERE "customerId" = $1 AND "deletedAt" IS NOT NULL AND id IN (
              SELECT id FROM ${APIKey} WHERE "customerId" = $1 AND "deletedAt" IS NOT NULL
               ORDER BY "deletedAt" DESC, id DESC OFFSET $2::int)
          FOR UPDATE SKIP LOCKED`,
      customerId,
      kept,
    );
    const where = { customerId, id: { in: surplus.map(({ id }) => id) } };
    const keys = await tx.aPIKey.findMany({ where, select: shown });
    await tx.aPIKey.deleteMany({ where });
    for (const key of keys) await this.journal.purged(tx, { customerId, actor, before: toApiKey(key) });
  }

  /** Brings a key back that was deleted after `since`, as it was. */
  async restore(
    customerId: string,
    id: string,
    { since, limit, mayRestore }: { since: Date; limit: number; mayRestore: (key: AuthenticatedApiKey) => void },
    actor: Actor,
  ): Promise<AuthenticatedApiKey | Refusal> {
    return this.prisma.$transaction(async (tx) => {
      if (!(await this.keys.lockCustomer(tx, customerId))) return 'no-customer';
      const deleted = await this.keys.lock(tx, customerId, id, { deleted: true });
      const isRecent = await tx.aPIKey.count({ where: { id, customerId, deletedAt: { gte: since } } });
      if (deleted === null || isRecent === 0) return 'not-found';
      mayRestore(deleted);
      const counts = deleted.successorId === null;
      if (counts && (await this.keys.count(tx, customerId)) >= limit) return 'too-many';
      const after = await this.keys.write(tx, customerId, id, { deletedAt: null });
      await this.journal.restored(tx, { customerId, actor, after });
      return after;
    });
  }

  /** Removes some keys that were deleted before `until`. @returns how many */
  async purge(until: Date): Promise<number> {
    return this.prisma.$transaction(async (tx) => {
      const { APIKey } = this.prisma.tables;
      const due = await tx.$queryRawUnsafe<{ id: string }[]>(
        `SELECT id FROM ${APIKey} WHERE "deletedAt" < $1::timestamptz ORDER BY "deletedAt"
          LIMIT ${MAX_PURGED_AT_ONCE} FOR UPDATE SKIP LOCKED`,
        until.toISOString(),
      );
      const where = { id: { in: due.map(({ id }) => id) } };
      const keys = await tx.aPIKey.findMany({ where, select: { ...shown, customerId: true } });
      await tx.aPIKey.deleteMany({ where });
      for (const { customerId, ...key } of keys) {
        await this.journal.purged(tx, { customerId, actor: { type: 'system' }, before: toApiKey(key) });
      }
      return keys.length;
    });
  }
}

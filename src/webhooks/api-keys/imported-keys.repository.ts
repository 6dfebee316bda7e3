import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { Prisma } from '../../generated/prisma/client';
import type { Actor } from '../audit/audit.types';
import type { AuthenticatedApiKey } from '../identity.types';
import { counted } from './api-key.columns';
import { ApiKeyJournal } from './api-key.journal';
import type { DryRun, ImportOutcome, KeyToImport } from './api-keys.types';
import { decideImport } from './decide-import';
import { newId } from '../ids';

type Transaction = Prisma.TransactionClient;

/** A batch waits for customers that somebody else changes just then. */
const TIMEOUT_MS = 30_000;

/** Keys that come from elsewhere, of many customers at once: every row says whose it is. */
@Injectable()
export class ImportedKeysRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly journal: ApiKeyJournal,
  ) {}

  /** @param limit of keys per customer; null = none */
  async write(
    keys: readonly KeyToImport[],
    { limit, dryRun }: { limit: number | null; dryRun: DryRun | undefined },
    actor: Actor,
  ): Promise<ImportOutcome[]> {
    return this.prisma.$transaction(
      async (tx) => {
        // In the order of their ids, so that two imports cannot wait for each other.
        const customerIds = [...new Set(keys.map(({ customerId }) => customerId))].sort();
        const outcomes = decideImport(keys, {
          customers: await this.customers(tx, customerIds, dryRun),
          owners: await this.ownersOf(tx, keys),
          counts: limit === null ? new Map() : await this.counts(tx, customerIds, dryRun),
          limit,
        });
        const chosen = keys.filter((_, index) => outcomes[index] === 'imported');
        if (dryRun !== undefined) {
          for (const { customerId } of chosen) dryRun.added.set(customerId, (dryRun.added.get(customerId) ?? 0) + 1);
          return outcomes;
        }
        const written = await this.insert(tx, chosen, actor);
        if (written.size === chosen.length) return outcomes;
        // Another import wrote some of them since they were looked up.
        const owners = await this.ownersOf(tx, chosen);
        return outcomes.map((outcome, index) => {
          const key = keys[index];
          if (outcome !== 'imported' || key === undefined || written.has(key.digest)) return outcome;
          return owners.get(key.digest) === key.customerId ? 'present' : 'foreign';
        });
      },
      { timeout: TIMEOUT_MS },
    );
  }

  /** Those customers that there are; changes of their numbers of keys take turns. */
  private async customers(tx: Transaction, ids: string[], dryRun: DryRun | undefined): Promise<Set<string>> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `SELECT id FROM ${this.prisma.tables.Customer} WHERE id = ANY($1) AND "erasingAt" IS NULL
        ORDER BY id ${dryRun === undefined ? 'FOR NO KEY UPDATE' : ''}`,
      ids,
    );
    return new Set([...rows.map(({ id }) => id), ...(dryRun?.customers.keys() ?? [])]);
  }

  /** Whom the keys belong to that are there already, also deleted ones, by their digests. */
  private async ownersOf(tx: Transaction, keys: readonly KeyToImport[]): Promise<Map<string, string>> {
    const rows = await tx.aPIKey.findMany({
      where: { key: { in: keys.map(({ digest }) => digest) } },
      select: { key: true, customerId: true },
    });
    return new Map(rows.map(({ key, customerId }) => [key, customerId]));
  }

  /** The numbers of keys that count for the limit. */
  private async counts(tx: Transaction, ids: string[], dryRun: DryRun | undefined): Promise<Map<string, number>> {
    const rows = await tx.aPIKey.groupBy({
      by: ['customerId'],
      where: { customerId: { in: ids }, ...counted },
      _count: true,
    });
    const counts = new Map(rows.map(({ customerId, _count }) => [customerId, _count]));
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + (dryRun?.added.get(id) ?? 0));
    return counts;
  }

  /** @returns the digests that were written; the others are there already */
  private async insert(tx: Transaction, chosen: readonly KeyToImport[], actor: Actor): Promise<Set<string>> {
    if (chosen.length === 0) return new Set();
    // Two imports of the same keys take them in the same order.
    const keys = [...chosen].sort((a, b) => (a.digest < b.digest ? -1 : 1)).map(toRow);
    const rows = await tx.$queryRawUnsafe<{ key: string }[]>(
      `INSERT INTO ${this.prisma.tables.APIKey} (id, "customerId", key, name, preview, permissions, labels, "isActive",
              "deactivatedReason", "expiresAt", "createdAt")
       SELECT k.id, k."customerId", k.key, k.name, k.preview, k.permissions::jsonb, k.labels::jsonb, k."isActive",
              k."deactivatedReason", k."expiresAt", k."createdAt"
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[],
                     $9::text[], $10::timestamptz[], $11::timestamptz[])
              AS k(id, "customerId", key, name, preview, permissions, labels, "isActive", "deactivatedReason",
                   "expiresAt", "createdAt")
           ON CONFLICT (key) DO NOTHING RETURNING key`,
      keys.map(({ after }) => after.id),
      keys.map(({ customerId }) => customerId),
      keys.map(({ digest }) => digest),
      keys.map(({ after }) => after.name),
      keys.map(({ after }) => after.preview),
      keys.map(({ after }) => JSON.stringify(after.permissions)),
      keys.map(({ after }) => JSON.stringify(after.labels)),
      keys.map(({ after }) => after.isActive),
      keys.map(({ after }) => after.deactivatedReason),
      keys.map(({ after }) => after.expiresAt?.toISOString() ?? null),
      keys.map(({ after }) => after.createdAt.toISOString()),
    );
    const written = new Set(rows.map(({ key }) => key));
    const imported = keys.filter(({ digest }) => written.has(digest));
    await this.journal.imported(
      tx,
      imported.map(({ customerId, after }) => ({ customerId, actor, after })),
    );
    return written;
  }
}

/** The key as it will be shown, and what of it will not. */
const toRow = ({
  customerId,
  digest,
  createdAt,
  ...key
}: KeyToImport): { customerId: string; digest: string; after: AuthenticatedApiKey } => ({
  customerId,
  digest,
  after: {
    ...key,
    id: newId(),
    deactivatedReason: key.isActive ? null : 'deactivated',
    allowedCidrs: [],
    rateLimit: null,
    isCanary: false,
    successorId: null,
    rotatedAt: null,
    lastUsedAt: null,
    lastUsedIp: null,
    lastUsedUserAgent: null,
    createdAt: createdAt ?? new Date(),
  },
});

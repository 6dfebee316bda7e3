import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { SqlClient } from '../../database/sql-client';
import type { Prisma } from '../../generated/prisma/client';
import type { Actor } from '../audit/audit.types';
import type { AuthenticatedApiKey, RateLimit } from '../identity.types';
import { counted, shown, toApiKey } from './api-key.columns';
import { ApiKeyJournal } from './api-key.journal';
import type { DeactivationReason, Leak } from './api-keys.types';

/** A key that is to be written: what was chosen, and what is stored instead of the key. */
export interface ApiKeyToWrite {
  id: string;
  digest: string;
  preview: string | null;
  name: string;
  permissions: string[];
  labels: Record<string, string>;
  expiresAt: Date | null;
  allowedCidrs: string[];
  rateLimit: RateLimit | null;
  isCanary: boolean;
}

/** What is changed of a row. */
export type ApiKeyUpdate = Partial<
  Pick<ApiKeyToWrite, 'name' | 'permissions' | 'labels' | 'expiresAt' | 'allowedCidrs' | 'rateLimit'>
> & { isActive?: boolean; deactivatedReason?: DeactivationReason | null };

/** Why a key was not written. */
export type Refusal = 'no-customer' | 'too-many' | 'not-found';

type Transaction = Prisma.TransactionClient;

/** API keys. Every query names the customer, but for the look-up of a leaked key by its digest. */
@Injectable()
export class ApiKeysRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly journal: ApiKeyJournal,
  ) {}

  /** A transaction for what is more than one of the steps below. */
  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.prisma.$transaction(work);
  }

  /** Makes a key, unless the customer has `limit` of them. */
  async create(
    customerId: string,
    key: ApiKeyToWrite,
    limit: number,
    actor: Actor,
  ): Promise<AuthenticatedApiKey | Refusal> {
    return this.prisma.$transaction(async (tx) => {
      if (!(await this.lockCustomer(tx, customerId))) return 'no-customer';
      if ((await this.count(tx, customerId)) >= limit) return 'too-many';
      const after = await this.insert(tx, customerId, key);
      await this.journal.created(tx, { customerId, actor, after });
      return after;
    });
  }

  /** Changes of one customer's number of keys take turns, so that the limit holds. */
  async lockCustomer(tx: SqlClient, customerId: string): Promise<boolean> {
    const locked = await tx.$queryRawUnsafe<unknown[]>(
      `SELECT id FROM ${this.prisma.tables.Customer} WHERE id = $1 AND "erasingAt" IS NULL FOR NO KEY UPDATE`,
      customerId,
    );
    return locked.length > 0;
  }

  /** The keys that count: not the deleted ones, nor those that have a successor. */
  async count(tx: Transaction, customerId: string): Promise<number> {
    return tx.aPIKey.count({ where: { customerId, ...counted } });
  }

  /** The keys that have a successor, and whose grace period is not over. */
  async countInGrace(tx: Transaction, customerId: string, now: Date): Promise<number> {
    return tx.aPIKey.count({
      where: { customerId, deletedAt: null, successorId: { not: null }, expiresAt: { gt: now } },
    });
  }

  async insert(
    tx: Transaction,
    customerId: string,
    { digest, rateLimit, ...key }: ApiKeyToWrite,
  ): Promise<AuthenticatedApiKey> {
    const data = { ...key, customerId, key: digest, ...rateColumns(rateLimit) };
    return toApiKey(await tx.aPIKey.create({ data, select: shown }));
  }

  /** The key as it is now; nobody else changes it until the transaction ends. */
  async lock(
    tx: Transaction,
    customerId: string,
    id: string,
    { deleted = false } = {},
  ): Promise<AuthenticatedApiKey | null> {
    await tx.$queryRawUnsafe(
      `SELECT id FROM ${this.prisma.tables.APIKey} WHERE id = $1::uuid AND "customerId" = $2 FOR UPDATE`,
      id,
      customerId,
    );
    const deletedAt = deleted ? { not: null } : null;
    const key = await tx.aPIKey.findFirst({ where: { id, customerId, deletedAt }, select: shown });
    return key === null ? null : toApiKey(key);
  }

  async list(customerId: string, { deleted = false } = {}): Promise<AuthenticatedApiKey[]> {
    const keys = await this.prisma.aPIKey.findMany({
      where: { customerId, deletedAt: deleted ? { not: null } : null },
      select: shown,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return keys.map(toApiKey);
  }

  async find(customerId: string, id: string): Promise<AuthenticatedApiKey | null> {
    const key = await this.prisma.aPIKey.findFirst({ where: { id, customerId, deletedAt: null }, select: shown });
    return key === null ? null : toApiKey(key);
  }

  /** The key that has this one as its successor. */
  async findPredecessor(customerId: string, id: string): Promise<AuthenticatedApiKey | null> {
    const where = { successorId: id, customerId, deletedAt: null };
    const key = await this.prisma.aPIKey.findFirst({ where, select: shown });
    return key === null ? null : toApiKey(key);
  }

  /**
   * Changes the key as `decide` says, which sees what it holds at that moment; nobody else changes it in between.
   * @returns null when there is no such key
   */
  async update(
    customerId: string,
    id: string,
    decide: (current: AuthenticatedApiKey) => ApiKeyUpdate,
    actor: Actor,
  ): Promise<AuthenticatedApiKey | null> {
    return this.prisma.$transaction(async (tx) => {
      const before = await this.lock(tx, customerId, id);
      if (before === null) return null;
      const after = await this.write(tx, customerId, id, decide(before));
      if (JSON.stringify(after) !== JSON.stringify(before)) {
        await this.journal.updated(tx, { customerId, actor, before, after });
      }
      return after;
    });
  }

  /** Writes changes of a key that is locked. */
  async write(
    tx: Transaction,
    customerId: string,
    id: string,
    { rateLimit, ...changes }: ApiKeyUpdate & { successorId?: string; rotatedAt?: Date; deletedAt?: Date | null },
  ): Promise<AuthenticatedApiKey> {
    const data = { ...changes, ...(rateLimit === undefined ? {} : rateColumns(rateLimit)) };
    return toApiKey(await tx.aPIKey.update({ where: { id, customerId }, data, select: shown }));
  }

  /** The keys with these digests, also deleted ones, whomever they belong to. */
  async findByDigests(digests: string[]): Promise<{ id: string; customerId: string; digest: string }[]> {
    if (digests.length === 0) return [];
    const { APIKey, Customer } = this.prisma.tables;
    return this.prisma.query(
      `SELECT k.id, k."customerId", k.key AS digest FROM ${APIKey} k JOIN ${Customer} c ON c.id = k."customerId"
        WHERE k.key = ANY($1) AND c."erasingAt" IS NULL`,
      digests,
    );
  }

  /**
   * Switches off a key that has leaked, and writes that down; a decoy stays as it is. What is known already is not
   * written again.
   * @returns whether there is such a key
   */
  async revokeLeaked(customerId: string, id: string, leak: Leak, actor: Actor): Promise<boolean> {
    return this.prisma.$transaction(async (tx) => {
      const before = (await this.lock(tx, customerId, id)) ?? (await this.lock(tx, customerId, id, { deleted: true }));
      if (before === null) return false;
      const isKnown = before.isCanary
        ? await this.isWrittenDown(tx, customerId, id, leak)
        : !before.isActive && before.deactivatedReason === 'leaked';
      if (isKnown) return true;
      const after = before.isCanary
        ? before
        : await this.write(tx, customerId, id, { isActive: false, deactivatedReason: 'leaked' });
      await this.journal.leaked(tx, { customerId, actor, before, after }, leak);
      return true;
    });
  }

  /** Whether a decoy was found at this place before. Being used is always news. */
  private async isWrittenDown(
    tx: Transaction,
    customerId: string,
    id: string,
    { source, url }: Leak,
  ): Promise<boolean> {
    if (source === 'canary') return false;
    const found = await tx.$queryRawUnsafe<unknown[]>(
      `SELECT id FROM ${this.prisma.tables.AuditLog}
        WHERE "customerId" = $1 AND "targetType" = 'api-key' AND "targetId" = $2 AND action = 'api-key.leaked'
          AND after->>'source' = $3 AND after->>'url' IS NOT DISTINCT FROM $4 LIMIT 1`,
      customerId,
      id,
      source,
      url ?? null,
    );
    return found.length > 0;
  }
}

const rateColumns = (rate: RateLimit | null): { rateLimit: number | null; rateWindowSeconds: number | null } => ({
  rateLimit: rate?.limit ?? null,
  rateWindowSeconds: rate?.windowSeconds ?? null,
});

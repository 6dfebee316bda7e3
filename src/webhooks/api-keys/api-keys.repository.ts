import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { AuthenticatedApiKey, AuthenticatedCustomer, AuthenticatedUser } from '../identity.types';

/** Whom a key belongs to. */
export interface KeyIdentity {
  user: AuthenticatedUser;
  customer: AuthenticatedCustomer;
  apiKey: AuthenticatedApiKey;
}

/** What can be changed of a key. */
export interface ApiKeyChanges {
  name?: string;
  permissions?: string[];
  isActive?: boolean;
}

interface IdentityRow extends Omit<AuthenticatedApiKey, 'createdAt'> {
  createdAt: Date;
  customerId: string;
  customerName: string;
  customerCreatedAt: Date;
  userId: string;
  userCreatedAt: Date;
}

/** Everything of a key but its digest. */
const shown = { id: true, name: true, permissions: true, isActive: true, lastUsedAt: true, createdAt: true } as const;

/** API keys. Every query but the look-up by digest names the customer. */
@Injectable()
export class ApiKeysRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** @returns null when the customer has `limit` keys already; `undefined` when there is no such customer */
  async create(
    customerId: string,
    key: { id: string; digest: string; name: string; permissions: string[] },
    limit: number,
  ): Promise<AuthenticatedApiKey | null | undefined> {
    return this.prisma.$transaction(async (tx) => {
      // Creates of one customer take turns, so that the limit holds.
      const locked = await tx.$queryRawUnsafe<unknown[]>(
        `SELECT id FROM ${this.prisma.tables.Customer} WHERE id = $1 AND "erasingAt" IS NULL FOR NO KEY UPDATE`,
        customerId,
      );
      if (locked.length === 0) return undefined;
      if ((await tx.aPIKey.count({ where: { customerId } })) >= limit) return null;
      const { id, digest, name, permissions } = key;
      const created = await tx.aPIKey.create({
        data: { id, customerId, key: digest, name, permissions },
        select: shown,
      });
      return toApiKey(created);
    });
  }

  async list(customerId: string): Promise<AuthenticatedApiKey[]> {
    const keys = await this.prisma.aPIKey.findMany({
      where: { customerId },
      select: shown,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return keys.map(toApiKey);
  }

  async find(customerId: string, id: string): Promise<AuthenticatedApiKey | null> {
    const key = await this.prisma.aPIKey.findFirst({ where: { id, customerId }, select: shown });
    return key === null ? null : toApiKey(key);
  }

  /**
   * Changes the key if `mayChange` agrees with what it holds at that moment; nobody else changes it in between.
   * @returns null when there is no such key
   */
  async update(
    customerId: string,
    id: string,
    changes: ApiKeyChanges,
    mayChange: (current: AuthenticatedApiKey) => void,
  ): Promise<AuthenticatedApiKey | null> {
    return this.prisma.$transaction(async (tx) => {
      await tx.$queryRawUnsafe(
        `SELECT id FROM ${this.prisma.tables.APIKey} WHERE id = $1::uuid AND "customerId" = $2 FOR UPDATE`,
        id,
        customerId,
      );
      const current = await tx.aPIKey.findFirst({ where: { id, customerId }, select: shown });
      if (current === null) return null;
      mayChange(toApiKey(current));
      return toApiKey(await tx.aPIKey.update({ where: { id, customerId }, data: changes, select: shown }));
    });
  }

  async delete(customerId: string, id: string): Promise<boolean> {
    const { count } = await this.prisma.aPIKey.deleteMany({ where: { id, customerId } });
    return count > 0;
  }

  /** Whom the key with this digest belongs to: one query, by the unique index. */
  async findByDigest(digest: string): Promise<KeyIdentity | null> {
    const { APIKey, Customer, User } = this.prisma.tables;
    const [row] = await this.prisma.query<IdentityRow>(
      `SELECT k.id, k.name, k.permissions, k."isActive", k."lastUsedAt", k."createdAt",
              c.id AS "customerId", c.name AS "customerName", c."createdAt" AS "customerCreatedAt",
              u.id AS "userId", u."createdAt" AS "userCreatedAt"
         FROM ${APIKey} k JOIN ${Customer} c ON c.id = k."customerId" JOIN ${User} u ON u.id = c."userId"
        WHERE k.key = $1 AND c."erasingAt" IS NULL`,
      digest,
    );
    if (row === undefined) return null;
    const { id, name, permissions, isActive, lastUsedAt, createdAt } = row;
    return {
      user: { id: row.userId, createdAt: row.userCreatedAt },
      customer: { id: row.customerId, userId: row.userId, name: row.customerName, createdAt: row.customerCreatedAt },
      apiKey: { id, name, permissions, isActive, lastUsedAt, createdAt },
    };
  }

  /** Notes when keys were last used, in one statement; an older time never replaces a newer one. */
  async writeLastUsed(uses: readonly { id: string; at: Date }[]): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.APIKey} k SET "lastUsedAt" = used.at
         FROM unnest($1::uuid[], $2::timestamptz[]) AS used(id, at)
        WHERE k.id = used.id AND (k."lastUsedAt" IS NULL OR k."lastUsedAt" < used.at)`,
      uses.map(({ id }) => id),
      uses.map(({ at }) => at.toISOString()),
    );
  }
}

function toApiKey(row: Omit<AuthenticatedApiKey, 'permissions'> & { permissions: unknown }): AuthenticatedApiKey {
  return { ...row, permissions: row.permissions as string[] };
}

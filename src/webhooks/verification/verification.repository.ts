import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { PrismaService } from '../../database/prisma.service';
import { shown, toApiKey, type ApiKeyRow } from '../api-keys/api-key.columns';
import type { KeyIdentity } from './verification.types';

interface IdentityRow extends ApiKeyRow {
  digest: string;
  customerId: string;
  customerName: string;
  customerCreatedAt: Date;
  suspendedAt: Date | null;
  suspendedReason: string | null;
  userId: string;
  userCreatedAt: Date;
}

const KEY_COLUMNS = Object.keys(shown)
  .map((column) => `k."${column}"`)
  .join(', ');

/** A permission that a key was used with, some times, up to `at`. */
export interface PermissionUse {
  permission: string;
  uses: number;
}

/** What is noted of one key's use since it was noted last. */
export interface UseToWrite {
  id: string;
  at: Date;
  ip: string | null;
  userAgent: string | null;
  permissions: readonly PermissionUse[];
}

/** What the verification of keys asks and notes. A key is looked up by its digest: whose it is, is the answer. */
@Injectable()
export class VerificationRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Whom the keys with these digests belong to: one query, by the unique index. A deleted key is not there. */
  async findByDigests(digests: readonly string[]): Promise<(KeyIdentity | null)[]> {
    const { APIKey, Customer, User } = this.prisma.tables;
    const rows = await this.prisma.query<IdentityRow>(
      `SELECT k.key AS digest, ${KEY_COLUMNS},
              c.id AS "customerId", c.name AS "customerName", c."createdAt" AS "customerCreatedAt",
              c."suspendedAt", c."suspendedReason", u.id AS "userId", u."createdAt" AS "userCreatedAt"
         FROM ${APIKey} k JOIN ${Customer} c ON c.id = k."customerId" JOIN ${User} u ON u.id = c."userId"
        WHERE k.key = ANY($1::text[]) AND k."deletedAt" IS NULL AND c."erasingAt" IS NULL`,
      digests,
    );
    const found = new Map(rows.map((row) => [row.digest, row]));
    return digests.map((digest) => {
      const row = found.get(digest);
      return row !== undefined && isSame(row.digest, digest) ? toIdentity(row) : null;
    });
  }

  /**
   * Notes how keys were used, in one statement; an older time never replaces a newer one. Changes no column that
   * decides about access, so no process is told.
   */
  async writeUses(uses: readonly UseToWrite[]): Promise<void> {
    const { APIKey, APIKeyUsage } = this.prisma.tables;
    const permissions = uses.flatMap(({ id, at, permissions: used }) => used.map((use) => ({ id, at, ...use })));
    await this.prisma.$executeRawUnsafe(
      `WITH used AS (
         UPDATE ${APIKey} k SET "lastUsedAt" = used.at, "lastUsedIp" = used.ip, "lastUsedUserAgent" = used.agent
           FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) AS used(id, at, ip, agent)
          WHERE k.id = used.id AND (k."lastUsedAt" IS NULL OR k."lastUsedAt" < used.at))
       INSERT INTO ${APIKeyUsage} AS u ("keyId", "customerId", permission, uses, "firstUsedAt", "lastUsedAt")
       SELECT k.id, k."customerId", p.permission, p.uses, p.at, p.at
         FROM unnest($5::uuid[], $6::text[], $7::bigint[], $8::timestamptz[]) AS p(id, permission, uses, at)
         JOIN ${APIKey} k ON k.id = p.id
        ORDER BY k.id, p.permission
           ON CONFLICT ("keyId", permission) DO UPDATE SET uses = u.uses + excluded.uses,
              "lastUsedAt" = greatest(u."lastUsedAt", excluded."lastUsedAt")`,
      uses.map(({ id }) => id),
      uses.map(({ at }) => at.toISOString()),
      uses.map(({ ip }) => ip),
      uses.map(({ userAgent }) => userAgent),
      permissions.map(({ id }) => id),
      permissions.map(({ permission }) => permission),
      permissions.map(({ uses: count }) => count),
      permissions.map(({ at }) => at.toISOString()),
    );
  }
}

/** Takes as long for any two digests: how far they agree is nobody's business. */
const isSame = (digest: string, other: string): boolean =>
  digest.length === other.length && timingSafeEqual(Buffer.from(digest), Buffer.from(other));

function toIdentity(row: IdentityRow): KeyIdentity {
  const { digest: _, customerId, customerName, customerCreatedAt, ...others } = row;
  const { suspendedAt, suspendedReason, userId, userCreatedAt, ...key } = others;
  const apiKey = toApiKey(key);
  // Shared by all requests with this key.
  for (const part of [apiKey.permissions, apiKey.labels, apiKey.allowedCidrs, apiKey.rateLimit]) Object.freeze(part);
  return {
    user: { id: userId, createdAt: userCreatedAt },
    customer: { id: customerId, userId, name: customerName, createdAt: customerCreatedAt },
    apiKey,
    suspension: suspendedAt === null ? null : { at: suspendedAt, reason: suspendedReason },
  };
}

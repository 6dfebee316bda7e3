import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { SqlClient } from '../../database/sql-client';
import { AuditService } from '../audit/audit.service';
import type { Actor } from '../audit/audit.types';
import type { SealedHeaders } from './endpoint-security.types';

/** Everything that is sealed of one endpoint. */
export interface SealedRow {
  id: string;
  customerId: string;
  secret: string;
  secretKeyId: string;
  previousSecret: string | null;
  previousSecretKeyId: string | null;
  clientKey: string | null;
  clientKeyKeyId: string | null;
  /** The customer's own headers. */
  headers: SealedHeaders | null;
}

const SEALED = `id, "customerId", secret, "secretKeyId", "previousSecret", "previousSecretKeyId", "clientKey", "clientKeyKeyId",
  headers`;

/** A batch may be large, and of as many customers as it has endpoints. */
const PATIENCE = { timeout: 60_000 };

/** What another key than `$1` sealed. */
const OUTDATED = `("secretKeyId" <> $1 OR ("previousSecret" IS NOT NULL AND "previousSecretKeyId" <> $1)
  OR ("clientKey" IS NOT NULL AND "clientKeyKeyId" <> $1) OR headers->>'keyId' <> $1)`;

/**
 * What is sealed with the service's own key, which is not any customer's: these are the operator's queries, over all
 * customers, those of deleted endpoints too. Each row is written under its customer.
 */
@Injectable()
export class SecretsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** How many endpoints have something that another key than this one sealed. */
  async countOutdated(keyId: string): Promise<number> {
    const [row] = await this.prisma.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${this.prisma.tables.WebhookEndpoint} WHERE ${OUTDATED}`,
      keyId,
    );
    return row?.count ?? 0;
  }

  /** The next endpoints of that kind, by id. */
  async findOutdated(keyId: string, afterId: string, limit: number): Promise<SealedRow[]> {
    return this.prisma.query<SealedRow>(
      `SELECT ${SEALED} FROM ${this.prisma.tables.WebhookEndpoint}
        WHERE ${OUTDATED} AND id > $2::uuid ORDER BY id LIMIT $3`,
      keyId,
      afterId,
      limit,
    );
  }

  /**
   * Writes rows that were sealed anew, each only if it is still as it was read: a secret that was rotated meanwhile
   * must not come back. The audit log says of how many endpoints of each customer.
   *
   * @returns how many were written
   */
  async replace(rows: readonly { before: SealedRow; after: SealedRow }[], actor: Actor): Promise<number> {
    return this.prisma.$transaction(async (tx) => {
      const written = await this.write(tx, rows);
      for (const { customerId, endpoints } of written) {
        const target = { type: 'customer', id: customerId } as const;
        const entry = { customerId, actor, action: 'customer.secrets-resealed', target, after: { endpoints } } as const;
        await this.audit.record(tx, entry);
      }
      return written.reduce((sum, { endpoints }) => sum + endpoints, 0);
    }, PATIENCE);
  }

  /** @returns how many endpoints of each customer were written */
  private async write(
    tx: SqlClient,
    rows: readonly { before: SealedRow; after: SealedRow }[],
  ): Promise<{ customerId: string; endpoints: number }[]> {
    return tx.$queryRawUnsafe(
      `WITH written AS (
         UPDATE ${this.prisma.tables.WebhookEndpoint} e
            SET secret = i.secret, "secretKeyId" = i."secretKeyId",
                "previousSecret" = i."previousSecret", "previousSecretKeyId" = i."previousSecretKeyId",
                "clientKey" = i."clientKey", "clientKeyKeyId" = i."clientKeyKeyId", headers = i.headers::jsonb
           FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                       $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
             AS i(id, "customerId", secret, "secretKeyId", "previousSecret", "previousSecretKeyId", "clientKey",
                  "clientKeyKeyId", headers, "secretBefore", "previousBefore", "clientKeyBefore", "headersBefore")
          WHERE e.id = i.id AND e."customerId" = i."customerId" AND e.secret = i."secretBefore"
            AND e."previousSecret" IS NOT DISTINCT FROM i."previousBefore"
            AND e."clientKey" IS NOT DISTINCT FROM i."clientKeyBefore"
            AND e.headers IS NOT DISTINCT FROM i."headersBefore"::jsonb
          RETURNING e."customerId"
       )
       SELECT "customerId", count(*)::int AS endpoints FROM written GROUP BY "customerId" ORDER BY "customerId"`,
      rows.map(({ after }) => after.id),
      rows.map(({ after }) => after.customerId),
      rows.map(({ after }) => after.secret),
      rows.map(({ after }) => after.secretKeyId),
      rows.map(({ after }) => after.previousSecret),
      rows.map(({ after }) => after.previousSecretKeyId),
      rows.map(({ after }) => after.clientKey),
      rows.map(({ after }) => after.clientKeyKeyId),
      rows.map(({ after }) => after.headers && JSON.stringify(after.headers)),
      rows.map(({ before }) => before.secret),
      rows.map(({ before }) => before.previousSecret),
      rows.map(({ before }) => before.clientKey),
      rows.map(({ before }) => before.headers && JSON.stringify(before.headers)),
    );
  }

  /** Deletes secrets whose overlap has ended. They sign nothing any more. */
  async forgetExpired(): Promise<number> {
    return this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEndpoint}
          SET "previousSecret" = NULL, "previousSecretKeyId" = NULL, "previousSecretUntil" = NULL,
              "previousPublicKey" = NULL
        WHERE "previousSecretUntil" <= clock_timestamp()`,
    );
  }
}

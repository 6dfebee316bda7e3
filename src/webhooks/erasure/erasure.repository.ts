import { Injectable } from '@nestjs/common';
import { PrismaService, type Tables } from '../../database/prisma.service';
import { AuditService } from '../audit/audit.service';
import type { Actor } from '../audit/audit.types';
import { newId } from '../ids';

/** `action` of the audit row that says who began an erasure. */
const STARTED = 'customer.erasure-started';

/** What is deleted in batches, in this order: what refers to something goes before it. */
const TABLES_IN_ORDER = ['WebhookReplay', 'WebhookEvent', 'WebhookMessage', 'WebhookEndpoint'] as const;

/** A table whose rows are deleted in batches. */
export type ErasedTable = (typeof TABLES_IN_ORDER)[number];

/** The last step waits for those who work on the customer at that moment. */
const PATIENCE = { maxWait: 10_000, timeout: 60_000 };

/** Deletes everything of a customer. Each step can be repeated, and goes on where the last one ended. */
@Injectable()
export class ErasureRepository {
  /** In the order of deletion. */
  readonly erasedTables: readonly ErasedTable[] = TABLES_IN_ORDER;
  private readonly tables: Tables;

  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {
    this.tables = prisma.tables;
  }

  /**
   * Marks the customer. From the commit on it has no keys, takes no events and delivers none.
   * @returns since when it is being erased; null when there is no such customer
   */
  async begin(customerId: string, actor: Actor): Promise<Date | null> {
    const { Customer, APIKey, WebhookEndpoint } = this.tables;
    return this.prisma.$transaction(async (tx) => {
      const [customer] = await tx.$queryRawUnsafe<{ erasingAt: Date | null }[]>(
        `SELECT "erasingAt" FROM ${Customer} WHERE id = $1 FOR NO KEY UPDATE`,
        customerId,
      );
      if (customer === undefined) return null;
      if (customer.erasingAt !== null) return customer.erasingAt;
      const erasingAt = new Date();
      await tx.customer.update({ where: { id: customerId }, data: { erasingAt } });
      await tx.$executeRawUnsafe(`DELETE FROM ${APIKey} WHERE "customerId" = $1`, customerId);
      // What waits for a deleted endpoint is given up, not sent.
      await tx.$executeRawUnsafe(
        `UPDATE ${WebhookEndpoint} SET "deletedAt" = coalesce("deletedAt", now()), "deliversPending" = false
          WHERE "customerId" = $1`,
        customerId,
      );
      const target = { type: 'customer', id: customerId } as const;
      await this.audit.record(tx, { customerId, actor, action: STARTED, target });
      return erasingAt;
    });
  }

  /** Customers whose erasure began and has not ended. */
  async underWay(): Promise<string[]> {
    const rows = await this.prisma.query<{ id: string }>(
      `SELECT id FROM ${this.tables.Customer} WHERE "erasingAt" IS NOT NULL ORDER BY "erasingAt"`,
    );
    return rows.map(({ id }) => id);
  }

  /** @returns how many rows went; rows that somebody works on at this moment are left for the next time */
  async deleteBatch(table: ErasedTable, customerId: string, limit: number): Promise<number> {
    const name = this.tables[table];
    return this.prisma.$executeRawUnsafe(
      `WITH batch AS (
         SELECT id FROM ${name} WHERE "customerId" = $1 LIMIT $2 FOR UPDATE SKIP LOCKED
       )
       DELETE FROM ${name} t USING batch WHERE t.id = batch.id`,
      customerId,
      limit,
    );
  }

  /**
   * Takes the customer out of the audit log and deletes it, and its user when that has no other customer.
   * @returns false when there are rows of it left: they have to be deleted first
   */
  async finish(customerId: string): Promise<boolean> {
    const { APIKeyRateWindow, Customer, User } = this.tables;
    return this.prisma.$transaction(async (tx) => {
      // From here on nobody adds a row that refers to it.
      const [customer] = await tx.$queryRawUnsafe<{ userId: string }[]>(
        `SELECT "userId" FROM ${Customer} WHERE id = $1 AND "erasingAt" IS NOT NULL FOR UPDATE`,
        customerId,
      );
      if (customer === undefined) return true;
      const [left] = await tx.$queryRawUnsafe<{ any: boolean }[]>(this.anyLeft(), customerId);
      if (left?.any !== false) return false;
      await this.pseudonymise(tx, customerId);
      // Waits for whoever creates another customer of this user, so that the next statement sees it.
      await tx.$queryRawUnsafe(`SELECT id FROM ${User} WHERE id = $1 FOR UPDATE`, customer.userId);
      await tx.$executeRawUnsafe(`DELETE FROM ${APIKeyRateWindow} WHERE "customerId" = $1`, customerId);
      await tx.$executeRawUnsafe(`DELETE FROM ${Customer} WHERE id = $1`, customerId);
      await tx.$executeRawUnsafe(
        `DELETE FROM ${User} WHERE id = $1 AND NOT EXISTS (SELECT FROM ${Customer} WHERE "userId" = $1)`,
        customer.userId,
      );
      return true;
    }, PATIENCE);
  }

  private anyLeft(): string {
    const checks = TABLES_IN_ORDER.map((name) => `EXISTS (SELECT FROM ${this.tables[name]} WHERE "customerId" = $1)`);
    return `SELECT ${checks.join(' OR ')} AS any`;
  }

  private async pseudonymise(
    tx: { $queryRawUnsafe: PrismaService['$queryRawUnsafe'] },
    customerId: string,
  ): Promise<void> {
    const { AuditLog } = this.tables;
    const [by] = await tx.$queryRawUnsafe<{ type: string; id: string | null }[]>(
      `SELECT "actorType" AS type, "actorId" AS id FROM ${AuditLog}
        WHERE "customerId" = $1 AND action = $2 ORDER BY id DESC LIMIT 1`,
      customerId,
      STARTED,
    );
    await tx.$queryRawUnsafe(
      `SELECT "${this.prisma.schema}".pseudonymise_audit_log($1, $2::uuid, $3, $4)`,
      customerId,
      newId(),
      by?.type ?? 'system',
      by?.id ?? null,
    );
  }
}

import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { PrismaService } from '../../database/prisma.service';
import { firstIdAt, timeOf } from '../events/event-id';
import type { AuditEntry, AuditFilter, AuditLogEntry, AuditTransaction } from './audit.types';

/** A change as it is written. */
export type Change = Omit<AuditEntry, 'hidden'>;

type AuditRow = Omit<AuditLogEntry, 'actor' | 'target'> & {
  actorType: string;
  actorId: string | null;
  targetType: string;
  targetId: string;
};

/** The audit log. Rows are only ever added; a trigger in the database refuses everything else. */
@Injectable()
export class AuditRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Adds rows, in the transaction that makes the changes. The customers' rows are locked against their erasure until
   * then: no row about a customer can appear after the customer was taken out of the log.
   */
  async add(tx: AuditTransaction, changes: readonly Change[]): Promise<void> {
    const { AuditLog, Customer } = this.prisma.tables;
    const ids = changes.map(() => uuidv7());
    await tx.$executeRawUnsafe(
      `INSERT INTO ${AuditLog} (id, "customerId", "actorType", "actorId", action, "targetType", "targetId", before, after, "createdAt")
       SELECT e.id, c.id, e."actorType", e."actorId", e.action, e."targetType", e."targetId", e.before::jsonb, e.after::jsonb, e.at
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                     $10::timestamptz[])
              AS e(id, "customerId", "actorType", "actorId", action, "targetType", "targetId", before, after, at)
         JOIN ${Customer} c ON c.id = e."customerId" FOR KEY SHARE OF c`,
      ids,
      changes.map(({ customerId }) => customerId),
      changes.map(({ actor }) => actor.type),
      changes.map(({ actor }) => actor.id ?? null),
      changes.map(({ action }) => action),
      changes.map(({ target }) => target.type),
      changes.map(({ target }) => target.id),
      changes.map(({ before }) => textOf(before)),
      changes.map(({ after }) => textOf(after)),
      ids.map((id) => timeOf(id).toISOString()),
    );
  }

  /** Newest first, after the given id. */
  async list(customerId: string, filter: AuditFilter, after: string | null, limit: number): Promise<AuditLogEntry[]> {
    const values: unknown[] = [customerId];
    const conditions = ['"customerId" = $1'];
    const where = (condition: string, value: unknown): void => {
      if (value === undefined || value === null) return;
      values.push(value);
      conditions.push(condition.replace('?', `$${values.length}`));
    };
    where('"actorType" = ?', filter.actorType);
    where('"actorId" = ?', filter.actorId);
    where('action = ?', filter.action);
    where('"targetType" = ?', filter.targetType);
    where('"targetId" = ?', filter.targetId);
    // An id holds its row's time, so time is cut by the column that every index ends with.
    where('id >= ?::uuid', filter.from && firstIdAt(filter.from));
    where('id < ?::uuid', filter.to && firstIdAt(filter.to));
    where('id < ?::uuid', after);
    values.push(limit);
    const rows = await this.prisma.query<AuditRow>(
      `SELECT id, "actorType", "actorId", action, "targetType", "targetId", before, after, "createdAt"
         FROM ${this.prisma.tables.AuditLog}
        WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $${values.length}`,
      ...values,
    );
    return rows.map(toEntry);
  }
}

const textOf = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));

const toEntry = ({ id, actorType, actorId, action, targetType, targetId, ...row }: AuditRow): AuditLogEntry => ({
  id,
  actor: { type: actorType, id: actorId },
  action,
  target: { type: targetType, id: targetId },
  before: row.before,
  after: row.after,
  createdAt: row.createdAt,
});

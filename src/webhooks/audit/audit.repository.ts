import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { PrismaService } from '../../database/prisma.service';
import { firstIdAt, timeOf } from '../events/event-id';
import type { AuditEntry, AuditFilter, AuditLogEntry, AuditTransaction } from './audit.types';

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
   * Adds a row, in the transaction that makes the change. The customer's row is locked against its erasure until then:
   * no row about a customer can appear after the customer was taken out of the log.
   */
  async add(tx: AuditTransaction, entry: Omit<AuditEntry, 'hidden'>): Promise<void> {
    const { customerId, actor, action, target, before, after } = entry;
    const { AuditLog, Customer } = this.prisma.tables;
    const id = uuidv7();
    await tx.$executeRawUnsafe(
      `INSERT INTO ${AuditLog} (id, "customerId", "actorType", "actorId", action, "targetType", "targetId", before, after, "createdAt")
       SELECT $1::uuid, id, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10::timestamptz
         FROM ${Customer} WHERE id = $2 FOR KEY SHARE`,
      id,
      customerId,
      actor.type,
      actor.id ?? null,
      action,
      target.type,
      target.id,
      before === undefined ? null : JSON.stringify(before),
      after === undefined ? null : JSON.stringify(after),
      timeOf(id).toISOString(),
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

const toEntry = ({ id, actorType, actorId, action, targetType, targetId, ...row }: AuditRow): AuditLogEntry => ({
  id,
  actor: { type: actorType, id: actorId },
  action,
  target: { type: targetType, id: targetId },
  before: row.before,
  after: row.after,
  createdAt: row.createdAt,
});

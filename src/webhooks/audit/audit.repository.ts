import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import { newId, timeOf } from '../ids';
import type { AuditEntry, AuditFilter, AuditLogEntry, AuditTransaction } from './audit.types';
import { idPage } from '../id-page';

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
    const ids = changes.map(() => newId());
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
    const { actorType, actorId, action, targetType, targetId, from, to } = filter;
    const { clause, values } = idPage(
      customerId,
      [
        ['"actorType" = ?', actorType],
        ['"actorId" = ?', actorId],
        ['action = ?', action],
        ['"targetType" = ?', targetType],
        ['"targetId" = ?', targetId],
      ],
      { from, to, after, limit },
    );
    const rows = await this.prisma.query<AuditRow>(
      `SELECT id, "actorType", "actorId", action, "targetType", "targetId", before, after, "createdAt"
         FROM ${this.prisma.tables.AuditLog} ${clause}`,
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

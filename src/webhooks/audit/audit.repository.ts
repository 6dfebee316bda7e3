import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { PrismaService } from '../../database/prisma.service';
import type { AuditEntry, AuditTransaction } from './audit.types';

/** The audit log. Rows are only ever added; a trigger in the database refuses everything else. */
@Injectable()
export class AuditRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Adds a row, in the transaction that makes the change. The customer's row is locked against its erasure until then:
   * no row about a customer can appear after the customer was taken out of the log.
   */
  async add(tx: AuditTransaction, { customerId, actor, action, target, before, after }: AuditEntry): Promise<void> {
    const { AuditLog, Customer } = this.prisma.tables;
    await tx.$executeRawUnsafe(
      `INSERT INTO ${AuditLog} (id, "customerId", "actorType", "actorId", action, "targetType", "targetId", before, after)
       SELECT $1::uuid, id, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb FROM ${Customer} WHERE id = $2 FOR KEY SHARE`,
      uuidv7(),
      customerId,
      actor.type,
      actor.id ?? null,
      action,
      target.type,
      target.id,
      before === undefined ? null : JSON.stringify(before),
      after === undefined ? null : JSON.stringify(after),
    );
  }

  /** {@link add} for many rows in one statement. */
  async addAll(tx: AuditTransaction, entries: readonly AuditEntry[]): Promise<void> {
    const { AuditLog, Customer } = this.prisma.tables;
    const text = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
    await tx.$executeRawUnsafe(
      `INSERT INTO ${AuditLog} (id, "customerId", "actorType", "actorId", action, "targetType", "targetId", before, after)
       SELECT e.id, c.id, e."actorType", e."actorId", e.action, e."targetType", e."targetId", e.before::jsonb, e.after::jsonb
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
              AS e(id, "customerId", "actorType", "actorId", action, "targetType", "targetId", before, after)
         JOIN ${Customer} c ON c.id = e."customerId" FOR KEY SHARE OF c`,
      entries.map(() => uuidv7()),
      entries.map(({ customerId }) => customerId),
      entries.map(({ actor }) => actor.type),
      entries.map(({ actor }) => actor.id ?? null),
      entries.map(({ action }) => action),
      entries.map(({ target }) => target.type),
      entries.map(({ target }) => target.id),
      entries.map(({ before }) => text(before)),
      entries.map(({ after }) => text(after)),
    );
  }
}

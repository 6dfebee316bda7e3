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
}

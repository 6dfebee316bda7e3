import { Injectable } from '@nestjs/common';
import { AuditRepository } from './audit.repository';
import type { AuditEntry, AuditTransaction } from './audit.types';

/** Writes down who changed what. */
@Injectable()
export class AuditService {
  constructor(private readonly repository: AuditRepository) {}

  /** Part of the transaction that makes the change: the two are there together or not at all. */
  async record(tx: AuditTransaction, entry: AuditEntry): Promise<void> {
    await this.repository.add(tx, entry);
  }

  /** {@link record} for many changes at once. */
  async recordAll(tx: AuditTransaction, entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length > 0) await this.repository.addAll(tx, entries);
  }
}

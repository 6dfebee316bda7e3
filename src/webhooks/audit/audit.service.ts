import { Injectable } from '@nestjs/common';
import { readPage, type Page, type PageQuery } from '../page';
import { AuditRepository } from './audit.repository';
import type { AuditEntry, AuditFilter, AuditLogEntry, AuditTransaction } from './audit.types';
import { differing } from './difference';

/** Writes down who changed what, and shows it. */
@Injectable()
export class AuditService {
  constructor(private readonly repository: AuditRepository) {}

  /**
   * Part of the transaction that makes the change: the two are there together or not at all. What is the same before
   * and after is no change, and leaves no row.
   */
  async record(tx: AuditTransaction, { before, after, hidden, ...entry }: AuditEntry): Promise<void> {
    if (before === undefined || after === undefined) {
      await this.repository.add(tx, { ...entry, ...(before && { before }), ...(after && { after }) });
      return;
    }
    const difference = differing(before, after, hidden);
    if (difference !== null) await this.repository.add(tx, { ...entry, ...difference });
  }

  /** Newest first. @throws WebhooksError `invalid_cursor` */
  async list(customerId: string, filter: AuditFilter, page: PageQuery): Promise<Page<AuditLogEntry>> {
    return readPage(page, (after, limit) => this.repository.list(customerId, filter, after, limit));
  }
}

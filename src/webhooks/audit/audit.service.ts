import { Injectable } from '@nestjs/common';
import { readPage, type Page, type PageQuery } from '../page';
import { AuditRepository, type Change } from './audit.repository';
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
  async record(tx: AuditTransaction, entry: AuditEntry): Promise<void> {
    await this.recordAll(tx, [entry]);
  }

  /** {@link record} for many changes, in one statement. */
  async recordAll(tx: AuditTransaction, entries: readonly AuditEntry[]): Promise<void> {
    const changes = entries.flatMap(toChange);
    if (changes.length > 0) await this.repository.add(tx, changes);
  }

  /** Newest first. @throws WebhooksError `invalid_cursor` */
  async list(customerId: string, filter: AuditFilter, page: PageQuery): Promise<Page<AuditLogEntry>> {
    return readPage(page, (after, limit) => this.repository.list(customerId, filter, after, limit));
  }
}

/** What is written of an entry: of a change from one to the other, only what differs; nothing when nothing does. */
function toChange({ before, after, hidden, ...entry }: AuditEntry): Change[] {
  if (before === undefined || after === undefined)
    return [{ ...entry, ...(before && { before }), ...(after && { after }) }];
  const difference = differing(before, after, hidden);
  return difference === null ? [] : [{ ...entry, ...difference }];
}

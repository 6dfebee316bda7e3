import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { firstIdAt } from '../ids';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { cutoffsOf, daysBefore } from './cutoffs';
import { RetentionRepository, type BatchResult } from './retention.repository';

/** Rows that one statement changes. */
const BATCH_ROWS = 500;
/** Customers that one statement looks at. */
const PAGE_CUSTOMERS = 200;
/** After a batch that was full, so that emits and deliveries get their turn. */
const PAUSE_MS = 100;
/** Days that an idempotency key is kept. */
const IDEMPOTENCY_DAYS = 1;

/** What one sweep did, in rows. */
export interface RetentionReport {
  expired: number;
  emptied: number;
  deletedEvents: number;
  deletedMessages: number;
  deletedReplays: number;
  deletedEndpoints: number;
  forgottenKeys: number;
}

/** Another node is at it, or the application stops: the next sweep begins again, and finds what is left. */
class SweepEnded extends Error {}

/** Keeps what is kept no longer than it may be. */
@Injectable()
export class RetentionService {
  private isStopped = false;

  constructor(
    private readonly repository: RetentionRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    for (const [name, days] of Object.entries(options.retention)) {
      if (!(days >= 1)) throw new RangeError(`retention.${name} must be at least 1 day, and is ${days}.`);
    }
  }

  /** Ends the sweep that is under way after its batch. */
  stop(): void {
    this.isStopped = true;
  }

  /** Looks at every customer once and does what is due. Nothing is remembered: what is done is not due any more. */
  async sweep(now = new Date()): Promise<RetentionReport> {
    const report: RetentionReport = {
      expired: 0,
      emptied: 0,
      deletedEvents: 0,
      deletedMessages: 0,
      deletedReplays: 0,
      deletedEndpoints: 0,
      forgottenKeys: 0,
    };
    try {
      await this.sweepCustomers(report, now);
      const before = firstIdAt(daysBefore(now, IDEMPOTENCY_DAYS));
      await this.drain(report, 'forgottenKeys', () => this.repository.forgetIdempotencyKeys(before, BATCH_ROWS));
    } catch (error) {
      if (!(error instanceof SweepEnded)) throw error;
    }
    return report;
  }

  private async sweepCustomers(report: RetentionReport, now: Date): Promise<void> {
    const { repository } = this;
    for (let last = '', isEnd = false; !isEnd;) {
      const customers = await repository.customersAfter(last, PAGE_CUSTOMERS);
      isEnd = customers.length < PAGE_CUSTOMERS;
      last = customers.at(-1)?.id ?? last;
      if (customers.length === 0) return;
      const cutoffs = cutoffsOf(customers, this.options.retention, now);
      // In this order: what is expired is finished, and what refers to something goes before it.
      await this.drain(report, 'expired', () => repository.expirePending(cutoffs, BATCH_ROWS));
      await this.drain(report, 'deletedEvents', () => repository.deleteEvents(cutoffs, BATCH_ROWS));
      await this.drain(report, 'emptied', () => repository.emptyPayloads(cutoffs, BATCH_ROWS));
      await this.drain(report, 'deletedMessages', () => repository.deleteMessages(cutoffs, BATCH_ROWS));
      await this.drain(report, 'deletedReplays', () => repository.deleteReplays(cutoffs, BATCH_ROWS));
      await this.drain(report, 'deletedEndpoints', () => repository.deleteEndpoints(cutoffs, BATCH_ROWS));
    }
  }

  /** Runs batches until one is not full. */
  private async drain(
    report: RetentionReport,
    counter: keyof RetentionReport,
    batch: () => Promise<BatchResult>,
  ): Promise<void> {
    for (;;) {
      if (this.isStopped) throw new SweepEnded();
      const count = await batch();
      if (count === null) throw new SweepEnded();
      report[counter] += count;
      if (count < BATCH_ROWS) return;
      await sleep(PAUSE_MS);
    }
  }
}

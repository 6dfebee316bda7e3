import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { closeQueue } from '../../queue/close-queue';
import { QueueFactory } from '../../queue/queue.factory';
import { reportErrors } from '../../queue/report-errors';
import { waitUntilReady } from '../../queue/wait-until-ready';
import { traceEnqueue } from '../../tracing/spans';
import { RareWarnings } from '../rare-warnings';
import { within } from '../../time/within';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { Bundleable, BundledDelivery, DeliveryJob, Enqueueable } from './delivery.types';

/** Name of the queue, for producers and workers. */
export const DELIVERY_QUEUE = 'deliveries';

const PATIENCE_MS = 2_000;
const MAX_BULK = 500;
/** Jobs that are added one by one, at the same time: on PostgreSQL a bulk begins with a temporary table, and costs as much as eight. */
const FEW = 5;
/**
 * Deliveries due at once that go in one job. The queue's cost is per job: this makes it small beside that of the attempt
 * itself. More would leave other workers without work for longer.
 */
const MAX_BUNDLE = 20;
/** Rows that may wait for the queue in memory. What is beyond that is left to the sweep. */
const MAX_BUFFERED = 10_000;

/** Adds jobs. A job is a reminder to look at a row: losing, doubling or delaying one costs time, never an event. */
@Injectable()
export class DeliveryQueue implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('DeliveryQueue');
  private readonly warnings = new RareWarnings(this.logger);
  private queue: Queue<DeliveryJob, void> | undefined;
  private buffered: Enqueueable[] = [];
  private draining: Promise<void> | undefined;

  constructor(
    private readonly factory: QueueFactory,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** Whether this process adds jobs at all; a publisher leaves its rows to the sweep of a worker. */
  get isOpen(): boolean {
    return this.options.role !== 'publisher';
  }

  async onModuleInit(): Promise<void> {
    if (!this.isOpen) return;
    this.queue = this.factory.createQueue<DeliveryJob>(DELIVERY_QUEUE);
    reportErrors(this.queue, this.warnings);
    await waitUntilReady(this.queue, this.logger);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.draining;
    if (this.queue !== undefined) await closeQueue(this.queue);
  }

  /** Adds jobs for deliveries that are due now, soon, without making the caller wait: whoever emits depends on the commit alone. */
  enqueue(rows: readonly Enqueueable[]): void {
    if (!this.isOpen || this.buffered.length + rows.length > MAX_BUFFERED) return;
    this.buffered.push(...rows);
    this.draining ??= this.drain().finally(() => (this.draining = undefined));
  }

  /**
   * Adds jobs. Adding one that is there already changes nothing.
   * @throws Error when the queue is away
   */
  async add(rows: readonly Enqueueable[]): Promise<void> {
    await this.addAll(rows.map(toJob));
  }

  /**
   * Adds jobs for deliveries that have none and are due now, several in one job.
   * @throws Error when the queue is away
   */
  async addDue(rows: readonly Enqueueable[]): Promise<void> {
    if (rows.length === 1) return this.add(rows);
    return this.addAll(toBundles(rows));
  }

  /**
   * Adds jobs for deliveries that have none and are due later, several in one job: of each job, all when the first is due.
   * @throws Error when the queue is away
   */
  async addTogether(rows: readonly Bundleable[]): Promise<void> {
    return this.addAll(toBundles(rows.toSorted((a, b) => a.delayMs - b.delayMs)));
  }

  /**
   * Brings forward jobs of these rows that wait for a time. The rows are overdue, so that time is wrong: a node whose
   * clock had jumped set it, perhaps hours ahead.
   * @throws Error when the queue is away
   */
  async hasten(rows: readonly Enqueueable[]): Promise<void> {
    const { queue } = this;
    if (queue === undefined) return;
    const states = await Promise.all(rows.map((row) => queue.getJobState(jobIdOf(row))));
    for (const [index, row] of rows.entries()) {
      if (states[index] !== 'delayed') continue;
      const job = await queue.getJob(jobIdOf(row));
      // It fails when the job's time has come meanwhile, which is what was wanted.
      await job?.promote().catch(() => undefined);
    }
  }

  /** Whether the queue answers, within two seconds; true where there is none to ask. */
  async answers(): Promise<boolean> {
    if (this.queue === undefined) return true;
    try {
      return await within(PATIENCE_MS, this.queue.isPaused());
    } catch {
      return false;
    }
  }

  /**
   * Jobs by their state; empty where there is no queue to ask.
   * @throws Error when the queue is away
   */
  async countJobs(): Promise<Record<string, number>> {
    return this.queue === undefined ? {} : this.queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  private async addAll(jobs: readonly JobToAdd[]): Promise<void> {
    const { queue } = this;
    if (queue === undefined) return;
    if (jobs.length <= FEW) {
      await Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts)));
      return;
    }
    for (let start = 0; start < jobs.length; start += MAX_BULK) {
      await queue.addBulk(jobs.slice(start, start + MAX_BULK));
    }
  }

  private async drain(): Promise<void> {
    while (this.buffered.length > 0) {
      const rows = this.buffered.splice(0, MAX_BULK);
      try {
        await traceEnqueue(rows, () => this.addDue(rows));
      } catch (error) {
        // Their lease ends, and the sweep adds them then.
        this.warnings.warn(`${rows.length} jobs are not added yet: ${(error as Error).message}`);
      }
    }
  }
}

type JobToAdd = Parameters<Queue<DeliveryJob>['addBulk']>[0][number];

/** A job that is kept would block its own id's next use. */
const LEAVES_NOTHING = { removeOnComplete: true, removeOnFail: true } as const;

const jobIdOf = ({ id, round }: Enqueueable): string => `${id}-${round}`;

function toJob(row: Enqueueable): JobToAdd {
  const { id, customerId, round, attempts, delayMs } = row;
  return {
    name: 'deliver',
    data: { eventId: id, round, customerId },
    opts: {
      jobId: jobIdOf(row),
      attempts,
      delay: Math.max(0, Math.ceil(delayMs)),
      backoff: { type: 'custom' },
      ...LEAVES_NOTHING,
    },
  };
}

function toBundles(rows: readonly Bundleable[]): JobToAdd[] {
  const bundles: JobToAdd[] = [];
  for (let start = 0; start < rows.length; start += MAX_BUNDLE) {
    bundles.push(toBundle(rows.slice(start, start + MAX_BUNDLE)));
  }
  return bundles;
}

/** Not tried again as a whole: each delivery in it goes on by itself. */
function toBundle(rows: readonly Bundleable[]): JobToAdd {
  const bundle = rows.map(({ id, round, made, customerId, endpointId }): BundledDelivery => [
    id,
    round,
    made,
    customerId,
    endpointId,
  ]);
  return {
    name: 'deliver',
    data: { bundle },
    opts: { attempts: 1, delay: Math.ceil(rows[0]?.delayMs ?? 0), ...LEAVES_NOTHING },
  };
}

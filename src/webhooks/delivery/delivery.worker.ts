import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { UnrecoverableError, type Job, type Worker } from 'bullmq';
import { closeQueue } from '../../queue/close-queue';
import { QueueFactory } from '../../queue/queue.factory';
import { reportErrors } from '../../queue/report-errors';
import { waitUntilReady } from '../../queue/wait-until-ready';
import { RareWarnings } from '../rare-warnings';
import { isWorker, WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { AttemptRunner } from './attempt.runner';
import { AttemptFailedError, DeliveryFailedError, DeliveryProcessor } from './delivery.processor';
import { DELIVERY_QUEUE, DeliveryQueue } from './delivery.queue';
import { DeliveryRepository } from './delivery.repository';
import type { DeliveryJob } from './delivery.types';
import { reasonOf } from '../reason';

/** A worker that says nothing for this long is dead, and its jobs go to others. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5_000;
/** A stalled job is a worker's death, not the receiver's fault: it does not count against the delivery. */
const MAX_STALLED = 1_000;
/** Jobs under way for each attempt that may be made at once: those that carry several deliveries wait for the last one. */
const JOBS_PER_SLOT = 4;
/**
 * Jobs that are taken before the first of them is begun. BullMQ takes one after the other, and begins none while it may take
 * more: with room for hundreds, whatever is first in a crowd waits until hundreds are there.
 */
const JOBS_AHEAD = 40;
/** Wait before a job is tried again that failed on our side: the database was away, say. */
const INTERNAL_RETRY_MS = 1_000;

/** Takes jobs from the queue and hands them to the processor. */
@Injectable()
export class DeliveryWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('DeliveryWorker');
  private readonly warnings = new RareWarnings(this.logger);
  private readonly underWay = new Set<Promise<void>>();
  private worker: Worker<DeliveryJob, void> | undefined;
  /** Jobs that may be under way. */
  private most = 0;

  constructor(
    private readonly factory: QueueFactory,
    private readonly processor: DeliveryProcessor,
    private readonly runner: AttemptRunner,
    private readonly queue: DeliveryQueue,
    private readonly repository: DeliveryRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { role, delivery } = this.options;
    if (!isWorker(role)) return;
    const withoutSlow = JOBS_PER_SLOT * delivery.concurrency;
    this.most = withoutSlow;
    const worker = this.factory.createWorker<DeliveryJob>(DELIVERY_QUEUE, (job, token) => this.process(job, token), {
      concurrency: this.room,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED,
      settings: { backoffStrategy: (_attempts, _type, error) => backoffMs(error) },
    });
    this.worker = worker;
    // A job that waits for a slow receiver takes the place of no other.
    this.runner.onSlowCount((count) => (this.most = withoutSlow + count));
    reportErrors(worker, this.warnings);
    worker.on('failed', (job, error) => void this.takeOver(job, error));
    await waitUntilReady(worker, this.logger);
    void worker.run();
  }

  /** Takes no more jobs and finishes the attempts that are under way. */
  async beforeApplicationShutdown(): Promise<void> {
    const { worker } = this;
    if (worker === undefined) return;
    this.processor.stop();
    // Unless it is forced, BullMQ waits for a queue that is away until it is back.
    const isQueueAway = !(await this.queue.answers());
    const closable = { close: () => worker.close(isQueueAway), disconnect: () => worker.disconnect() };
    await closeQueue(closable, this.underWay);
  }

  private async process(job: Job<DeliveryJob, void>, token?: string): Promise<void> {
    const work = this.processor.process(job, token);
    this.underWay.add(work);
    this.makeRoom();
    try {
      await work;
    } finally {
      this.underWay.delete(work);
      this.makeRoom();
    }
  }

  private get room(): number {
    return Math.min(this.most, this.underWay.size + JOBS_AHEAD);
  }

  private makeRoom(): void {
    if (this.worker !== undefined) this.worker.concurrency = this.room;
  }

  /** BullMQ gave the job up. If its row still waits, the sweep takes it over now rather than when its lease ends. */
  private async takeOver(job: Job<DeliveryJob, void> | undefined, error: Error): Promise<void> {
    if (job === undefined) return;
    if (error instanceof DeliveryFailedError) return;
    if (!(error instanceof AttemptFailedError)) {
      this.warnings.warn(`job ${job.id ?? ''}: ${reasonOf(error)}`);
    }
    const isGivenUp = error instanceof UnrecoverableError || job.attemptsMade >= (job.opts.attempts ?? 1);
    if (!isGivenUp) return;
    try {
      await this.repository.endLease('bundle' in job.data ? job.data.bundle.map(([id]) => id) : [job.data.eventId]);
    } catch {
      // The database is away; the lease ends by itself.
    }
  }
}

/** The policy's answer travels on the error. The processor has written it to the row already. */
const backoffMs = (error: Error | undefined): number =>
  error instanceof AttemptFailedError ? error.delayMs : INTERNAL_RETRY_MS;

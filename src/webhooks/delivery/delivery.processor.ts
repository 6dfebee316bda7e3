import { Injectable, Logger } from '@nestjs/common';
import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { createBatcher } from '../batcher';
import { RareWarnings } from '../rare-warnings';
import { AttemptRunner, type Outcome } from './attempt.runner';
import { DeliveryQueue } from './delivery.queue';
import { DeliveryRepository } from './delivery.repository';
import type { Bundleable, BundledDelivery, DeliveryJob, Enqueueable } from './delivery.types';
import { LeaseKeeper } from './lease-keeper';
import { reasonOf } from '../reason';

const MAX_BATCH = 200;
/** They come back after a second at the soonest; PostgreSQL's queue commits one change after the other. */
const GATHER_HELD_UP_MS = 200;
/** When a delivery is under way in this process already. */
const LOOK_AGAIN_MS = 1_000;

/** The attempt failed and another one is due: carries the wait to BullMQ's backoff strategy. */
export class AttemptFailedError extends Error {
  override readonly name = 'AttemptFailedError';

  constructor(
    message: string,
    /** Milliseconds to the next attempt. */
    readonly delayMs: number,
  ) {
    super(message);
  }
}

/** The delivery is FAILED, and its row says so: no attempt follows. */
export class DeliveryFailedError extends UnrecoverableError {
  override readonly name = 'DeliveryFailedError';
}

/** Does what a job reminds of. It ends only after what happened is committed. */
@Injectable()
export class DeliveryProcessor {
  private readonly warnings = new RareWarnings(new Logger('DeliveryWorker'));
  private readonly addJob: (job: Enqueueable) => Promise<null>;
  private readonly addHeldUp: (job: Bundleable) => Promise<null>;
  private isStopping = false;

  constructor(
    private readonly runner: AttemptRunner,
    queue: DeliveryQueue,
    private readonly repository: DeliveryRepository,
    private readonly leases: LeaseKeeper,
  ) {
    // The queue is away: then for all of them.
    const batching = { maxSize: MAX_BATCH, isHopeless: () => true };
    this.addJob = createBatcher(async (jobs) => {
      await queue.add(jobs);
      return jobs.map(() => null);
    }, batching);
    this.addHeldUp = createBatcher(
      async (jobs) => {
        // First, since a job for several has no id that would keep a sweep from adding others.
        await repository.renewLeases(jobs.map(({ id }) => id));
        await queue.addTogether(jobs);
        return jobs.map(() => null);
      },
      { ...batching, gatherMs: GATHER_HELD_UP_MS },
    );
  }

  /** From now on no attempt is begun: deliveries that wait for their turn are left to others. */
  stop(): void {
    this.isStopping = true;
  }

  /** @throws AttemptFailedError when another attempt follows, DeliveryFailedError when none does */
  async process(job: Job<DeliveryJob, void>, token?: string): Promise<void> {
    const { data } = job;
    if ('bundle' in data) return this.processBundle(data.bundle, job.id ?? '');
    // It came in a bundle as well, and that one is at it.
    if (!this.leases.begin(data.eventId)) return this.postpone(job, LOOK_AGAIN_MS, token);
    let outcome: Outcome;
    try {
      outcome = await this.runner.run(data, data.eventId, () => !this.isStopping);
    } finally {
      this.leases.end(data.eventId);
    }
    if (outcome.then === 'not-begun') return this.leaveToSweep([data.eventId]);
    if (outcome.then === 'held-up') {
      await this.addHeldUp(outcome.job);
      return;
    }
    if ('job' in outcome && outcome.job.round !== data.round) {
      // It is in a new round, which this job is not about.
      await this.addJob(outcome.job);
      return;
    }
    if (outcome.then === 'later') return this.postpone(job, outcome.job.delayMs, token);
    if (outcome.then === 'give-up') throw new DeliveryFailedError(outcome.error);
    if (outcome.then === 'retry') throw new AttemptFailedError(outcome.error, outcome.job.delayMs);
  }

  /**
   * Deliveries that came together go on alone: one that is not done after this attempt gets a job of its own. Those that are
   * held up stay together, since they may come back again and again.
   */
  private async processBundle(bundle: readonly BundledDelivery[], job: string): Promise<void> {
    const left = await Promise.all(bundle.map((delivery) => this.processBundled(delivery, job)));
    const ids = bundle.flatMap(([id], index) => (left[index] === true ? [id] : []));
    if (ids.length > 0) await this.leaveToSweep(ids);
  }

  /** Deliveries that were not begun go to whoever looks next. */
  private async leaveToSweep(ids: readonly string[]): Promise<void> {
    try {
      await this.repository.endLease(ids);
    } catch {
      // The database is away; the leases end by themselves.
    }
  }

  /** @returns whether the delivery was left as it was, and is to be taken over by the sweep now */
  private async processBundled(bundled: BundledDelivery, job: string): Promise<boolean> {
    const [eventId, round, made, customerId, endpointId] = bundled;
    // It came in two jobs: one of them is enough.
    if (!this.leases.begin(eventId)) return false;
    try {
      const reminder = { eventId, round, made, customerId, endpointId };
      const outcome = await this.runner.run(reminder, job, () => !this.isStopping);
      if (outcome.then === 'later' || outcome.then === 'retry') await this.addJob(outcome.job);
      if (outcome.then === 'held-up') await this.addHeldUp(outcome.job);
      return outcome.then === 'not-begun';
    } catch (error) {
      this.warnings.warn(`delivery ${eventId}: ${reasonOf(error)}`);
      return true;
    } finally {
      this.leases.end(eventId);
    }
  }

  /** Puts the job back without using up one of its attempts. */
  private async postpone(job: Job<DeliveryJob, void>, delayMs: number, token?: string): Promise<never> {
    await job.moveToDelayed(Date.now() + delayMs, token);
    throw new DelayedError();
  }
}

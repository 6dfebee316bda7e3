import { Injectable } from '@nestjs/common';
import { Remembered } from '../../time/remembered';
import { within } from '../../time/within';
import { BacklogRepository, type Backlog } from './backlog.repository';
import { DeliveryQueue } from './delivery.queue';

export type { Backlog };

/** However often somebody asks, the database and the queue are asked this seldom. */
const MAX_AGE_MS = 5_000;
const LAG_MAX_AGE_MS = 1_000;
const PATIENCE_MS = 2_000;

/** What waits for delivery, for metrics and health. Null where the database or the queue does not answer. */
@Injectable()
export class BacklogService {
  private readonly backlog: Remembered<Backlog>;
  private readonly lag: Remembered<number>;
  private readonly jobs: Remembered<Readonly<Record<string, number>>>;

  constructor(repository: BacklogRepository, queue: DeliveryQueue) {
    this.backlog = new Remembered(() => repository.read(), MAX_AGE_MS);
    this.lag = new Remembered(() => repository.reconcilerLagSeconds(), LAG_MAX_AGE_MS);
    this.jobs = new Remembered(() => queue.countJobs(), MAX_AGE_MS);
  }

  /** Up to some seconds old. */
  async read(): Promise<Backlog | null> {
    return inTime(this.backlog.get());
  }

  /** How long the oldest delivery without a job has been waiting for the reconciler. */
  async reconcilerLagSeconds(): Promise<number | null> {
    return inTime(this.lag.get());
  }

  /** Jobs in the queue by their state; empty in a process that uses no queue. */
  async countJobs(): Promise<Readonly<Record<string, number>> | null> {
    return inTime(this.jobs.get());
  }
}

async function inTime<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return (await within(PATIENCE_MS, asked)) ? await asked : null;
  } catch {
    return null;
  }
}

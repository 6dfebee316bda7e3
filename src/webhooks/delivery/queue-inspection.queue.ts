import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { closeQueue } from '../../queue/close-queue';
import { QueueFactory } from '../../queue/queue.factory';
import { reportErrors } from '../../queue/report-errors';
import { within } from '../../time/within';
import { DELIVERY_QUEUE } from './delivery.queue';

const PATIENCE_MS = 5_000;
const NOBODY = { warn: () => undefined };

/** The operator's look at the queue from outside: on a connection of its own, for as long as it takes. */
@Injectable()
export class QueueInspection {
  constructor(private readonly factory: QueueFactory) {}

  /** How many jobs there are, by BullMQ's names of their states; null when the queue does not answer. */
  async count(): Promise<Record<string, number> | null> {
    try {
      return await this.withQueue((queue) =>
        queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed'),
      );
    } catch {
      return null;
    }
  }

  /**
   * Removes every job that is not under way. What it was about, PostgreSQL knows.
   * @throws Error when the queue does not answer
   */
  async clear(): Promise<void> {
    await this.withQueue((queue) => queue.drain(true));
  }

  private async withQueue<Result>(use: (queue: Queue<unknown, void>) => Promise<Result>): Promise<Result> {
    const queue = this.factory.createQueue(DELIVERY_QUEUE);
    reportErrors(queue, NOBODY);
    try {
      if (!(await within(PATIENCE_MS, queue.waitUntilReady()))) throw new Error('the queue does not answer');
      return await use(queue);
    } finally {
      await closeQueue(queue);
    }
  }
}

import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueInspection } from './queue-inspection.queue';
import { QueueRebuildRepository } from './queue-rebuild.repository';

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const BATCHES_PER_SECOND = 4;

/** How {@link QueueRebuildService.rebuild} goes about it. */
export interface RebuildOptions {
  /** Rows handed to the workers' sweeps in a second. */
  perSecond: number;
  /** Told after each batch. */
  onProgress?: (done: number, total: number) => void;
  /** Stops between two batches; what was done stays done. */
  signal?: AbortSignal;
}

/** What {@link QueueRebuildService.rebuild} did. */
export interface RebuildResult {
  /** Rows that should have had a job when it began. */
  total: number;
  /** Rows whose job is made anew. */
  handedOver: number;
}

/**
 * Makes the queue anew from PostgreSQL. The workers do that by themselves when leases end; this is for an operator who
 * does not want to wait, or whose queue holds what it should not.
 */
@Injectable()
export class QueueRebuildService {
  constructor(
    private readonly repository: QueueRebuildRepository,
    private readonly inspection: QueueInspection,
  ) {}

  /**
   * Removes the jobs that are not under way, and lets the workers' sweep give each waiting row a new one: with the time
   * that its row says, and the attempts that it has left. May run beside the service, be stopped, and be run again.
   * @throws Error when the queue does not answer
   */
  async rebuild({ perSecond, onProgress, signal }: RebuildOptions): Promise<RebuildResult> {
    const result: RebuildResult = { total: await this.repository.countLeased(), handedOver: 0 };
    await this.inspection.clear();
    const batch = Math.ceil(perSecond / BATCHES_PER_SECOND);
    for (let after = FIRST_ID; signal?.aborted !== true;) {
      const startedAt = performance.now();
      const ids = await this.repository.endNextLeases(after, batch);
      const last = ids.at(-1);
      if (last === undefined) break;
      after = last;
      result.handedOver += ids.length;
      onProgress?.(result.handedOver, Math.max(result.total, result.handedOver));
      await sleep(Math.max(0, (ids.length / perSecond) * 1_000 - (performance.now() - startedAt)));
    }
    return result;
  }
}

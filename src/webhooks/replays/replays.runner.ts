import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Periodic } from '../periodic';
import { RareWarnings } from '../rare-warnings';
import { isWorker, WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { ReplayRow } from './replay.types';
import { ReplaysRepository } from './replays.repository';
import { reasonOf } from '../reason';

/** Deliveries made PENDING by one statement. */
const BATCH = 500;
/** A batch is resent only while fewer deliveries than this are due where the replay sends to. */
const MAX_DUE = 1_000;
/** Replays looked at in one round. */
const ROUND = 10;

/**
 * Works replays off, a batch of each in turn. All workers do so side by side: a batch is one statement that locks its
 * replay, so that there is nothing to take over from a worker that died, the others just go on.
 */
@Injectable()
export class ReplayRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('ReplayRunner');
  private readonly warnings = new RareWarnings(this.logger);
  private readonly periodic: Periodic;
  private isStopped = false;

  constructor(
    private readonly repository: ReplaysRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.periodic = new Periodic(() => this.round(), options.delivery.reconcileIntervalMs);
  }

  onApplicationBootstrap(): void {
    const { role } = this.options;
    if (isWorker(role)) this.periodic.start(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.periodic.stop();
  }

  private async round(): Promise<void> {
    let isMoreToDo = false;
    try {
      for (const replay of await this.repository.running(ROUND)) {
        if (this.isStopped) break;
        isMoreToDo = (await this.advance(replay)) || isMoreToDo;
      }
      if (isMoreToDo) this.periodic.kick();
    } catch (error) {
      // Nothing of the batch was written: the next round repeats it.
      this.warnings.warn(`replay: ${reasonOf(error)}`);
    }
  }

  /** @returns whether a next batch can follow at once */
  private async advance(replay: ReplayRow): Promise<boolean> {
    if ((await this.repository.countDue(replay, MAX_DUE)) >= MAX_DUE) {
      await this.repository.postpone(replay);
      return false;
    }
    const batch = await this.repository.resendBatch(replay, BATCH);
    if (batch === null) return false;
    this.logger.log('replay', { replayId: replay.id, customerId: replay.customerId, ...batch });
    return batch.status === 'RUNNING';
  }
}

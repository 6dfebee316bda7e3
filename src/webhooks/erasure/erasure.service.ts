import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../audit/audit.types';
import { Periodic } from '../periodic';
import { notFound } from '../webhooks.errors';
import { RareWarnings } from '../rare-warnings';
import { isWorker, WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { ErasureRepository, type ErasedTable } from './erasure.repository';
import { reasonOf } from '../reason';

/** Rows that one statement deletes. */
const BATCH_ROWS = 500;
/** Between two statements, so that deliveries of others get their turn. */
const PAUSE_MS = 20;
/** How often a worker looks for erasures that somebody began. */
const LOOK_MS = 5_000;

/**
 * Erases customers: everything they have, in small batches. The mark on the customer's row is all that an erasure
 * needs to know, so that any worker goes on with it after a crash.
 */
@Injectable()
export class ErasureService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Erasure');
  private readonly warnings = new RareWarnings(this.logger);
  private readonly periodic = new Periodic(() => this.resume(), LOOK_MS);
  private isStopped = false;

  constructor(
    private readonly repository: ErasureRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onApplicationBootstrap(): void {
    const { role } = this.options;
    if (isWorker(role)) this.periodic.start(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.periodic.stop();
  }

  /**
   * Begins the erasure: at the end of this call the customer has no API keys, takes no events and delivers none. A
   * worker does the rest. Beginning what has begun changes nothing.
   * @throws WebhooksError `not_found`
   */
  async begin(customerId: string, actor: Actor): Promise<Date> {
    const erasingAt = await this.repository.begin(customerId, actor);
    if (erasingAt === null) throw notFound('customer');
    this.periodic.kick();
    return erasingAt;
  }

  /**
   * Deletes what there is until nothing is left, or the application stops.
   * @param onProgress told how many rows are gone by now
   * @returns whether nothing is left
   */
  async complete(customerId: string, onProgress: (rows: number) => void = () => undefined): Promise<boolean> {
    const deleted: Record<string, number> = {};
    let rows = 0;
    const count = (more: number): void => onProgress((rows += more));
    for (;;) {
      for (const table of this.repository.erasedTables) {
        deleted[table] = (deleted[table] ?? 0) + (await this.empty(table, customerId, count));
      }
      if (this.isStopped) return false;
      if (await this.repository.finish(customerId)) break;
      // Somebody worked on what is left.
      await sleep(PAUSE_MS);
    }
    // The customer's id is gone from here as well.
    this.logger.log('a customer was erased', { deleted });
    return true;
  }

  private async empty(table: ErasedTable, customerId: string, tell: (more: number) => void): Promise<number> {
    let total = 0;
    for (let count = BATCH_ROWS; count === BATCH_ROWS && !this.isStopped; total += count) {
      count = await this.repository.deleteBatch(table, customerId, BATCH_ROWS);
      tell(count);
      if (count > 0) await sleep(PAUSE_MS);
    }
    return total;
  }

  private async resume(): Promise<void> {
    try {
      for (const customerId of await this.repository.underWay()) await this.complete(customerId);
    } catch (error) {
      // The mark stays, and the next look goes on.
      this.warnings.warn(`erasure interrupted: ${reasonOf(error)}`);
    }
  }
}

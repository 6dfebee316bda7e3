import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { DeliveryQueue } from './delivery.queue';
import { DeliveryRepository } from './delivery.repository';

/**
 * Finds PENDING rows whose lease has ended and gives them a job again: rows of a process that died between commit and
 * enqueue, of a queue that was wiped, of a publisher, of a resumed endpoint. PostgreSQL is the truth; the queue follows.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Reconciler');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly repository: DeliveryRepository,
    private readonly queue: DeliveryQueue,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onApplicationBootstrap(): void {
    const { role } = this.options;
    if (role === 'all' || role === 'worker') this.schedule(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  private schedule(delayMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep().then(() => this.schedule(this.options.delivery.reconcileIntervalMs));
    }, delayMs);
  }

  private async sweep(): Promise<void> {
    try {
      await this.repository.releaseHeld();
      const rows = await this.repository.claimDue();
      if (rows.length === 0) return;
      await this.queue.add(rows);
      this.logger.log('deliveries without a job were enqueued', { count: rows.length });
    } catch (error) {
      // The rows keep their lease, and the next sweep after its end finds them.
      this.logger.warn(`sweep failed: ${(error as Error).message.split('\n').at(-1)}`);
    }
  }
}

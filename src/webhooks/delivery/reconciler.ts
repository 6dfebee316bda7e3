import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DatabaseNotifications } from '../../database/database-notifications';
import { RareWarnings } from '../rare-warnings';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { Admission } from './admission';
import { AdmissionRepository } from './admission.repository';
import { DeliveryQueue } from './delivery.queue';

/** Notified when rows were committed that nobody has enqueued. */
const EMIT_CHANNEL = 'webhooks_emit';

/**
 * Finds PENDING rows whose lease has ended and gives them a job again: rows of a process that died between commit and
 * enqueue, of a queue that was wiped, of a publisher or of a caller's transaction; and rows that wait for their turn and
 * may go. PostgreSQL is the truth; the queue follows. Looks every second, and at once when told that there is something.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Reconciler');
  private readonly warnings = new RareWarnings(this.logger);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private isWanted = false;
  private isStopped = false;

  constructor(
    private readonly repository: AdmissionRepository,
    private readonly admission: Admission,
    private readonly queue: DeliveryQueue,
    private readonly notifications: DatabaseNotifications,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onApplicationBootstrap(): void {
    const { role } = this.options;
    if (role !== 'all' && role !== 'worker') return;
    this.notifications.listen(EMIT_CHANNEL, () => this.wake());
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  /** Looks now; or once more, when a look is under way that may have missed what is new. */
  private wake(): void {
    this.isWanted = true;
    if (this.sweeping !== undefined || this.isStopped) return;
    clearTimeout(this.timer);
    this.sweeping = this.sweepWhileWanted().finally(() => {
      this.sweeping = undefined;
      if (this.isStopped) return;
      this.timer = setTimeout(() => this.wake(), this.options.delivery.reconcileIntervalMs);
    });
  }

  private async sweepWhileWanted(): Promise<void> {
    while (this.isWanted && !this.isStopped) {
      this.isWanted = false;
      await this.sweep();
    }
  }

  private async sweep(): Promise<void> {
    try {
      const rows = await this.repository.claimDue();
      if (rows.length > 0) {
        await this.queue.add(rows);
        this.logger.debug('deliveries without a job were enqueued', { count: rows.length });
      }
      await this.admission.admit(await this.repository.findWaitingEndpoints());
    } catch (error) {
      // The rows keep their lease, and the next sweep after its end finds them.
      this.warnings.warn(`sweep failed: ${(error as Error).message.split('\n').at(-1)}`);
    }
  }
}

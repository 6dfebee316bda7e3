import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DatabaseNotifications } from '../../database/database-notifications';
import { WebhooksMetrics } from '../../metrics/webhooks-metrics';
import { Periodic } from '../periodic';
import { RareWarnings } from '../rare-warnings';
import { isWorker, WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { Admission } from './admission';
import { AdmissionRepository } from './admission.repository';
import { DeliveryQueue } from './delivery.queue';
import { reasonOf } from '../reason';

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
  private readonly periodic: Periodic;

  constructor(
    private readonly repository: AdmissionRepository,
    private readonly admission: Admission,
    private readonly queue: DeliveryQueue,
    private readonly notifications: DatabaseNotifications,
    private readonly metrics: WebhooksMetrics,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.periodic = new Periodic(() => this.sweep(), options.delivery.reconcileIntervalMs);
  }

  onApplicationBootstrap(): void {
    const { role } = this.options;
    if (!isWorker(role)) return;
    this.periodic.start(0);
    // Once more, when a look is under way that may have missed what is new.
    this.notifications.listen(EMIT_CHANNEL, () => this.periodic.kick());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.periodic.stop();
  }

  private async sweep(): Promise<void> {
    try {
      const rows = await this.repository.claimDue();
      if (rows.length > 0) {
        await this.queue.add(rows);
        await this.queue.hasten(rows.filter(({ mayBeDelayed, delayMs }) => mayBeDelayed && delayMs === 0));
        this.logger.debug('deliveries without a job were enqueued', { count: rows.length });
      }
      await this.admission.admit(await this.repository.findWaitingEndpoints());
      this.metrics.sweep('ok', rows.length);
    } catch (error) {
      this.metrics.sweep('failed', 0);
      // The rows keep their lease, and the next sweep after its end finds them.
      this.warnings.warn(`sweep failed: ${reasonOf(error)}`);
    }
  }
}

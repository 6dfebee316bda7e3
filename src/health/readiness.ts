import { Inject, Injectable } from '@nestjs/common';
import { DatabaseHealth } from '../database/database-health';
import { queueAdvice } from '../queue/queue-advice';
import { BacklogService } from '../webhooks/delivery/backlog.service';
import { DeliveryService } from '../webhooks/delivery/delivery.service';
import { isWorker, WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks/webhooks.options';

/** When a service is not ready, and on what it runs. */
export interface ReadinessOptions {
  /** The reconciler may be this far behind; 0 = however far. */
  maxLagMs: number;
  /** Whether the database is the service's own, the embedded one: it has no URL that could be wrong. */
  isEmbedded: boolean;
}

/** Injection token of the {@link ReadinessOptions}. */
export const READINESS_OPTIONS = Symbol('READINESS_OPTIONS');

/** What one check found. */
export interface Finding {
  isUp: boolean;
  /** More about it, as the answer shows it: `message` says what is wrong, `action` what to do. */
  details?: Readonly<Record<string, unknown>>;
}

const UP: Finding = { isUp: true };

/** What the service needs for its work, each by itself. */
@Injectable()
export class Readiness {
  constructor(
    private readonly database: DatabaseHealth,
    private readonly delivery: DeliveryService,
    private readonly backlog: BacklogService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(READINESS_OPTIONS) private readonly own: ReadinessOptions,
  ) {}

  async checkDatabase(): Promise<Finding> {
    if (await this.database.answers()) return UP;
    const action = this.own.isEmbedded
      ? 'The embedded PostgreSQL is started again by itself: its log, postgres/server.log in DATA_DIR, says why it ends.'
      : 'Start PostgreSQL, or correct DATABASE_URL.';
    return down('the database does not answer', `${action} Nothing is accepted until then.`);
  }

  async checkQueue(): Promise<Finding> {
    if (await this.delivery.queueAnswers()) return UP;
    return down('the queue does not answer', queueAdvice(this.options.queue));
  }

  async checkMigrations(): Promise<Finding> {
    let pending: string[];
    try {
      pending = await this.database.pendingMigrations();
    } catch {
      return down('the migrations cannot be read', 'Repair the database first.');
    }
    if (pending.length === 0) return UP;
    const action = 'Start a process of this version, which applies them; or restore the database that it belongs to.';
    return down('the database is older than this version', action, { pending });
  }

  /**
   * Deliveries without a job wait for the reconciler of a worker. A process that only serves the API shows how long, and
   * stays ready: it can take events in, and to take it out of service would make things worse.
   */
  async checkReconciler(): Promise<Finding> {
    const lagSeconds = await this.backlog.reconcilerLagSeconds();
    if (lagSeconds === null) return down('its lag cannot be read', 'Repair the database first.');
    const { maxLagMs } = this.own;
    const details = { lagSeconds: Math.round(lagSeconds) };
    const delivers = isWorker(this.options.role);
    if (!delivers || maxLagMs === 0 || lagSeconds * 1_000 <= maxLagMs) return { isUp: true, details };
    const action = 'Read the log for "sweep failed"; add workers if the queue is long.';
    return down(`deliveries have waited for their job longer than READY_MAX_LAG_MS (${maxLagMs})`, action, details);
  }
}

const down = (message: string, action: string, more: object = {}): Finding => ({
  isUp: false,
  details: { message, action, ...more },
});

import { Injectable } from '@nestjs/common';
import { DatabaseHealth } from '../../database/database-health';
import { WebhooksMetrics, type Readings } from '../../metrics/webhooks-metrics';
import { BacklogService, type Backlog } from './backlog.service';
import { DeliveryQueue } from './delivery.queue';

/** Shows what waits, and whether what delivery depends on answers. */
@Injectable()
export class BacklogGauges {
  constructor(metrics: WebhooksMetrics, backlog: BacklogService, database: DatabaseHealth, queue: DeliveryQueue) {
    const waiting = (show: (backlog: Backlog) => Readings) => async (): Promise<Readings> => {
      const read = await backlog.read();
      return read === null ? null : show(read);
    };
    metrics.gauge(
      'webhooks_deliveries_due',
      waiting(({ due }) => [[due]]),
    );
    metrics.gauge(
      'webhooks_oldest_due_seconds',
      waiting(({ oldestDueSeconds }) => [[oldestDueSeconds]]),
    );
    metrics.gauge(
      'webhooks_deliveries_held',
      waiting(({ held }) => byName(held)),
    );
    metrics.gauge('webhooks_reconciler_lag_seconds', async () => {
      const seconds = await backlog.reconcilerLagSeconds();
      return seconds === null ? null : [[seconds]];
    });
    metrics.gauge('webhooks_queue_jobs', async () => {
      const jobs = await backlog.countJobs();
      return jobs === null ? null : byName(jobs);
    });
    metrics.gauge('webhooks_dependency_up', async () => [
      [Number(await database.answers()), 'database'],
      [Number(await queue.answers()), 'queue'],
    ]);
    metrics.gauge('webhooks_database_connections', () => {
      const { active, idle } = database.poolUse;
      return byName({ active, idle });
    });
    metrics.gauge('webhooks_database_connections_max', () => [[database.poolUse.max]]);
    metrics.gauge('webhooks_database_waiting', () => [[database.poolUse.waiting]]);
  }
}

const byName = (numbers: Readonly<Record<string, number>>): Readings =>
  Object.entries(numbers).map(([name, value]) => [value, name] as const);

import { Injectable } from '@nestjs/common';
import { EndpointsService } from '../endpoints/endpoints.service';
import { invalidField } from '../webhooks.errors';
import {
  StatsRepository,
  type AttemptCounts,
  type DeliveryCounts,
  type HourlyCounts,
  type Latency,
} from './stats.repository';

/** How an endpoint did. */
export interface EndpointStats {
  endpointId: string;
  from: Date;
  /** Excluded. */
  to: Date;
  /** Attempts that started in the range; `successRate` from 0 to 1, null without any. */
  attempts: { total: number; succeeded: number; failed: number; successRate: number | null };
  latencyMs: Latency;
  /** Deliveries that were accepted in the range, by how they stand now. */
  deliveries: DeliveryCounts;
  /** What waits now, whenever it was accepted. */
  backlog: { pending: number; held: number; oldestPendingAt: Date | null; oldestPendingAgeMs: number | null };
  /** Every hour (UTC) of the range, oldest first. */
  hours: HourlyCounts[];
}

const HOUR_MS = 3_600_000;
const DEFAULT_RANGE_MS = 24 * HOUR_MS;
const MAX_DAYS = 31;

/** Figures about one endpoint. Test sends are not counted. */
@Injectable()
export class StatsService {
  constructor(
    private readonly repository: StatsRepository,
    private readonly endpoints: EndpointsService,
  ) {}

  /** @throws WebhooksError `not_found`, `invalid_range`, `range_too_long` */
  async of(customerId: string, endpointId: string, wanted: { from?: Date; to?: Date }): Promise<EndpointStats> {
    const now = Date.now();
    const to = wanted.to ?? new Date(now);
    const from = wanted.from ?? new Date(to.getTime() - DEFAULT_RANGE_MS);
    if (from >= to) throw invalidField('invalid_range', 'from', 'must be before the end of the range');
    if (to.getTime() - from.getTime() > MAX_DAYS * 24 * HOUR_MS) {
      throw invalidField('range_too_long', 'from', `must be at most ${MAX_DAYS} days before the end of the range`);
    }
    await this.endpoints.get(customerId, endpointId);
    const range = { from, to };
    const [attempts, hours, deliveries, backlog] = await Promise.all([
      this.repository.attempts(customerId, endpointId, range),
      this.repository.hourly(customerId, endpointId, range),
      this.repository.deliveries(customerId, endpointId, range),
      this.repository.backlog(customerId, endpointId),
    ]);
    const { p50, p95, p99, ...counts } = attempts;
    const oldest = backlog.oldestPendingAt;
    return {
      endpointId,
      from,
      to,
      attempts: totals(counts),
      latencyMs: { p50, p95, p99 },
      deliveries,
      backlog: { ...backlog, oldestPendingAgeMs: oldest && Math.max(0, now - oldest.getTime()) },
      hours,
    };
  }
}

const totals = ({ attempts, succeeded, failed }: AttemptCounts): EndpointStats['attempts'] => ({
  total: attempts,
  succeeded,
  failed,
  successRate: attempts === 0 ? null : succeeded / attempts,
});

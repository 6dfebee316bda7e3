import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import { firstIdAt } from '../ids';

/** A time from (included) to (excluded). */
export interface Range {
  from: Date;
  to: Date;
}

/** Attempts of a time. */
export interface AttemptCounts {
  attempts: number;
  succeeded: number;
  failed: number;
}

/** Attempts that started in one hour (UTC) of the range. */
export interface HourlyCounts extends AttemptCounts {
  /** The hour's start; the first and the last hour count only what lies in the range. */
  hour: Date;
}

/** The time attempts took, in milliseconds, failed ones included; null without any. */
export interface Latency {
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

/** Deliveries that were accepted in the range, by how they stand now. */
export interface DeliveryCounts {
  PENDING: number;
  SENT: number;
  FAILED: number;
}

/** What waits for the endpoint now, whenever it was accepted. */
export interface Backlog {
  pending: number;
  held: number;
  /** When the oldest of them was accepted. */
  oldestPendingAt: Date | null;
}

/** 2xx, and nothing else, is a success. */
const SUCCEEDED = `a."statusCode" BETWEEN 200 AND 299`;
const COUNTS = `count(a."startedAt")::int AS attempts, count(*) FILTER (WHERE ${SUCCEEDED})::int AS succeeded,
  (count(a."startedAt") - count(*) FILTER (WHERE ${SUCCEEDED}))::int AS failed`;

/**
 * What an endpoint's attempts add up to. Attempts are read from `WebhookAttempt_endpoint_idx` alone, which has no
 * customer in it: each query names the tenant at the endpoint instead.
 */
@Injectable()
export class StatsRepository {
  constructor(private readonly prisma: PrismaService) {}

  async attempts(customerId: string, endpointId: string, { from, to }: Range): Promise<AttemptCounts & Latency> {
    const [row] = await this.prisma.query<AttemptCounts & { latency: number[] | null }>(
      `SELECT ${COUNTS}, percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY a."durationMs") AS latency
         FROM ${this.attemptsOf('$1', '$2')} AND a."startedAt" >= $3::timestamptz AND a."startedAt" < $4::timestamptz`,
      customerId,
      endpointId,
      from.toISOString(),
      to.toISOString(),
    );
    const { latency, ...counts } = row ?? { attempts: 0, succeeded: 0, failed: 0, latency: null };
    const [p50, p95, p99] = (latency ?? []).map((value) => Math.round(value));
    return { ...counts, p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null };
  }

  /** Every hour of the range, oldest first, the empty ones too. */
  async hourly(customerId: string, endpointId: string, { from, to }: Range): Promise<HourlyCounts[]> {
    return this.prisma.query<HourlyCounts>(
      `SELECT h.hour, ${COUNTS}
         FROM generate_series(date_trunc('hour', $3::timestamptz, 'UTC'),
                              date_trunc('hour', $4::timestamptz - interval '1 millisecond', 'UTC'),
                              interval '1 hour') AS h(hour)
         LEFT JOIN (
           SELECT a."startedAt", a."statusCode", date_trunc('hour', a."startedAt", 'UTC') AS hour
             FROM ${this.attemptsOf('$1', '$2')} AND a."startedAt" >= $3::timestamptz AND a."startedAt" < $4::timestamptz
         ) AS a ON a.hour = h.hour
        GROUP BY h.hour ORDER BY h.hour`,
      customerId,
      endpointId,
      from.toISOString(),
      to.toISOString(),
    );
  }

  /** By the time in their ids: as the lists of deliveries, from one index. */
  async deliveries(customerId: string, endpointId: string, { from, to }: Range): Promise<DeliveryCounts> {
    const rows = await this.prisma.query<{ status: keyof DeliveryCounts; count: number }>(
      `SELECT status::text AS status, count(*)::int AS count FROM ${this.prisma.tables.WebhookEvent}
        WHERE "customerId" = $1 AND "endpointId" = $2::uuid AND id >= $3::uuid AND id < $4::uuid AND NOT "isTest"
        GROUP BY status`,
      customerId,
      endpointId,
      firstIdAt(from),
      firstIdAt(to),
    );
    return { PENDING: 0, SENT: 0, FAILED: 0, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) };
  }

  async backlog(customerId: string, endpointId: string): Promise<Backlog> {
    const [row] = await this.prisma.query<Backlog>(
      `SELECT count(*)::int AS pending, count(*) FILTER (WHERE "enqueueAfter" IS NULL)::int AS held,
              min("createdAt") AS "oldestPendingAt"
         FROM ${this.prisma.tables.WebhookEvent}
        WHERE "customerId" = $1 AND "endpointId" = $2::uuid AND status = 'PENDING'`,
      customerId,
      endpointId,
    );
    return row ?? { pending: 0, held: 0, oldestPendingAt: null };
  }

  private attemptsOf(customerId: string, endpointId: string): string {
    const { WebhookAttempt, WebhookEndpoint } = this.prisma.tables;
    return `${WebhookAttempt} a WHERE a."endpointId" = ${endpointId}::uuid
      AND EXISTS (SELECT 1 FROM ${WebhookEndpoint} p WHERE p.id = ${endpointId}::uuid AND p."customerId" = ${customerId})`;
  }
}

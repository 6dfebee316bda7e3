import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';

/** Deliveries that wait for something other than their time. */
export interface HeldGroup {
  reason: string;
  /** Of the endpoint; `deleted` when it is. */
  state: string;
  deliveries: number;
  endpoints: number;
  oldestSeconds: number;
}

/** An endpoint that takes nothing, or fails. */
export interface SickEndpoint {
  id: string;
  customerId: string;
  state: string;
  disabledReason: string | null;
  failingSince: Date | null;
  waiting: number;
}

/** Rows that are PENDING, and what the queue is meant to know of them. */
export interface PendingCounts {
  pending: number;
  /** Trusted to have a job. */
  leased: number;
  /** Whose lease has ended, and how long ago the first one did. */
  overdue: number;
  overdueSeconds: number;
}

/** What the operator asks when something is stuck: over all customers, reading only. */
@Injectable()
export class DiagnosisRepository {
  constructor(private readonly prisma: PrismaService) {}

  async countPending(): Promise<PendingCounts> {
    const [row] = await this.prisma.query<PendingCounts>(
      `SELECT count(*)::int AS pending,
              count(*) FILTER (WHERE "enqueueAfter" > statement_timestamp())::int AS leased,
              count(*) FILTER (WHERE "enqueueAfter" <= statement_timestamp())::int AS overdue,
              coalesce(extract(epoch FROM statement_timestamp() - min("enqueueAfter")
                FILTER (WHERE "enqueueAfter" <= statement_timestamp())), 0)::float8 AS "overdueSeconds"
         FROM ${this.prisma.tables.WebhookEvent} WHERE status = 'PENDING'`,
    );
    return row ?? { pending: 0, leased: 0, overdue: 0, overdueSeconds: 0 };
  }

  async findHeld(): Promise<HeldGroup[]> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    return this.prisma.query<HeldGroup>(
      `SELECT coalesce(e."heldReason", 'no reason') AS reason,
              CASE WHEN p."deletedAt" IS NULL THEN p.state::text ELSE 'deleted' END AS state,
              count(*)::int AS deliveries, count(DISTINCT p.id)::int AS endpoints,
              extract(epoch FROM statement_timestamp() - min(e."createdAt"))::float8 AS "oldestSeconds"
         FROM ${WebhookEvent} e JOIN ${WebhookEndpoint} p ON p.id = e."endpointId"
        WHERE e.status = 'PENDING' AND e."enqueueAfter" IS NULL
        GROUP BY 1, 2 ORDER BY 3 DESC`,
    );
  }

  /** Endpoints that are disabled, or whose every attempt has failed for so long. */
  async findSick(failingForSeconds: number, limit: number): Promise<SickEndpoint[]> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    return this.prisma.query<SickEndpoint>(
      `SELECT p.id, p."customerId", p.state::text AS state, p."disabledReason", p."failingSince",
              (SELECT count(*)::int FROM ${WebhookEvent} e WHERE e."endpointId" = p.id AND e.status = 'PENDING') AS waiting
         FROM ${WebhookEndpoint} p
        WHERE p."deletedAt" IS NULL
          AND (p.state = 'disabled' OR p."failingSince" < statement_timestamp() - $1::float8 * interval '1 s')
        ORDER BY p."failingSince" NULLS LAST LIMIT $2`,
      failingForSeconds,
      limit,
    );
  }

  /** Work in the background that has not moved for so long: replays, and customers that are being erased. */
  async countStale(seconds: number): Promise<{ replays: number; erasures: number }> {
    const { WebhookReplay, Customer } = this.prisma.tables;
    const [row] = await this.prisma.query<{ replays: number; erasures: number }>(
      `SELECT (SELECT count(*)::int FROM ${WebhookReplay}
                WHERE status = 'RUNNING' AND "updatedAt" < statement_timestamp() - $1::float8 * interval '1 s') AS replays,
              (SELECT count(*)::int FROM ${Customer}
                WHERE "erasingAt" < statement_timestamp() - $1::float8 * interval '1 s') AS erasures`,
      seconds,
    );
    return row ?? { replays: 0, erasures: 0 };
  }
}

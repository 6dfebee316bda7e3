import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';

/** Why deliveries are held, as their endpoints say. */
export type HeldBecause = 'turn' | 'paused' | 'disabled' | 'deleted';

/** What waits in PostgreSQL. */
export interface Backlog {
  due: number;
  /** How long the oldest due delivery has waited for its attempt; 0 when none is due. */
  oldestDueSeconds: number;
  held: Record<HeldBecause, number>;
}

/** Endpoints that are looked at, and rows that are counted of each. */
const MAX_ENDPOINTS = 10_000;
const MAX_ROWS = 10_000;

/** What waits, of all customers together: for whoever runs the service. */
@Injectable()
export class BacklogRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** How long the oldest delivery without a job has been waiting for the sweep, in seconds; 0 when there is none. */
  async reconcilerLagSeconds(): Promise<number> {
    const [oldest] = await this.prisma.query<{ seconds: number }>(
      `SELECT extract(epoch FROM statement_timestamp() - "enqueueAfter")::float8 AS seconds
         FROM ${this.prisma.tables.WebhookEvent}
        WHERE status = 'PENDING' AND "enqueueAfter" <= statement_timestamp()
        ORDER BY "enqueueAfter" LIMIT 1`,
    );
    return oldest?.seconds ?? 0;
  }

  /** A walk over the distinct endpoints of waiting rows: as long as there are such endpoints, not rows. */
  async read(): Promise<Backlog> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const [row] = await this.prisma.query<Omit<Backlog, 'held'> & Backlog['held']>(
      `WITH RECURSIVE waiting AS (
         (SELECT "endpointId" FROM ${WebhookEvent} WHERE status = 'PENDING' ORDER BY "endpointId" LIMIT 1)
         UNION ALL
         SELECT (SELECT e."endpointId" FROM ${WebhookEvent} e
                  WHERE e.status = 'PENDING' AND e."endpointId" > w."endpointId" ORDER BY e."endpointId" LIMIT 1)
           FROM waiting w WHERE w."endpointId" IS NOT NULL
       ), bounded AS (
         SELECT "endpointId" FROM waiting WHERE "endpointId" IS NOT NULL LIMIT ${MAX_ENDPOINTS}
       ), counted AS (
         SELECT CASE WHEN p."deletedAt" IS NOT NULL THEN 'deleted' WHEN p.state = 'active' THEN 'turn' ELSE p.state::text END
                  AS because, d.due, d.oldest, h.held
           FROM bounded b JOIN ${WebhookEndpoint} p ON p.id = b."endpointId"
          CROSS JOIN LATERAL (
            SELECT count(*) AS due, min(x."nextAttemptAt") AS oldest FROM (
              SELECT "nextAttemptAt" FROM ${WebhookEvent} e
               WHERE e."endpointId" = b."endpointId" AND e.status = 'PENDING' AND e."nextAttemptAt" <= statement_timestamp()
               ORDER BY e."nextAttemptAt" LIMIT ${MAX_ROWS}) AS x) AS d
          CROSS JOIN LATERAL (
            SELECT count(*) AS held FROM (
              SELECT FROM ${WebhookEvent} e
               WHERE e."endpointId" = b."endpointId" AND e.status = 'PENDING' AND e."enqueueAfter" IS NULL
               LIMIT ${MAX_ROWS}) AS x) AS h
       )
       SELECT coalesce(sum(due), 0)::float8 AS due,
              coalesce(extract(epoch FROM statement_timestamp() - min(oldest)), 0)::float8 AS "oldestDueSeconds",
              coalesce(sum(held) FILTER (WHERE because = 'turn'), 0)::float8 AS turn,
              coalesce(sum(held) FILTER (WHERE because = 'paused'), 0)::float8 AS paused,
              coalesce(sum(held) FILTER (WHERE because = 'disabled'), 0)::float8 AS disabled,
              coalesce(sum(held) FILTER (WHERE because = 'deleted'), 0)::float8 AS deleted
         FROM counted`,
    );
    const { due = 0, oldestDueSeconds = 0, turn = 0, paused = 0, disabled = 0, deleted = 0 } = row ?? {};
    return { due, oldestDueSeconds, held: { turn, paused, disabled, deleted } };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { ClaimedDelivery, DueDelivery, Enqueueable } from './delivery.types';
import { DEFAULT_RETRY_POLICY } from './retry-policy';
import { stillPending } from './still-pending.sql';

/** Rows that one sweep may hand to the queue. */
const SWEEP_ROWS = 1_000;
/** How far ahead a limited rate is planned: so many seconds of attempts are in the queue. */
const RATE_HORIZON_SECONDS = 2;
/** Longer than an attempt takes, so that a slot outlives its attempt and not a dead worker by much. */
const RESERVATION_MARGIN_MS = 5_000;
/** A slot this close is now. */
const SLOT_TOLERANCE_MS = 20;

/** Attempts left in a row's round; one at least, since the row waits for one. */
const BUDGET = `greatest(1, coalesce((p."retryPolicy"->>'attempts')::int, ${DEFAULT_RETRY_POLICY.attempts}) - (c.attempts - c."roundStart"))`;

/** What became of a request for a slot. */
export type Slot = { outcome: 'now' } | { outcome: 'later'; delayMs: number } | { outcome: 'full' };

/**
 * Which deliveries may be in the queue, and when. Rate, concurrency, order and fairness are decided here, from the rows,
 * for all workers at once: the queue knows nothing of endpoints.
 *
 * Rows are found by `statement_timestamp()`: with `clock_timestamp()`, which changes from row to row, PostgreSQL would
 * read the whole index.
 */
@Injectable()
export class AdmissionRepository {
  private readonly leaseMs: number;
  private readonly window: number;
  private readonly timeoutMs: number;

  constructor(
    private readonly prisma: PrismaService,
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedOptions,
  ) {
    this.leaseMs = options.delivery.leaseMs;
    this.window = options.delivery.window;
    this.timeoutMs = options.delivery.timeoutMs;
  }

  /**
   * Claims rows whose lease has ended, oldest first, and gives them a new one. One node at a time: while another
   * claims, the answer is empty.
   */
  async claimDue(limit = SWEEP_ROWS): Promise<ClaimedDelivery[]> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    return this.prisma.query<ClaimedDelivery>(
      `WITH turn AS MATERIALIZED (
         SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine
       ), due AS (
         SELECT id, "nextAttemptAt", "enqueueAfter" FROM ${WebhookEvent}
          WHERE status = 'PENDING' AND "enqueueAfter" <= statement_timestamp() AND (SELECT mine FROM turn)
          ORDER BY "enqueueAfter", seq LIMIT $2 FOR UPDATE SKIP LOCKED
       ), claimed AS (
         UPDATE ${WebhookEvent} e
            SET "enqueueAfter" = greatest(clock_timestamp(), due."nextAttemptAt") + $3::float8 * interval '1 ms'
           FROM due WHERE e.id = due.id
         RETURNING e.id, e."customerId", e.round, e.attempts, e."roundStart", e."nextAttemptAt", e.seq, e."endpointId",
                   coalesce(due."enqueueAfter" > due."nextAttemptAt", true) AS "hadLease"
       )
       SELECT c.id, c."customerId", c."endpointId", c.round, ${BUDGET} AS attempts, c.attempts AS made,
              greatest(0, coalesce(extract(epoch FROM c."nextAttemptAt" - clock_timestamp()) * 1000, 0))::float8 AS "delayMs",
              (c."hadLease" OR c.attempts > c."roundStart" OR p."ratePerSecond" IS NOT NULL) AS "mayBeDelayed"
         FROM claimed c JOIN ${WebhookEndpoint} p ON p.id = c."endpointId"
        ORDER BY c.seq`,
      `webhooks:reconciler:${this.prisma.schema}`,
      limit,
      this.leaseMs,
    );
  }

  /**
   * Admits deliveries that are held for these endpoints, oldest first, as far as there is room: what is due soon takes
   * room, and so does what has a slot, however far ahead. Endpoints that are paused or disabled admit none.
   */
  async admit(endpointIds: readonly string[]): Promise<Enqueueable[]> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    return this.prisma.query<Enqueueable>(
      `WITH size AS (
         SELECT p.id, least($2::int, coalesce(p.concurrency, $2::int),
                            coalesce(ceil(p."ratePerSecond" * $3::float8)::int, $2::int)) AS most
           FROM ${WebhookEndpoint} p
          WHERE p.id = ANY($1::uuid[]) AND (p.state = 'active' OR p."deletedAt" IS NOT NULL)
       ), room AS (
         SELECT s.id, s.most, s.most - (
                  SELECT count(*) FROM (
                    SELECT FROM ${WebhookEvent} e
                     WHERE e."endpointId" = s.id AND e.status = 'PENDING'
                       AND e."nextAttemptAt" <= statement_timestamp() + $3::float8 * interval '1 s'
                     LIMIT $2::int) AS bounded)
                - (SELECT count(*) FROM ${WebhookEvent} e
                    WHERE e."endpointId" = s.id AND e."reservedUntil" > statement_timestamp()
                      AND e."nextAttemptAt" > statement_timestamp() + $3::float8 * interval '1 s') AS free
           FROM size s
       ), picked AS (
         SELECT h.id FROM room CROSS JOIN LATERAL (
           SELECT w.id FROM ${WebhookEvent} w
            WHERE w."endpointId" = room.id AND w.status = 'PENDING' AND w."enqueueAfter" IS NULL
              AND (w."orderingKey" IS NULL OR NOT EXISTS (
                    SELECT FROM ${WebhookEvent} o
                     WHERE o."endpointId" = w."endpointId" AND o."orderingKey" = w."orderingKey"
                       AND o.status = 'PENDING' AND o.seq < w.seq))
            ORDER BY w.seq LIMIT greatest(0, room.free) FOR UPDATE SKIP LOCKED
         ) AS h
          -- Many at a time: where the window is almost full, the next ones wait until a quarter of it is free.
          WHERE room.most < $2::int OR room.free >= room.most / 4
       ), admitted AS (
         UPDATE ${WebhookEvent} e
            SET "heldReason" = NULL, "nextAttemptAt" = clock_timestamp(),
                "enqueueAfter" = clock_timestamp() + $4::float8 * interval '1 ms'
           FROM picked WHERE e.id = picked.id AND ${stillPending('e')} AND e."enqueueAfter" IS NULL
         RETURNING e.id, e."customerId", e.round, e.attempts, e."roundStart", e."endpointId", e.seq
       )
       SELECT c.id, c."customerId", c."endpointId", c.round, ${BUDGET} AS attempts, c.attempts AS made, 0::float8 AS "delayMs"
         FROM admitted c JOIN ${WebhookEndpoint} p ON p.id = c."endpointId"
        ORDER BY c.seq`,
      endpointIds,
      this.window,
      RATE_HORIZON_SECONDS,
      this.leaseMs,
    );
  }

  /** Endpoints for which deliveries are held although they could be admitted. */
  async findWaitingEndpoints(): Promise<string[]> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const rows = await this.prisma.query<{ id: string }>(
      // A walk over the distinct endpoints of held rows: as long as there are such endpoints, not rows.
      `WITH RECURSIVE held AS (
         (SELECT "endpointId" FROM ${WebhookEvent} WHERE status = 'PENDING' AND "enqueueAfter" IS NULL
           ORDER BY "endpointId" LIMIT 1)
         UNION ALL
         SELECT (SELECT e."endpointId" FROM ${WebhookEvent} e
                  WHERE e.status = 'PENDING' AND e."enqueueAfter" IS NULL AND e."endpointId" > held."endpointId"
                  ORDER BY e."endpointId" LIMIT 1)
           FROM held WHERE held."endpointId" IS NOT NULL
       )
       SELECT p.id FROM held JOIN ${WebhookEndpoint} p
           ON p.id = held."endpointId" AND (p.state = 'active' OR p."deletedAt" IS NOT NULL)`,
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Asks for a slot at an endpoint with a rate or a concurrency limit, one delivery of the endpoint after another. A slot
   * that was given stays until the attempt is recorded, or a little longer than the attempt may take.
   */
  async reserve({ id, round, endpoint }: DueDelivery): Promise<Slot> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const { ratePerSecond, concurrency, timeoutMs } = endpoint;
    const intervalMs = ratePerSecond === null ? 0 : 1_000 / ratePerSecond;
    return this.prisma.$transaction(async (tx) => {
      // A statement of its own: what follows has to see what was committed while this one waited.
      await tx.$queryRawUnsafe(`SELECT id FROM ${WebhookEndpoint} WHERE id = $1::uuid FOR NO KEY UPDATE`, endpoint.id);
      const [state] = await tx.$queryRawUnsafe<{ isReserved: boolean; underWay: number; waitMs: number }[]>(
        `SELECT EXISTS (SELECT FROM ${WebhookEvent} WHERE id = $2::uuid AND "reservedUntil" > statement_timestamp()) AS "isReserved",
                (SELECT count(*)::int FROM ${WebhookEvent}
                  WHERE "endpointId" = $1::uuid AND "reservedUntil" > statement_timestamp()) AS "underWay",
                greatest(0, coalesce(extract(epoch FROM "nextSlotAt" - clock_timestamp()) * 1000, 0))::float8 AS "waitMs"
           FROM ${WebhookEndpoint} WHERE id = $1::uuid`,
        endpoint.id,
        id,
      );
      if (state === undefined || state.isReserved) return { outcome: 'now' };
      if (concurrency !== null && state.underWay >= concurrency) return { outcome: 'full' };
      const waitMs = ratePerSecond === null ? 0 : state.waitMs;
      const untilMs = waitMs + (timeoutMs ?? this.timeoutMs) + RESERVATION_MARGIN_MS;
      await tx.$executeRawUnsafe(
        `WITH slot AS (
           UPDATE ${WebhookEndpoint} SET "nextSlotAt" = clock_timestamp() + ($4::float8 + $5::float8) * interval '1 ms'
            WHERE id = $1::uuid AND $5::float8 > 0
         )
         UPDATE ${WebhookEvent} e
            SET "reservedUntil" = clock_timestamp() + $6::float8 * interval '1 ms',
                "nextAttemptAt" = clock_timestamp() + $4::float8 * interval '1 ms',
                "enqueueAfter" = clock_timestamp() + ($4::float8 + $7::float8) * interval '1 ms'
          WHERE id = $2::uuid AND round = $3 AND ${stillPending('e')}`,
        endpoint.id,
        id,
        round,
        waitMs,
        intervalMs,
        untilMs,
        this.leaseMs,
      );
      return waitMs <= SLOT_TOLERANCE_MS ? { outcome: 'now' } : { outcome: 'later', delayMs: waitMs };
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { AttemptRecord, DueDelivery } from './delivery.types';
import { EndpointCacheRepository } from './endpoint-cache.repository';
import { PROCESS_NAME } from './process-name';
import { stillPending } from './still-pending.sql';

/** A delivery without its endpoint, of which it has the version. */
type DueRow = Omit<DueDelivery, 'endpoint'> & { endpointId: string; version: string };

/** A delivery whose attempt was written down. */
export interface RecordedAttempt {
  id: string;
  /** Whether other deliveries of the same endpoint wait for their turn. */
  othersWait: boolean;
}

/**
 * The rows of deliveries, from the processor's side. PostgreSQL's clock is the only one that decides what is due;
 * every write is conditional on what the writer saw, so that a stale worker changes nothing.
 *
 * Statements take many rows at once. A lease (`enqueueAfter`) says how long the queue is trusted to hold a row's job.
 */
@Injectable()
export class DeliveryRepository {
  private readonly leaseMs: number;

  constructor(
    private readonly prisma: PrismaService,
    private readonly endpoints: EndpointCacheRepository,
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedOptions,
  ) {
    this.leaseMs = options.delivery.leaseMs;
  }

  /** Deliveries with the current state of their endpoints, in the order of the ids; undefined where there is none. */
  async load(ids: readonly string[]): Promise<(DueDelivery | undefined)[]> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const rows = await this.prisma.rows<DueRow>(
      'load-deliveries',
      // xmin is the transaction that wrote the row as it is: no two states of an endpoint have the same.
      `SELECT e.id, e."customerId", e.event, e.payload::text AS body, e.status::text AS status, e.attempts, e.round,
              e."roundStart", (extract(epoch FROM e."nextAttemptAt" - clock_timestamp()) * 1000)::float8 AS "dueInMs",
              e.traceparent, coalesce(p."previousSecretUntil" > clock_timestamp(), false) AS "signsWithPrevious",
              (extract(epoch FROM clock_timestamp() - p."failingSince") * 1000)::float8 AS "failingForMs",
              p.id AS "endpointId", p.xmin::text AS version
         FROM ${WebhookEvent} e JOIN ${WebhookEndpoint} p ON p.id = e."endpointId"
        WHERE e.id = ANY($1::uuid[])`,
      ids,
    );
    const endpoints = await this.endpoints.get(rows.map(({ endpointId: id, version }) => ({ id, version })));
    const byId = new Map<string, DueDelivery>();
    for (const { endpointId, version: _, ...row } of rows) {
      const endpoint = endpoints.get(endpointId);
      if (endpoint !== undefined) byId.set(row.id, { ...row, endpoint });
    }
    return ids.map((id) => byId.get(id));
  }

  /**
   * Writes attempts down, and what follows from them, in one statement. At most one record per delivery.
   * @returns the deliveries that were written; the rows of the others have moved on since they were loaded
   */
  async record(records: readonly AttemptRecord[]): Promise<RecordedAttempt[]> {
    const { WebhookEvent, WebhookAttempt, WebhookEndpoint } = this.prisma.tables;
    const well = new Set(records.filter(({ error }) => error === null).map(({ endpointId }) => endpointId));
    const failing = new Set(records.map(({ endpointId }) => endpointId).filter((id) => !well.has(id)));
    return this.prisma.rows<RecordedAttempt>(
      'record-attempts',
      `WITH input AS (
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::text[], $6::timestamptz[], $7::int[],
                              $8::int[], $9::text[], $10::text[], $11::text[], $12::float8[], $14::uuid[], $15::text[],
                              $16::text[])
           AS i(id, "customerId", round, expected, url, "startedAt", "durationMs",
                "statusCode", error, "responseBody", status, "nextDelayMs",
                "endpointId", "errorCode", "responseHeaders")
          -- All of them: a limit that the planner does not know makes it expect one row, and look for that by its key,
          -- also while it knows nothing of how large the table has become.
          LIMIT $20::int
       ), updated AS (
         UPDATE ${WebhookEvent} e
            SET attempts = e.attempts + 1, status = i.status::${this.enumName('WebhookStatus')},
                "lastError" = coalesce(i.error, e."lastError"), "reservedUntil" = NULL,
                "processedAt" = CASE WHEN i.status = 'PENDING' THEN NULL ELSE clock_timestamp() END,
                "nextAttemptAt" = clock_timestamp() + i."nextDelayMs" * interval '1 ms',
                "enqueueAfter" = clock_timestamp() + (i."nextDelayMs" + $13::float8) * interval '1 ms'
           FROM input i
          WHERE e.id = i.id AND ${stillPending('e')} AND e.attempts = i.expected AND e.round = i.round
         RETURNING e.id, e.attempts, e."endpointId"
       ), logged AS (
         INSERT INTO ${WebhookAttempt}
                ("eventId", attempt, "customerId", url, "startedAt", "durationMs", "statusCode", error, "responseBody",
                 "endpointId", "errorCode", "responseHeaders", worker)
         SELECT u.id, u.attempts, i."customerId", i.url, i."startedAt", i."durationMs", i."statusCode", i.error, i."responseBody",
                i."endpointId", i."errorCode", i."responseHeaders"::jsonb, $17
           FROM updated u JOIN input i ON i.id = u.id
       ), well AS (
         UPDATE ${WebhookEndpoint} SET "failingSince" = NULL
          WHERE id = ANY($18::uuid[]) AND "failingSince" IS NOT NULL
       ), failing AS (
         UPDATE ${WebhookEndpoint} SET "failingSince" = clock_timestamp()
          WHERE id = ANY($19::uuid[]) AND "failingSince" IS NULL
       )
       SELECT u.id, EXISTS (
                SELECT FROM ${WebhookEvent} w
                 WHERE w."endpointId" = u."endpointId" AND w.status = 'PENDING' AND w."enqueueAfter" IS NULL
              ) AS "othersWait"
         FROM updated u`,
      records.map((record) => record.eventId),
      records.map((record) => record.customerId),
      records.map((record) => record.round),
      records.map((record) => record.expectedAttempts),
      records.map((record) => record.url),
      records.map((record) => record.startedAt.toISOString()),
      records.map((record) => record.durationMs),
      records.map((record) => record.statusCode),
      records.map((record) => record.error),
      records.map((record) => record.responseBody),
      records.map((record) => record.status),
      records.map((record) => record.nextDelayMs),
      this.leaseMs,
      records.map((record) => record.endpointId),
      records.map((record) => record.errorCode),
      records.map((record) => record.responseHeaders && JSON.stringify(record.responseHeaders)),
      PROCESS_NAME,
      [...well],
      [...failing],
      records.length,
    );
  }

  /**
   * Takes a PENDING row out of the queue's hands, until it is admitted again: in a new round, so that its job, which may
   * still be there, neither changes it nor takes the next one's id.
   */
  async hold(id: string, round: number, reason: string): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEvent} e
          SET round = round + 1, "heldReason" = $3, "nextAttemptAt" = NULL, "enqueueAfter" = NULL, "reservedUntil" = NULL
        WHERE id = $1::uuid AND ${stillPending('e')} AND round = $2`,
      id,
      round,
      reason,
    );
  }

  /** Gives a PENDING row up without an attempt. */
  async fail(id: string, round: number, reason: string): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEvent} e
          SET status = 'FAILED', "lastError" = $3, "processedAt" = clock_timestamp(), "nextAttemptAt" = NULL,
              "enqueueAfter" = NULL, "heldReason" = NULL, "reservedUntil" = NULL
        WHERE id = $1::uuid AND ${stillPending('e')} AND round = $2`,
      id,
      round,
      reason,
    );
  }

  /** Ends the lease of rows that have no job: the next sweep takes them over. Rows that are held or done stay as they are. */
  async endLease(ids: readonly string[]): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEvent} e SET "enqueueAfter" = clock_timestamp()
        WHERE id = ANY($1::uuid[]) AND ${stillPending('e')} AND "enqueueAfter" > clock_timestamp()`,
      ids,
    );
  }

  /** Renews the leases that are not fresh, of rows that are under way. */
  async renewLeases(ids: readonly string[]): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEvent} e SET "enqueueAfter" = clock_timestamp() + $2::float8 * interval '1 ms'
        WHERE id = ANY($1::uuid[]) AND ${stillPending('e')}
          AND "enqueueAfter" < clock_timestamp() + $2::float8 * interval '0.75 ms'`,
      ids,
      this.leaseMs,
    );
  }

  /** Begins a new round of rows whose job may not be the only one: of all that come, one gets each row. */
  async claim(reminders: readonly { eventId: string; round: number }[]): Promise<boolean[]> {
    const claimed = await this.prisma.query<{ id: string }>(
      `UPDATE ${this.prisma.tables.WebhookEvent} e
          SET round = e.round + 1, "enqueueAfter" = clock_timestamp() + $3::float8 * interval '1 ms'
         FROM unnest($1::uuid[], $2::int[]) AS i(id, round)
        WHERE e.id = i.id AND e.round = i.round AND ${stillPending('e')} AND e."enqueueAfter" IS NOT NULL
       RETURNING e.id`,
      reminders.map(({ eventId }) => eventId),
      reminders.map(({ round }) => round),
      this.leaseMs,
    );
    const ids = new Set(claimed.map(({ id }) => id));
    return reminders.map(({ eventId }) => ids.has(eventId));
  }

  private enumName(name: string): string {
    return `"${this.prisma.schema}"."${name}"`;
  }
}

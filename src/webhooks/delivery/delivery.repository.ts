import { Inject, Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { AttemptRecord, DueDelivery, Enqueueable } from './delivery.types';
import { PROCESS_NAME } from './process-name';

interface DueRow extends Omit<DueDelivery, 'endpoint'> {
  endpointId: string;
  endpointUrl: string;
  endpointState: DueDelivery['endpoint']['state'];
  endpointDeleted: boolean;
  secret: string;
  secretKeyId: string;
  previousSecret: string | null;
  previousSecretKeyId: string | null;
  tls: DueDelivery['endpoint']['tls'];
}

/** Rows that one sweep may hand to the queue. */
const SWEEP_ROWS = 1_000;

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
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedOptions,
  ) {
    this.leaseMs = options.delivery.leaseMs;
  }

  /** Deliveries with the current state of their endpoints, in the order of the ids; undefined where there is none. */
  async load(ids: readonly string[]): Promise<(DueDelivery | undefined)[]> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const rows = await this.prisma.query<DueRow>(
      `SELECT e.id, e."customerId", e.event, e.payload::text AS body, e.status::text AS status, e.attempts, e.round,
              e."roundStart", (extract(epoch FROM e."nextAttemptAt" - clock_timestamp()) * 1000)::float8 AS "dueInMs",
              p.id AS "endpointId", p.url AS "endpointUrl", p.state::text AS "endpointState",
              p."deletedAt" IS NOT NULL AS "endpointDeleted", p.secret, p."secretKeyId",
              CASE WHEN p."previousSecretUntil" > clock_timestamp() THEN p."previousSecret" END AS "previousSecret",
              p."previousSecretKeyId",
              jsonb_build_object('clientCertificate', p."clientCertificate", 'clientKey', p."clientKey",
                'clientKeyKeyId', p."clientKeyKeyId", 'caCertificate', p."caCertificate") AS tls
         FROM ${WebhookEvent} e JOIN ${WebhookEndpoint} p ON p.id = e."endpointId"
        WHERE e.id = ANY($1::uuid[])`,
      ids,
    );
    const byId = new Map(rows.map((row) => [row.id, toDueDelivery(row)]));
    return ids.map((id) => byId.get(id));
  }

  /**
   * Writes attempts down, and what follows from them, in one statement. At most one record per delivery.
   * @returns the ids of the deliveries that were written; the rows of the others have moved on since they were loaded
   */
  async record(records: readonly AttemptRecord[]): Promise<Set<string>> {
    const { WebhookEvent, WebhookAttempt } = this.prisma.tables;
    const written = await this.prisma.query<{ id: string }>(
      `WITH input AS (
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::text[], $6::timestamptz[], $7::int[],
                              $8::int[], $9::text[], $10::text[], $11::text[], $12::float8[], $14::uuid[], $15::text[],
                              $16::text[])
           AS i(id, "customerId", round, expected, url, "startedAt", "durationMs",
                "statusCode", error, "responseBody", status, "nextDelayMs",
                "endpointId", "errorCode", "responseHeaders")
       ), updated AS (
         UPDATE ${WebhookEvent} e
            SET attempts = e.attempts + 1, status = i.status::${this.enumName('WebhookStatus')},
                "lastError" = coalesce(i.error, e."lastError"),
                "processedAt" = CASE WHEN i.status = 'PENDING' THEN NULL ELSE clock_timestamp() END,
                "nextAttemptAt" = clock_timestamp() + i."nextDelayMs" * interval '1 ms',
                "enqueueAfter" = clock_timestamp() + (i."nextDelayMs" + $13::float8) * interval '1 ms'
           FROM input i
          WHERE e.id = i.id AND e.status = 'PENDING' AND e.attempts = i.expected AND e.round = i.round
         RETURNING e.id, e.attempts
       )
       INSERT INTO ${WebhookAttempt}
              ("eventId", attempt, "customerId", url, "startedAt", "durationMs", "statusCode", error, "responseBody",
               "endpointId", "errorCode", "responseHeaders", worker)
       SELECT u.id, u.attempts, i."customerId", i.url, i."startedAt", i."durationMs", i."statusCode", i.error, i."responseBody",
              i."endpointId", i."errorCode", i."responseHeaders"::jsonb, $17
         FROM updated u JOIN input i ON i.id = u.id
       RETURNING "eventId" AS id`,
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
    );
    return new Set(written.map(({ id }) => id));
  }

  /** Takes a PENDING row out of the queue's hands until its endpoint is active again. */
  async hold(id: string, round: number, reason: string): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEvent}
          SET "heldReason" = $3, "nextAttemptAt" = NULL, "enqueueAfter" = NULL
        WHERE id = $1::uuid AND status = 'PENDING' AND round = $2`,
      id,
      round,
      reason,
    );
  }

  /** Gives a PENDING row up without an attempt. */
  async fail(id: string, round: number, reason: string): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEvent}
          SET status = 'FAILED', "lastError" = $3, "processedAt" = clock_timestamp(), "nextAttemptAt" = NULL,
              "enqueueAfter" = NULL, "heldReason" = NULL
        WHERE id = $1::uuid AND status = 'PENDING' AND round = $2`,
      id,
      round,
      reason,
    );
  }

  /** Ends the lease of rows that have no job: the next sweep takes them over. Rows that are held or done stay as they are. */
  async endLease(ids: readonly string[]): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEvent} SET "enqueueAfter" = clock_timestamp()
        WHERE id = ANY($1::uuid[]) AND status = 'PENDING' AND "enqueueAfter" > clock_timestamp()`,
      ids,
    );
  }

  /**
   * Claims rows whose lease has ended, oldest first, and gives them a new one. One node at a time: while another
   * claims, the answer is empty.
   */
  async claimDue(limit = SWEEP_ROWS): Promise<Enqueueable[]> {
    const { WebhookEvent } = this.prisma.tables;
    return this.prisma.query<Enqueueable>(
      `WITH turn AS MATERIALIZED (
         SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine
       ), due AS (
         SELECT id, "nextAttemptAt" FROM ${WebhookEvent}
          WHERE status = 'PENDING' AND "enqueueAfter" <= clock_timestamp() AND (SELECT mine FROM turn)
          ORDER BY "enqueueAfter", seq LIMIT $2 FOR UPDATE SKIP LOCKED
       ), claimed AS (
         UPDATE ${WebhookEvent} e
            SET "enqueueAfter" = greatest(clock_timestamp(), due."nextAttemptAt") + $3::float8 * interval '1 ms'
           FROM due WHERE e.id = due.id
         RETURNING e.id, e.round, e.attempts, e."roundStart", e."nextAttemptAt", e.seq
       )
       SELECT id, round, attempts - "roundStart" AS "attemptsInRound",
              greatest(0, coalesce(extract(epoch FROM "nextAttemptAt" - clock_timestamp()) * 1000, 0))::float8 AS "delayMs"
         FROM claimed ORDER BY seq`,
      `webhooks:reconciler:${this.prisma.schema}`,
      limit,
      this.leaseMs,
    );
  }

  /**
   * Makes rows due that are held although their endpoint is active, or deleted: they were written by an emit that saw
   * the endpoint paused, a moment before that changed.
   */
  async releaseHeld(limit = SWEEP_ROWS): Promise<number> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    return this.prisma.$executeRawUnsafe(
      // A walk over the distinct endpoints of held rows: as long as there are such endpoints, not rows.
      `WITH RECURSIVE held AS (
         (SELECT "endpointId" FROM ${WebhookEvent} WHERE status = 'PENDING' AND "enqueueAfter" IS NULL
           ORDER BY "endpointId" LIMIT 1)
         UNION ALL
         SELECT (SELECT e."endpointId" FROM ${WebhookEvent} e
                  WHERE e.status = 'PENDING' AND e."enqueueAfter" IS NULL AND e."endpointId" > held."endpointId"
                  ORDER BY e."endpointId" LIMIT 1)
           FROM held WHERE held."endpointId" IS NOT NULL
       ), stuck AS (
         SELECT e.id FROM held JOIN ${WebhookEndpoint} p
             ON p.id = held."endpointId" AND (p.state = 'active' OR p."deletedAt" IS NOT NULL)
           JOIN ${WebhookEvent} e ON e."endpointId" = p.id AND e.status = 'PENDING' AND e."enqueueAfter" IS NULL
          LIMIT $1 FOR UPDATE OF e SKIP LOCKED
       )
       UPDATE ${WebhookEvent} e
          SET round = e.round + 1, "heldReason" = NULL, "nextAttemptAt" = clock_timestamp(), "enqueueAfter" = clock_timestamp()
         FROM stuck WHERE e.id = stuck.id`,
      limit,
    );
  }

  private enumName(name: string): string {
    return `"${this.prisma.schema}"."${name}"`;
  }
}

function toDueDelivery(row: DueRow): DueDelivery {
  const { endpointId, endpointUrl, endpointState, endpointDeleted, secret, secretKeyId, tls, ...rest } = row;
  const { previousSecret, previousSecretKeyId, ...delivery } = rest;
  return {
    ...delivery,
    endpoint: {
      id: endpointId,
      url: endpointUrl,
      state: endpointState,
      deleted: endpointDeleted,
      secret: { keyId: secretKeyId, ciphertext: secret },
      previousSecret:
        previousSecret === null || previousSecretKeyId === null
          ? null
          : { keyId: previousSecretKeyId, ciphertext: previousSecret },
      tls,
    },
  };
}

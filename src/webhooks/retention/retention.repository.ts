import { Injectable } from '@nestjs/common';
import { PrismaService, type Tables } from '../../database/prisma.service';

/** A customer's own limits, in days; null = the service's default. */
export interface CustomerRetention {
  id: string;
  payloadDays: number | null;
  eventDays: number | null;
}

/** Until when the rows of a few customers are due: ids and times before these. */
export interface Cutoffs {
  customerIds: readonly string[];
  payloadsBefore: readonly string[];
  eventsBefore: readonly string[];
  eventTimesBefore: readonly Date[];
}

/** What one statement did; null when another node is at it. */
export type BatchResult = number | null;

/** `lastError` of a delivery that waited for longer than events are kept. */
const EXPIRED = 'expired by retention';

interface Batch {
  /** What it is about; its alias in `due` and `change` is `t`. */
  table: keyof Tables;
  /** Which rows are due, of the customer `l`. */
  due: string;
  /** What is done to the rows of `due`; it returns a row for each. */
  change: string;
}

/**
 * Empties and deletes what is old. A statement takes a few customers and a bounded number of rows, finds them by an
 * index, and passes over every row that somebody works on: it waits for nobody, and whoever waits for it waits for one
 * batch. One node at a time does this: another gets null.
 */
@Injectable()
export class RetentionRepository {
  private readonly tables: Tables;

  constructor(private readonly prisma: PrismaService) {
    this.tables = prisma.tables;
  }

  /** Customers in the order of their ids, after the given one. */
  async customersAfter(id: string, limit: number): Promise<CustomerRetention[]> {
    return this.prisma.query<CustomerRetention>(
      `SELECT id, "payloadRetentionDays" AS "payloadDays", "eventRetentionDays" AS "eventDays"
         FROM ${this.tables.Customer} WHERE id > $1 AND "erasingAt" IS NULL ORDER BY id LIMIT $2`,
      id,
      limit,
    );
  }

  /** Gives up deliveries that wait for longer than events are kept: what is held is bounded. */
  async expirePending(cutoffs: Cutoffs, limit: number): Promise<BatchResult> {
    return this.run(cutoffs, limit, {
      table: 'WebhookEvent',
      due: `t.status = 'PENDING' AND t.id < l."eventsBefore"`,
      change: `UPDATE ${this.tables.WebhookEvent} e
                  SET status = 'FAILED', "lastError" = '${EXPIRED}', "processedAt" = now(), "nextAttemptAt" = NULL,
                      "enqueueAfter" = NULL, "heldReason" = NULL, "reservedUntil" = NULL
                 FROM due WHERE e.id = due.id RETURNING e.id`,
    });
  }

  /** Takes the data out of finished deliveries, and what receivers answered out of their attempts. */
  async emptyPayloads(cutoffs: Cutoffs, limit: number): Promise<BatchResult> {
    // Not read from the body: a \u0000 in its data would make that fail. The two times differ by milliseconds at most.
    const emptied = `('{"event":' || to_json(e.event) || ',"timestamp":"' ||
      to_char(e."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","data":null}')::json`;
    return this.run(cutoffs, limit, {
      table: 'WebhookEvent',
      due: `t.status <> 'PENDING' AND t."payloadErasedAt" IS NULL AND t.id < l."payloadsBefore"`,
      change: `UPDATE ${this.tables.WebhookEvent} e SET payload = ${emptied}, "payloadErasedAt" = now()
                 FROM due WHERE e.id = due.id RETURNING e.id
               ), answers AS (
                 UPDATE ${this.tables.WebhookAttempt} a SET "responseBody" = NULL
                   FROM changed WHERE a."eventId" = changed.id AND a."responseBody" IS NOT NULL`,
    });
  }

  /** Deletes finished deliveries with their attempts. */
  async deleteEvents(cutoffs: Cutoffs, limit: number): Promise<BatchResult> {
    return this.deleteDue('WebhookEvent', `t.status <> 'PENDING' AND t.id < l."eventsBefore"`, cutoffs, limit);
  }

  /** Deletes messages without deliveries. */
  async deleteMessages(cutoffs: Cutoffs, limit: number): Promise<BatchResult> {
    // A look by the index for each, rather than NOT EXISTS, which the planner may turn into a walk over all deliveries.
    const due = `t.id < l."eventsBefore"
      AND (SELECT e.id FROM ${this.tables.WebhookEvent} e WHERE e."messageId" = t.id LIMIT 1) IS NULL`;
    return this.deleteDue('WebhookMessage', due, cutoffs, limit);
  }

  /** Deletes replays that have ended. */
  async deleteReplays(cutoffs: Cutoffs, limit: number): Promise<BatchResult> {
    return this.deleteDue('WebhookReplay', `t.status <> 'RUNNING' AND t.id < l."eventsBefore"`, cutoffs, limit);
  }

  /** Deletes endpoints that their customer deleted, once no delivery refers to them. */
  async deleteEndpoints(cutoffs: Cutoffs, limit: number): Promise<BatchResult> {
    const due = `t."deletedAt" < l."eventTimesBefore" AND (
      SELECT e.id FROM ${this.tables.WebhookEvent} e
       WHERE e."customerId" = t."customerId" AND e."endpointId" = t.id LIMIT 1) IS NULL`;
    return this.deleteDue('WebhookEndpoint', due, cutoffs, limit);
  }

  /** Forgets the idempotency keys of messages with ids before the given one. */
  async forgetIdempotencyKeys(before: string, limit: number): Promise<BatchResult> {
    const { WebhookMessage } = this.tables;
    return this.count(
      `WITH ${TURN}, due AS (
         SELECT id FROM ${WebhookMessage}
          WHERE "idempotencyKey" IS NOT NULL AND id < $2::uuid AND (SELECT mine FROM turn)
          ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED
       ), changed AS (
         UPDATE ${WebhookMessage} m SET "idempotencyKey" = NULL, "bodyHash" = NULL
           FROM due WHERE m.id = due.id RETURNING m.id
       ) ${COUNT}`,
      before,
      limit,
    );
  }

  private async deleteDue(table: keyof Tables, due: string, cutoffs: Cutoffs, limit: number): Promise<BatchResult> {
    const change = `DELETE FROM ${this.tables[table]} d USING due WHERE d.id = due.id RETURNING d.id`;
    return this.run(cutoffs, limit, { table, due, change });
  }

  private async run(cutoffs: Cutoffs, limit: number, { table, due, change }: Batch): Promise<BatchResult> {
    return this.count(
      `WITH ${TURN}, limits AS (
         SELECT * FROM unnest($2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[])
           AS l("customerId", "payloadsBefore", "eventsBefore", "eventTimesBefore")
          WHERE (SELECT mine FROM turn)
       ), due AS (
         SELECT found.id FROM limits l CROSS JOIN LATERAL (
           SELECT t.id FROM ${this.tables[table]} t WHERE t."customerId" = l."customerId" AND ${due}
            ORDER BY t.id LIMIT $6 FOR UPDATE SKIP LOCKED
         ) found LIMIT $6
       ), changed AS (
         ${change}
       ) ${COUNT}`,
      cutoffs.customerIds,
      cutoffs.payloadsBefore,
      cutoffs.eventsBefore,
      cutoffs.eventTimesBefore.map((time) => time.toISOString()),
      limit,
    );
  }

  private async count(sql: string, ...values: unknown[]): Promise<BatchResult> {
    const lock = `webhooks:retention:${this.prisma.schema}`;
    const [row] = await this.prisma.query<{ mine: boolean; count: number }>(sql, lock, ...values);
    return row?.mine === true ? row.count : null;
  }
}

/** The turn lasts as long as the statement. */
const TURN = `turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine)`;
const COUNT = `SELECT (SELECT mine FROM turn) AS mine, (SELECT count(*)::int FROM changed) AS count`;

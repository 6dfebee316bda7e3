import type { Tables } from '../../database/prisma.service';

/**
 * Inserts messages with their deliveries.
 *
 * - `$1`–`$8`: columns of the messages; `$9`–`$15`: columns of the deliveries
 * - `$16`: advisory locks of the ordering keys. `seq` is drawn under them, so it has the order of the commits
 * - `$17`: the lease in milliseconds; `$18`: how many deliveries of one endpoint may be in the queue
 * - `$19`: one more column of the messages, which their deliveries carry: `traceparent`
 *
 * What is beyond that window is held, and admitted as others end: one endpoint cannot fill the queue.
 */
export const INSERT_MESSAGES = ({ WebhookMessage, WebhookEvent }: Tables): string => `
  WITH locks AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM unnest($16::text[]) AS k
  ), input AS (
    SELECT m.* FROM unnest($1::text[]::uuid[], $2::text[], $3::text[], $4::text[]::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $19::text[])
      AS m(id, "customerId", event, "createdAt", body, outcomes, "idempotencyKey", "bodyHash", traceparent)
    CROSS JOIN (SELECT count(*) FROM locks) AS locked
  ), messages AS (
    INSERT INTO ${WebhookMessage} (id, "customerId", event, "createdAt", outcomes, "idempotencyKey", "bodyHash")
    SELECT id, "customerId", event, "createdAt", outcomes::jsonb, "idempotencyKey", decode("bodyHash", 'hex') FROM input
    ON CONFLICT ("customerId", "idempotencyKey") DO NOTHING
    RETURNING id
  ), deliveries AS (
    SELECT d.*, row_number() OVER (PARTITION BY d."endpointId", d."heldReason" IS NULL ORDER BY d.position) AS place
      FROM unnest($9::text[]::uuid[], $10::text[]::uuid[], $11::text[]::uuid[], $12::text[], $13::text[], $14::text[], $15::text[]::timestamptz[])
           WITH ORDINALITY AS d(id, "messageId", "endpointId", url, "heldReason", "orderingKey", "createdAt", position)
      JOIN messages m ON m.id = d."messageId"
  ), queued AS (
    SELECT t."endpointId", (
             SELECT count(*) FROM (
               SELECT FROM ${WebhookEvent} e
                WHERE e."endpointId" = t."endpointId" AND e.status = 'PENDING' AND e."nextAttemptAt" IS NOT NULL
                LIMIT $18::int
             ) AS bounded
           ) AS number
      FROM (SELECT DISTINCT "endpointId" FROM deliveries WHERE "heldReason" IS NULL) AS t
  ), decided AS (
    SELECT d.*, CASE WHEN d."heldReason" IS NOT NULL THEN d."heldReason"
                     WHEN q.number + d.place > $18::int THEN 'waiting for its turn' END AS reason
      FROM deliveries d LEFT JOIN queued q USING ("endpointId")
  ), inserted AS (
    INSERT INTO ${WebhookEvent} (id, "customerId", "endpointId", "messageId", url, event, payload, "createdAt",
                                 "nextAttemptAt", "enqueueAfter", "heldReason", "orderingKey", traceparent)
    SELECT d.id, m."customerId", d."endpointId", m.id, d.url, m.event, m.body::json, d."createdAt",
           CASE WHEN d.reason IS NULL THEN clock_timestamp() END,
           CASE WHEN d.reason IS NULL THEN clock_timestamp() + $17::float8 * interval '1 ms' END,
           d.reason, d."orderingKey", m.traceparent
      FROM decided d JOIN input m ON m.id = d."messageId"
     ORDER BY d.position
    RETURNING id, "messageId", "endpointId", "heldReason" IS NULL AS "isDue"
  )
  SELECT m.id AS "messageId", i.id, i."endpointId", i."isDue"
    FROM messages m LEFT JOIN inserted i ON i."messageId" = m.id
   ORDER BY i.id`;

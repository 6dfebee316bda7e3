import type { TestService } from './test-service';

/** Which rows to make. */
interface Bulk {
  customerId: string;
  endpointId: string;
  count: number;
  /** The time of the first; the others follow by a millisecond each. */
  at: Date;
  status?: 'PENDING' | 'SENT' | 'FAILED';
  /** In the data, the answers and the URLs. */
  text?: string;
}

/** A UUIDv7 of the n-th millisecond after $1. */
const ID = `(lpad(to_hex((extract(epoch FROM $1::timestamptz) * 1000)::bigint + n), 12, '0') || '70008'
  || substr(md5(random()::text), 1, 15))::uuid`;

/**
 * Writes messages with a delivery and an attempt each, past the service: as many as are needed, as old as is needed.
 * PENDING ones are held, as for a paused endpoint.
 */
export async function bulkRows(
  { sql }: Pick<TestService, 'sql'>,
  { customerId, endpointId, count, at, status = 'SENT', text = 'Hello!' }: Bulk,
): Promise<void> {
  await sql(
    `WITH rows AS MATERIALIZED (
       SELECT ${ID} AS id, ${ID} AS "messageId", $1::timestamptz + n * interval '1 ms' AS time
         FROM generate_series(0, $2::int - 1) AS n
     ), messages AS (
       INSERT INTO webhooks."WebhookMessage" (id, "customerId", event, "createdAt", outcomes)
       SELECT "messageId", $3, 'message.received', time, '[]' FROM rows
     ), events AS (
       INSERT INTO webhooks."WebhookEvent" (id, "customerId", "endpointId", "messageId", url, event, payload, status,
                                            attempts, "createdAt", "processedAt", "heldReason")
       SELECT id, $3, $4::uuid, "messageId", 'https://example.com/' || $6, 'message.received',
              json_build_object('event', 'message.received', 'timestamp', time, 'data', json_build_object('content', $6::text)),
              $5::webhooks."WebhookStatus", 1, time, CASE WHEN $5 <> 'PENDING' THEN time END,
              CASE WHEN $5 = 'PENDING' THEN 'endpoint paused' END
         FROM rows
     )
     INSERT INTO webhooks."WebhookAttempt" ("eventId", attempt, "customerId", url, "startedAt", "durationMs", "statusCode", "responseBody")
     SELECT id, 1, $3, 'https://example.com/' || $6, time, 5, 200, 'answer: ' || $6 FROM rows`,
    at.toISOString(),
    count,
    customerId,
    endpointId,
    status,
    text,
  );
}

/** A time that lies some days back. */
export const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

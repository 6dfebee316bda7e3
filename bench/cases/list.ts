import { encodeCursor } from '../../src/webhooks/page';
import type { Bench, Database } from '../support/bench';
import type { Case } from '../support/case';
import { atMost, type Figure } from '../support/figure';
import { quantile } from '../support/statistics';
import { createCustomer, startService } from '../support/service';

const ENDPOINTS = 5;
const EVENTS = ['message.received', 'message.sent', 'conversation.created', 'conversation.closed', 'chatbot.created'];

/** Rows of one statement: small enough to say how far it is. */
const CHUNK = 50_000;

/**
 * Pages of one customer's deliveries, in a table of a million rows that are half the customer's own. Every filter that
 * the API offers, alone and together, on the first page and deep down.
 */
export const list: Case = {
  name: 'list',
  title: 'lists among 1,000,000 rows',
  run: async (bench) => {
    const rows = bench.size(1_000_000, 20_000);
    const database = await bench.database();
    const { url } = await startService(bench, { ROLE: 'api', DATABASE_URL: database.url });
    const { customerId, key } = createCustomer(bench, database.url);
    const endpointIds = await seed(bench, database, customerId, rows);
    const cursors = await deepCursors(database, customerId);
    const slowest = { title: '', p95: 0 };
    const all: number[] = [];
    for (const [title, filter] of await filters(database, customerId, endpointIds)) {
      bench.say(title);
      const samples = await timePages(`${url}/webhook-events`, key, filter, cursors, bench.size(20, 3));
      all.push(...samples);
      const p95 = quantile(samples, 0.95);
      if (p95 > slowest.p95) Object.assign(slowest, { title, p95 });
    }
    const title = `list among ${rows.toLocaleString('en-US')} rows, any filter, any page: p95`;
    return [
      { name: 'list-p95', title, value: quantile(all, 0.95), unit: 'ms' },
      {
        name: 'list-slowest-p95',
        title: '  p95 of the slowest filter',
        value: slowest.p95,
        unit: 'ms',
        goal: atMost(10, 'ms', slowest.p95),
        note: slowest.title,
      },
    ] satisfies Figure[];
  },
};

async function seed(bench: Bench, { sql }: Database, customerId: string, rows: number): Promise<string[]> {
  await sql(`INSERT INTO webhooks."User" (id) VALUES ('others') ON CONFLICT DO NOTHING`);
  await sql(
    `INSERT INTO webhooks."Customer" (id, "userId", name) SELECT 'other-' || n, 'others', 'Other' FROM generate_series(1, 100) AS n`,
  );
  await sql(
    `INSERT INTO webhooks."WebhookEndpoint" (id, "customerId", url, secret, "secretKeyId", "updatedAt")
     SELECT gen_random_uuid(), c.id, 'https://example.com/hook', 'x', 'x', now()
       FROM webhooks."Customer" c, generate_series(1, ${ENDPOINTS})`,
  );
  for (let start = 0; start < rows; start += CHUNK) {
    bench.say(`writing rows: ${start.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')}`);
    await sql(SEED, customerId, start, Math.min(CHUNK, rows - start), EVENTS);
  }
  await sql('VACUUM ANALYZE');
  const own = await sql<{ id: string }>(
    `SELECT id FROM webhooks."WebhookEndpoint" WHERE "customerId" = $1`,
    customerId,
  );
  return own.map(({ id }) => id);
}

/** Every second row is the customer's; 1 in 100 is FAILED, 1 in 1,000 waits; the oldest is 30 days old. */
const SEED = `
  WITH endpoints AS MATERIALIZED (
    SELECT "customerId", array_agg(id) AS ids FROM webhooks."WebhookEndpoint" GROUP BY "customerId"
  ), rows AS MATERIALIZED (
    SELECT n, now() - interval '30 days' + n * interval '2.5 s' AS time,
           CASE WHEN n % 2 = 0 THEN $1 ELSE 'other-' || (n / 2 % 100 + 1) END AS customer,
           (lpad(to_hex((extract(epoch FROM now() - interval '30 days' + n * interval '2.5 s') * 1000)::bigint), 12, '0')
             || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || substr(md5(n::text), 1, 15))::uuid AS id
      FROM generate_series($2::bigint, $2::bigint + $3::bigint - 1) AS n
  ), messages AS (
    INSERT INTO webhooks."WebhookMessage" (id, "customerId", event, "createdAt", outcomes)
    SELECT id, customer, ($4::text[])[1 + n / 2 % 5], time, '[]' FROM rows
    RETURNING id
  )
  INSERT INTO webhooks."WebhookEvent" (id, "customerId", "endpointId", "messageId", url, event, payload, status, attempts,
                                       "createdAt", "processedAt", "heldReason")
  SELECT r.id, r.customer, e.ids[1 + n / 10 % ${ENDPOINTS}], r.id, 'https://example.com/hook', ($4::text[])[1 + n / 2 % 5],
         '{"event":"message.received","data":{"content":"Hello!"}}',
         (CASE WHEN n / 2 % 1000 = 7 THEN 'PENDING' WHEN n / 2 % 100 = 3 THEN 'FAILED' ELSE 'SENT' END)::webhooks."WebhookStatus",
         1, time, CASE WHEN n / 2 % 1000 <> 7 THEN time END, CASE WHEN n / 2 % 1000 = 7 THEN 'endpoint paused' END
    FROM rows r JOIN endpoints e ON e."customerId" = r.customer`;

/** Cursors a tenth, half and nine tenths of the way down, and none. */
async function deepCursors({ sql }: Database, customerId: string): Promise<(string | undefined)[]> {
  const [row] = await sql<{ ids: string[] }>(
    `SELECT percentile_disc(ARRAY[0.9, 0.5, 0.1]) WITHIN GROUP (ORDER BY id) AS ids
       FROM webhooks."WebhookEvent" WHERE "customerId" = $1`,
    customerId,
  );
  return [undefined, ...(row?.ids ?? []).map(encodeCursor)];
}

async function filters(
  { sql }: Database,
  customerId: string,
  [endpointId = '']: string[],
): Promise<[string, Record<string, string>][]> {
  const [middle] = await sql<{ id: string; messageId: string }>(
    `SELECT id, "messageId" FROM webhooks."WebhookEvent" WHERE "customerId" = $1 LIMIT 1`,
    customerId,
  );
  const days = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString();
  const [event = '', status] = [EVENTS[3], 'FAILED'];
  const time = { from: days(20), to: days(10) };
  return [
    ['no filter', {}],
    ['status=SENT', { status: 'SENT' }],
    ['status=FAILED', { status }],
    ['status=PENDING', { status: 'PENDING' }],
    ['event', { event }],
    ['endpointId', { endpointId }],
    ['messageId', { messageId: middle?.messageId ?? '' }],
    ['from', { from: days(20) }],
    ['to', { to: days(10) }],
    ['from, to', time],
    ['status=FAILED, event', { status, event }],
    ['status=PENDING, event', { status: 'PENDING', event }],
    ['status=FAILED, endpointId', { status, endpointId }],
    ['status=PENDING, endpointId', { status: 'PENDING', endpointId }],
    ['event, endpointId', { event, endpointId }],
    ['status=FAILED, event, endpointId', { status, event, endpointId }],
    ['status=PENDING, event, endpointId, from, to', { status: 'PENDING', event, endpointId, ...time }],
  ];
}

async function timePages(
  url: string,
  key: string,
  filter: Record<string, string>,
  cursors: readonly (string | undefined)[],
  times: number,
): Promise<number[]> {
  const samples: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    for (const cursor of cursors) {
      const query = new URLSearchParams({ ...filter, limit: '100', ...(cursor === undefined ? {} : { cursor }) });
      const start = performance.now();
      const answer = await fetch(`${url}?${query.toString()}`, { headers: { 'X-API-Key': key } });
      const text = await answer.text();
      // The first turn is for the caches.
      if (turn > 0) samples.push(performance.now() - start);
      if (answer.status !== 200) throw new Error(`${query.toString()}: ${answer.status} ${text}`);
    }
  }
  return samples;
}

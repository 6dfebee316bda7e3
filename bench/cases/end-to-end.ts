import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Database } from '../support/bench';
import type { Case } from '../support/case';
import { atLeast, type Figure } from '../support/figure';

/** Customers with an endpoint each, among whom the events are spread. */
const CUSTOMERS = 20;

/** Each event durable before it is accepted, delivered, its attempt logged, its status SENT; one process. */
export const endToEnd: Case[] = [
  {
    name: 'end-to-end-redis',
    title: 'end to end, queue in Redis',
    needsCeiling: true,
    needsRedis: true,
    run: async (bench) => measure(bench, (await bench.redisUrl()) ?? undefined),
  },
  {
    name: 'end-to-end-postgres',
    title: 'end to end, embedded PostgreSQL only',
    needsCeiling: true,
    run: (bench) => measure(bench, undefined),
  },
];

async function measure(bench: Bench, redisUrl: string | undefined): Promise<Figure[]> {
  const database = await bench.database();
  const host = await bench.host({ databaseUrl: database.url, redisUrl, role: 'all' });
  const { receiver, url } = await bench.receiverAt('ok');
  await host.ask('customers', { count: CUSTOMERS, url });

  const warmUp = bench.size(3_000, 200);
  await host.ask('emit', { count: warmUp });
  await receiver.ask('arrived', warmUp);
  await allSent(database, warmUp);

  await receiver.ask('reset', null);
  const count = bench.size(redisUrl === undefined ? 15_000 : 20_000, 500);
  const times = async (): Promise<number[]> => [
    await host.ask('processorTime', null),
    await bench.postgresTime(),
    await bench.redisTime(),
  ];
  const before = await times();
  const writtenBefore = await written(database);
  const start = performance.now();
  const emitted = await host.ask('emit', { count });
  await receiver.ask('arrived', count);
  await allSent(database, warmUp + count);
  const perSecond = (count * 1_000) / (performance.now() - start);
  const spent = (await times()).map((time, index) => (time - (before[index] ?? 0)) / count);

  const name = redisUrl === undefined ? 'end-to-end-postgres' : 'end-to-end-redis';
  const title = redisUrl === undefined ? 'end to end, embedded PostgreSQL only' : 'end to end, Redis';
  const ratio = perSecond / bench.ceiling;
  const goal = atLeast(redisUrl === undefined ? 0.25 : 0.6, ratio);
  const log = (await written(database)) - writtenBefore;
  const cost = (part: string, index: number): Figure => ({
    name: `${name}-cost-${part.toLowerCase()}`,
    title: `  processor time of each event, ${part}`,
    value: spent[index] ?? 0,
    unit: 'µs',
  });
  return [
    { name, title, value: perSecond, unit: 'per second', ratio, goal },
    { name: `${name}-emit`, title: '  emits accepted meanwhile', value: emitted, unit: 'per second' },
    {
      ...cost('application', 0),
      ratio: bench.ceilingMicroseconds / (spent[0] ?? 0),
      of: `the loop's ${Math.round(bench.ceilingMicroseconds)} µs`,
    },
    cost('PostgreSQL', 1),
    ...(redisUrl === undefined ? [] : [cost('Redis', 2)]),
    { name: `${name}-wal`, title: '  write-ahead log of each event', value: log / count / 1_024, unit: 'KiB' },
  ];
}

/** Bytes that PostgreSQL has written to its write-ahead log. */
async function written({ sql }: Database): Promise<number> {
  const [row] = await sql<{ bytes: number }>(`SELECT (pg_current_wal_lsn() - '0/0')::float8 AS bytes`);
  return row?.bytes ?? 0;
}

/** Waits until the rows say so, and checks that each has its attempt. */
export async function allSent({ sql }: Database, count: number): Promise<void> {
  for (;;) {
    const [row] = await sql<{ waiting: boolean }>(
      `SELECT EXISTS (SELECT FROM webhooks."WebhookEvent" WHERE status = 'PENDING') AS waiting`,
    );
    if (row?.waiting === false) break;
    await sleep(5);
  }
  const [row] = await sql<{ sent: number; attempts: number }>(
    `SELECT (SELECT count(*)::int FROM webhooks."WebhookEvent" WHERE status = 'SENT') AS sent,
            (SELECT count(*)::int FROM webhooks."WebhookAttempt" WHERE "statusCode" = 200) AS attempts`,
  );
  if (row?.sent !== count || row.attempts !== count) throw new Error(`${count} expected, found ${JSON.stringify(row)}`);
}

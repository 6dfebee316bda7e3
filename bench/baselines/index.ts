import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Database } from '../support/bench';
import type { Case } from '../support/case';
import type { Figure } from '../support/figure';
import type { BaselineCommands } from './straightforward.program';

/** The same events, delivered the straightforward way, in the same run. */
export const baselines: Case[] = [
  {
    name: 'baseline-redis',
    title: 'the straightforward way, Redis',
    needsCeiling: true,
    needsRedis: true,
    run: async (bench) => measure(bench, (await bench.redisUrl()) ?? undefined),
  },
  {
    name: 'baseline-postgres',
    title: 'the straightforward way, queue in PostgreSQL',
    needsCeiling: true,
    run: (bench) => measure(bench, undefined),
  },
];

async function measure(bench: Bench, redisUrl: string | undefined): Promise<Figure[]> {
  const database = await bench.database();
  // The tables: the module makes them.
  await (await bench.host({ databaseUrl: database.url, role: 'publisher' })).stop();
  const { receiver, url } = await bench.receiverAt('ok');
  const straightforward = bench.start<BaselineCommands>('baselines/straightforward.program.ts');
  await straightforward.ask('start', { databaseUrl: database.url, redisUrl, url });
  const warmUp = bench.size(500, 50);
  await straightforward.ask('emit', { count: warmUp });
  await receiver.ask('arrived', warmUp);
  await receiver.ask('reset', null);

  const count = bench.size(4_000, 200);
  const start = performance.now();
  await straightforward.ask('emit', { count });
  await receiver.ask('arrived', count);
  await nonePending(database);
  const value = (count * 1_000) / (performance.now() - start);
  const [name, queue] =
    redisUrl === undefined ? ['baseline-postgres', 'PostgreSQL queue'] : ['baseline-redis', 'Redis'];
  const title = `the straightforward way, ${queue}`;
  return [{ name, title, value, unit: 'per second', ratio: value / bench.ceiling, note: 'unsigned, no attempt log' }];
}

async function nonePending({ sql }: Database): Promise<void> {
  for (;;) {
    const rows = await sql(`SELECT FROM webhooks."WebhookEvent" WHERE status = 'PENDING' LIMIT 1`);
    if (rows.length === 0) return;
    await sleep(5);
  }
}

import { Queue } from 'bullmq';
import type { Bench } from '../support/bench';
import type { Case } from '../support/case';
import { atLeast, type Figure } from '../support/figure';
import { startService } from '../support/service';
import { allSent } from './end-to-end';

const CUSTOMERS = 20;
/** Longer than a backlog takes to build up. */
const LEASE_MS = 600_000;

/** A backlog in Redis, worked off by one, two and four worker processes: from the first arrival to the last. */
export const scale: Case = {
  name: 'scale',
  title: 'one, two and four worker processes on Redis',
  needsRedis: true,
  run: async (bench) => {
    const rates: number[] = [];
    for (const workers of [1, 2, 4]) {
      bench.say(`${workers} worker${workers === 1 ? '' : 's'}`);
      rates.push(await workOff(bench, workers));
      await bench.endCase();
    }
    const [one = 0, two = 0, four = 0] = rates;
    return [
      { name: 'scale-1', title: 'backlog worked off by 1 worker process', value: one, unit: 'per second' },
      { ...figure('scale-2', '  2 worker processes', two, one), goal: atLeast(1.5, two / one) },
      figure('scale-4', '  4 worker processes', four, one),
    ];
  },
};

const figure = (name: string, title: string, value: number, one: number): Figure => ({
  name,
  title,
  value,
  unit: 'per second',
  ratio: value / one,
  of: 'one',
});

async function workOff(bench: Bench, workers: number): Promise<number> {
  const database = await bench.database();
  const redisUrl = (await bench.redisUrl()) ?? '';
  const host = await bench.host({ databaseUrl: database.url, redisUrl, role: 'api', leaseMs: LEASE_MS });
  const { receiver, url } = await bench.receiverAt('ok');
  await host.ask('customers', { count: CUSTOMERS, url });

  const queue = new Queue('deliveries', { connection: { url: redisUrl }, prefix: 'webhooks' });
  await queue.waitUntilReady();
  await queue.pause();
  const count = bench.size(20_000, 500);
  await host.ask('emit', { count });
  const env = { ROLE: 'worker', DATABASE_URL: database.url, REDIS_URL: redisUrl, WEBHOOK_LEASE_MS: String(LEASE_MS) };
  await Promise.all(Array.from({ length: workers }, () => startService(bench, env)));
  await queue.resume();
  await receiver.ask('arrived', count);
  await allSent(database, count);
  await queue.close();
  const { firstAt, lastAt } = await receiver.ask('report', null);
  return (count * 1_000) / (lastAt - firstAt);
}

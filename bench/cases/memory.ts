import { setTimeout as sleep } from 'node:timers/promises';
import type { Case } from '../support/case';
import { atMost } from '../support/figure';
import { residentMiB, startService } from '../support/service';

const CUSTOMERS = 100;
const WATCH_MS = 10_000;

/** What a worker's memory grows by while 100,000 events wait for receivers that take a second each. */
export const memory: Case = {
  name: 'memory',
  title: 'memory of a worker with 100,000 events waiting',
  run: async (bench) => {
    const database = await bench.database();
    const redisUrl = await bench.redisUrl();
    const redis: Record<string, string> = redisUrl === null ? {} : { REDIS_URL: redisUrl };
    const host = await bench.host({ databaseUrl: database.url, redisUrl: redisUrl ?? undefined, role: 'api' });
    const worker = await startService(bench, { ROLE: 'worker', DATABASE_URL: database.url, ...redis });

    // What a busy worker needs is there already: only what waits is to be seen.
    const { receiver, url } = await bench.receiverAt('ok');
    await host.ask('customers', { count: 10, url });
    const warmUp = bench.size(5_000, 200);
    await host.ask('emit', { count: warmUp });
    await receiver.ask('arrived', warmUp);
    const before = residentMiB(worker.pid);

    const slow = await bench.receiverAt('slow');
    await host.ask('customers', { count: CUSTOMERS, url: slow.url });
    const count = bench.size(100_000, 2_000);
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, residentMiB(worker.pid))), 100);
    await host.ask('emit', { count });
    await sleep(bench.size(WATCH_MS, 500));
    clearInterval(watch);
    const value = most - before;
    return [
      {
        name: 'memory-waiting',
        title: `worker memory, ${count.toLocaleString('en-US')} events waiting: growth`,
        value,
        unit: 'MiB',
        goal: atMost(100, 'MiB', value),
        note: `${Math.round(before)} MiB before`,
      },
    ];
  },
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../support/bench';
import type { Case } from '../support/case';
import { atLeast, type Figure } from '../support/figure';
import { quantile } from '../support/statistics';
import type { Child } from '../support/children';
import type { HostCommands } from '../programs/host.program';
import type { ReceiverCommands } from '../programs/receiver.program';

/** Events per second for ten endpoints that answer, and for one that never does. */
const HEALTHY_PER_SECOND = 300;
const HUNG_PER_SECOND = 100;
const DRAIN_MS = 1_000;

/** What endpoints that answer notice of one that takes requests and never answers. */
export const tarpit: Case[] = [
  {
    name: 'tarpit-redis',
    title: 'one endpoint that never answers, Redis',
    needsRedis: true,
    run: async (bench) => measure(bench, 'Redis', (await bench.redisUrl()) ?? undefined),
  },
  {
    name: 'tarpit-postgres',
    title: 'one endpoint that never answers, embedded PostgreSQL',
    run: (bench) => measure(bench, 'embedded', undefined),
  },
];

async function measure(bench: Bench, queue: string, redisUrl: string | undefined): Promise<Figure[]> {
  const database = await bench.database();
  const host = await bench.host({ databaseUrl: database.url, redisUrl, role: 'all' });
  const { receiver, url } = await bench.receiverAt('timed');
  const healthy = await host.ask('customers', { count: 10, url });
  const [hung = ''] = await host.ask('customers', { count: 1, url: url.replace('timed', 'hang') });

  const seconds = bench.size(20, 3);
  await paced(host, receiver, healthy, 1);
  const without = await paced(host, receiver, healthy, seconds);
  // Every fourth event is for the one that hangs.
  const mixed = healthy.flatMap((id, index) => (index % 3 === 2 ? [id, hung] : [id]));
  const beside = await paced(host, receiver, mixed, seconds, HEALTHY_PER_SECOND + HUNG_PER_SECOND);
  const expected = (HEALTHY_PER_SECOND + HUNG_PER_SECOND) * (healthy.length / mixed.length);
  const rate = beside.perSecond / Math.min(without.perSecond, expected);
  const times = without.p95 / beside.p95;
  const name = `tarpit-${queue.toLowerCase()}`;
  return [
    {
      name: `${name}-rate`,
      title: `beside an endpoint that hangs, ${queue}: rate of the others`,
      value: beside.perSecond,
      unit: 'per second',
      ratio: rate,
      of: 'without it',
      goal: atLeast(0.9, rate),
    },
    {
      name: `${name}-p95`,
      title: '  emit to first byte of the others, p95',
      value: beside.p95,
      unit: 'ms',
      ratio: times,
      of: 'speed without it',
      goal: atLeast(0.9, times),
      note: `p95 without it ${without.p95.toFixed(1)} ms`,
    },
  ];
}

async function paced(
  host: Child<HostCommands>,
  receiver: Child<ReceiverCommands>,
  customers: string[],
  seconds: number,
  perSecond = HEALTHY_PER_SECOND,
): Promise<{ perSecond: number; p95: number }> {
  await host.ask('use', customers);
  await receiver.ask('reset', null);
  await host.ask('pace', { perSecond, seconds });
  await sleep(DRAIN_MS);
  const { received, ages } = await receiver.ask('report', null);
  return { perSecond: received / seconds, p95: quantile(ages, 0.95) };
}

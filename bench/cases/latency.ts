import type { Bench } from '../support/bench';
import type { Case } from '../support/case';
import { atMost, type Figure } from '../support/figure';
import { quantile } from '../support/statistics';

const PER_SECOND = 200;

/** From the call of `triggerWebhook` to the first byte at the receiver, at an even pace far from the limit. */
export const latency: Case[] = [
  {
    name: 'latency-redis',
    title: 'emit to first byte, Redis',
    needsRedis: true,
    run: async (bench) => measure(bench, (await bench.redisUrl()) ?? undefined),
  },
  {
    name: 'latency-postgres',
    title: 'emit to first byte, embedded PostgreSQL',
    run: (bench) => measure(bench, undefined),
  },
];

async function measure(bench: Bench, redisUrl: string | undefined): Promise<Figure[]> {
  const database = await bench.database();
  const host = await bench.host({ databaseUrl: database.url, redisUrl, role: 'all' });
  const { receiver, url } = await bench.receiverAt('timed');
  await host.ask('customers', { count: 5, url });
  await host.ask('pace', { perSecond: PER_SECOND, seconds: 2 });
  await receiver.ask('arrived', PER_SECOND * 2);

  await receiver.ask('reset', null);
  const seconds = bench.size(10, 2);
  await host.ask('pace', { perSecond: PER_SECOND, seconds });
  await receiver.ask('arrived', PER_SECOND * seconds);
  const { ages } = await receiver.ask('report', null);
  const [name, queue, most] =
    redisUrl === undefined
      ? (['latency-postgres', 'embedded', 40] as const)
      : (['latency-redis', 'Redis', 10] as const);
  const p95 = quantile(ages, 0.95);
  return [
    {
      name: `${name}-p50`,
      title: `emit to first byte at 200/s, ${queue}: p50`,
      value: quantile(ages, 0.5),
      unit: 'ms',
    },
    { name: `${name}-p95`, title: '  p95', value: p95, unit: 'ms', goal: atMost(most, 'ms', p95) },
  ];
}

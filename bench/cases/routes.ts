import type { RoutesCommands } from '../programs/routes.program';
import type { Bench } from '../support/bench';
import { DATA, EVENT } from '../support/body';
import type { Case } from '../support/case';
import { atLeast, type Figure } from '../support/figure';
import { compared, type Comparison, type Load } from '../support/http-load';
import { createCustomer, startService } from '../support/service';

const MAX_BATCH = 100;

export const guardedRoute: Case = {
  name: 'guarded-route',
  title: 'a route behind ApiKeyGuard, against the same route without',
  run: async (bench) => {
    const { openUrl, guardedUrl, key } = await startRoutes(bench);
    const guarded: Load = { url: `${guardedUrl}/route`, headers: { 'X-API-Key': key }, expect: 200 };
    const { perSecond, ratio } = await compared(
      guarded,
      { ...guarded, url: `${openUrl}/route` },
      bench.size(20_000, 600),
    );
    return [
      {
        name: 'guarded-route',
        title: 'guarded route, warm key',
        value: perSecond,
        unit: 'per second',
        ratio,
        of: 'unguarded',
        goal: atLeast(0.9, ratio),
      },
    ];
  },
};

export const publish: Case = {
  name: 'publish',
  title: 'the publish API against an empty route',
  run: async (bench) => {
    const { openUrl } = await startRoutes(bench);
    const { url, headers } = await startApi(bench);
    const event = { event: EVENT, data: DATA };
    const oneEvent = JSON.stringify(event);
    const manyEvents = JSON.stringify({ events: Array.from({ length: MAX_BATCH }, () => event) });
    const post = { method: 'POST', headers } as const;
    const milliseconds = bench.size(6_000, 600);
    const empty = (body: string): Load => ({ ...post, url: `${openUrl}/empty`, body, expect: 202 });
    const one = { ...post, url: `${url}/webhook-events`, body: oneEvent, expect: 202 };
    const single = await compared(one, empty(oneEvent), milliseconds);
    const many = { ...post, url: `${url}/webhook-events/batch`, body: manyEvents, expect: 200 };
    const batches = await compared(many, empty(manyEvents), milliseconds);
    return [
      figure('publish-single', 'HTTP publish, one event', single, 0.5),
      {
        ...figure('publish-batch', `HTTP publish, batches of ${MAX_BATCH} (requests)`, batches, 0.3),
        note: `${Math.round(batches.perSecond * MAX_BATCH)} events/s; the empty route gets the same body and parses it`,
      },
    ];
  },
};

function figure(name: string, title: string, { perSecond, ratio }: Comparison, goal: number): Figure {
  return { name, title, value: perSecond, unit: 'per second', ratio, of: 'empty route', goal: atLeast(goal, ratio) };
}

async function startRoutes(bench: Bench): ReturnType<RoutesCommands['start']> {
  const { url: databaseUrl } = await bench.database();
  return bench.start<RoutesCommands>('programs/routes.program.ts').ask('start', { databaseUrl });
}

/** The service taking events in for one endpoint; nobody delivers them meanwhile. */
async function startApi(bench: Bench): Promise<{ url: string; headers: Record<string, string> }> {
  const { url: databaseUrl } = await bench.database();
  const redisUrl = await bench.redisUrl();
  const redis: Record<string, string> = redisUrl === null ? {} : { REDIS_URL: redisUrl };
  const { url } = await startService(bench, { ROLE: 'api', DATABASE_URL: databaseUrl, ...redis });
  const { key } = createCustomer(bench, databaseUrl);
  const headers = { 'X-API-Key': key, 'content-type': 'application/json' };
  const { url: target } = await bench.receiverAt('ok');
  await fetch(`${url}/webhook-endpoints`, { method: 'POST', headers, body: JSON.stringify({ url: target }) });
  return { url, headers: { 'X-API-Key': key } };
}

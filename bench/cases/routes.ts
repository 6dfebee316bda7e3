import type { RoutesCommands } from '../programs/routes.program';
import type { Bench } from '../support/bench';
import { DATA, EVENT } from '../support/body';
import type { Case } from '../support/case';
import { atLeast, type Figure } from '../support/figure';
import { compared, type Load } from '../support/http-load';
import { createCustomer, startService } from '../support/service';

const MAX_BATCH = 100;

export const guardedRoute: Case = {
  name: 'guarded-route',
  title: 'a route behind ApiKeyGuard, against the same route without',
  run: async (bench) => {
    const { url, key } = await startRoutes(bench);
    const loads: Load[] = [
      { url: `${url}/open`, expect: 200 },
      { url: `${url}/guarded`, headers: { 'X-API-Key': key }, expect: 200 },
    ];
    const [open = 0, guarded = 0] = await compared(loads, bench.size(6_000, 600));
    const ratio = guarded / open;
    return [
      {
        name: 'guarded-route',
        title: 'guarded route, warm key',
        value: guarded,
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
    const { url: emptyUrl } = await startRoutes(bench);
    const { url, headers } = await startApi(bench);
    const event = { event: EVENT, data: DATA };
    const single = JSON.stringify(event);
    const batch = JSON.stringify({ events: Array.from({ length: MAX_BATCH }, () => event) });
    const post = { method: 'POST', headers } as const;
    const loads: Load[] = [
      { ...post, url: `${emptyUrl}/empty`, body: single, expect: 202 },
      { ...post, url: `${url}/webhook-events`, body: single, expect: 202 },
      { ...post, url: `${emptyUrl}/empty`, body: batch, expect: 202 },
      { ...post, url: `${url}/webhook-events/batch`, body: batch, expect: 200 },
    ];
    const [empty = 0, one = 0, emptyBatch = 0, many = 0] = await compared(loads, bench.size(6_000, 600));
    return [
      figure('publish-single', 'HTTP publish, one event', one, one / empty, 0.5),
      {
        ...figure('publish-batch', `HTTP publish, batches of ${MAX_BATCH} (requests)`, many, many / emptyBatch, 0.3),
        note: `${Math.round(many * MAX_BATCH)} events/s; the empty route gets the same body and parses it`,
      },
    ];
  },
};

function figure(name: string, title: string, value: number, ratio: number, goal: number): Figure {
  return { name, title, value, unit: 'per second', ratio, of: 'empty route', goal: atLeast(goal, ratio) };
}

async function startRoutes(bench: Bench): Promise<{ url: string; key: string }> {
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

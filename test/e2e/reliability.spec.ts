import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCENARIOS } from '../chaos/scenarios';
import { play } from '../chaos/support/play';
import type { Form, Report } from '../chaos/support/scenario';
import { tableOf } from '../chaos/support/table';

// The short form of `npm run chaos`: see docs/reliability.md. Scenarios wait most of the time, for locks and leases to
// end, so three are played side by side; those that measure times share the first lane.
const LANES = [
  [6, 14, 8, 7, 11, 12],
  [1, 3, 9, 13],
  [5, 10, 2, 4],
];
const FORM: Form = { events: 1_000, seed: 1, dist: join(__dirname, '../../dist'), patienceMs: 60_000 };

/** A scenario takes half a minute, and more on a machine that is busy. */
const LONGEST_MS = 300_000;

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const reports = new Map<number, Promise<Report>>();

jest.setTimeout(900_000);

/** Plays a scenario; where there is no redis-server, on PostgreSQL's queue. */
function played(number: number, form = FORM): Promise<Report> {
  const scenario = SCENARIOS.find((candidate) => candidate.number === number)!;
  const late = sleep(LONGEST_MS, undefined, { ref: false }).then(() => {
    throw new Error(`Scenario ${number} did not end within ${LONGEST_MS} ms`);
  });
  return Promise.race([play(scenario, form, hasRedis ? scenario.queue : 'postgresql'), late]);
}

/** Whether a scenario can be played here. */
const isPossible = (number: number): boolean =>
  hasRedis || SCENARIOS.find((candidate) => candidate.number === number)?.needsRedis !== true;

beforeAll(() => {
  for (const lane of LANES) {
    let before: Promise<unknown> = Promise.resolve();
    for (const number of lane.filter(isPossible)) {
      const report = before.then(() => played(number));
      reports.set(number, report);
      // Its own test says why it failed.
      before = report.catch(() => undefined);
    }
  }
});

afterAll(async () => {
  const ended = await Promise.allSettled(reports.values());
  const done = ended.flatMap((report) => (report.status === 'fulfilled' ? [report.value] : []));
  console.log(tableOf(done.sort((a, b) => a.number - b.number)));
});

/** What is slow is printed; a test fails for what is lost, repeated or wrong, which no busy machine excuses. */
async function holds(number: number): Promise<void> {
  const report = await reports.get(number);
  expect(report?.problems).toEqual([]);
}

if (!hasRedis) console.warn('Skipped, because there is no redis-server program: faults of Redis');
const itWithRedis = hasRedis ? it : it.skip;

it('[reliability 1] kill -9 a worker in mid-delivery', () => holds(1));
it('[reliability 2] kill -9 the API between commit and enqueue', () => holds(2));
itWithRedis('[reliability 3] FLUSHALL on Redis with retries pending', () => holds(3));
itWithRedis('[reliability 4] Redis away for some seconds', () => holds(4));
it('[reliability 5] PostgreSQL restarted, and killed', () => holds(5));
it('[reliability 6] receivers that hang, drip, flood and reset', () => holds(6));
it('[reliability 7] SIGTERM under load', () => holds(7));
it('[reliability 8] two APIs and two workers on one database', () => holds(8));
it('[reliability 9] clocks that jump', () => holds(9));
it('[reliability 10] a read-only database, a full disk', () => holds(10));
it('[reliability 11] a migration run by two nodes at once', () => holds(11));
it('[reliability 12] poison among good events', () => holds(12));
it('[reliability 13] an upgrade with jobs waiting', () => holds(13));
it('[reliability 14] a flood to one endpoint beside another customer', () => holds(14));

it('a build without its reconciler loses events, and is found out', async () => {
  await Promise.allSettled(reports.values());
  const preload = join(__dirname, '../chaos/support/without-reconciler.js');
  const broken = await played(2, { ...FORM, preload, patienceMs: 20_000 });
  expect(broken.lost).toBeGreaterThan(0);
  expect(broken.problems).toContain(`${broken.lost} were promised, did not arrive and are not FAILED`);
});

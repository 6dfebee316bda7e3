import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from './support/ledger';
import { HOSTILE_PATHS } from './support/ledger';
import { isShort, type Scenario } from './support/scenario';

const TIMEOUT_MS = 2_000;
const BASELINE_MS = 2_000;
/** What the others may be late by: no more than this, or twice what they are without hostile neighbours. */
const UNDISTURBED_MS = 1_000;

export const hostileReceivers: Scenario = {
  number: 6,
  name: 'receivers that hang, drip, flood, reset',
  proves: 'Endpoints that never answer, drip, send 100 MB or reset end FAILED, and hold up nobody else.',
  queue: 'redis',
  async play(stage) {
    const seconds = isShort(stage.form) ? 8 : 40;
    const good = Math.floor(0.8 * stage.form.events);
    await stage.open({ answerDelayMs: 20 });
    await stage.start('api', 'worker', 'worker');
    const [quiet, loud] = [await stage.customer('quiet'), await stage.customer('loud')];
    await stage.endpoint(quiet, '/ok');
    for (const path of HOSTILE_PATHS) await stage.endpoint(loud, path, { timeoutMs: TIMEOUT_MS });
    stage.emit(quiet, { events: good, perSecond: Math.ceil(good / seconds), batch: 5 });
    await sleep(BASELINE_MS);
    const loudFrom = Date.now();
    const perEndpoint = Math.floor((stage.form.events - good) / HOSTILE_PATHS.length);
    const { done } = stage.emit(loud, { events: perEndpoint });
    await Promise.all([done, stage.strike(() => done)]);
    await stage.settle();

    const goodOnes = stage.ledger.promised.filter(({ arrivals }) => arrivals[0]?.path === '/ok');
    const before = p95(goodOnes.filter(({ promisedAt }) => promisedAt! < loudFrom));
    const beside = p95(goodOnes.filter(({ promisedAt }) => promisedAt! >= loudFrom));
    stage.note(`the others' deliveries took ${before} ms before, ${beside} ms beside the hostile ones (p95)`);
    stage.expectInTime(
      beside <= Math.max(UNDISTURBED_MS * stage.tolerance, 2 * before),
      `the others were held up: p95 ${beside} ms`,
    );
    const refused = stage.ledger.refusals.length;
    stage.expect(refused === 0, `${refused} emits were refused`);
  },
};

function p95(entries: readonly Entry[]): number {
  const waits = entries.map(({ promisedAt, deliveredAt }) => deliveredAt! - promisedAt!).sort((a, b) => a - b);
  return waits[Math.floor(0.95 * waits.length)] ?? Number.NaN;
}

import { isShort, type Scenario } from './support/scenario';

const PROBES = 10;
const PROBES_PER_SECOND = 5;
const AT_ONCE_MS = 2_000;

export const flood: Scenario = {
  number: 14,
  name: 'a flood to one endpoint',
  proves: 'While one endpoint has a very long queue, the lone events of another customer arrive at once.',
  queue: 'redis',
  async play(stage) {
    const events = isShort(stage.form) ? 4 * stage.form.events : 10 * stage.form.events;
    await stage.open({ answerDelayMs: isShort(stage.form) ? 200 : 50 });
    await stage.start('api', 'worker');
    const [big, small] = [await stage.customer('big'), await stage.customer('small')];
    await stage.endpoint(big, '/ok');
    await stage.endpoint(small, '/lone');
    stage.emit(big, { events });
    await stage.underLoad({ events, minInFlight: 1_000 });
    await stage.emit(small, { events: PROBES, batch: 1, requests: 1, perSecond: PROBES_PER_SECOND }).done;
    const { inFlight } = await stage.ledger.read();
    stage.expect(inFlight.length >= 100, 'the flood was over before the last lone event');
    stage.note(`${inFlight.length} of the flood waited after the last lone event`);
    await stage.settle();
    const lone = stage.ledger.promised.filter(({ arrivals }) => arrivals[0]?.path === '/lone');
    const waits = lone.map(({ promisedAt, arrivals }) => arrivals[0]!.at - promisedAt!).sort((a, b) => a - b);
    stage.expect(waits.length === PROBES, `${waits.length} of ${PROBES} lone events arrived`);
    stage.expectInTime(waits.at(-1)! < AT_ONCE_MS * stage.tolerance, `a lone event waited for ${waits.at(-1)} ms`);
    stage.note(`lone events arrived after ${waits[PROBES / 2]} ms (median), ${waits.at(-1)} ms (slowest)`);
  },
};

import { startRedis } from '../support/redis';
import { isShort, type Scenario } from './support/scenario';

const ANSWER_MS = 1_000;

export const redisDown: Scenario = {
  number: 4,
  name: 'Redis down for 10 s',
  proves:
    'While Redis is away emits are accepted at their usual speed; none is lost when an empty one comes in its place.',
  queue: 'redis',
  needsRedis: true,
  async play(stage) {
    const outageMs = isShort(stage.form) ? 4_000 : 10_000;
    await stage.open();
    await stage.start('api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    stage.emitOver(customer, (2 * outageMs) / 1_000);
    const outage = { from: 0, to: 0 };
    await stage.strike(async () => {
      outage.from = Date.now();
      await stage.redis!.stop();
      await new Promise((resolve) => setTimeout(resolve, outageMs));
      stage.redis = (await startRedis({ port: stage.redisPort })) ?? undefined;
      outage.to = Date.now();
    });
    await stage.settle();
    const during = stage.ledger.emits.filter(({ at }) => at > outage.from + ANSWER_MS && at < outage.to);
    const slowest = Math.max(...during.map(({ tookMs }) => tookMs));
    stage.expect(during.length > 0, 'no emit was accepted while Redis was away');
    stage.expectInTime(slowest < ANSWER_MS * stage.tolerance, `an emit took ${slowest} ms while Redis was away`);
    stage.expect(stage.ledger.refusals.length === 0, `${stage.ledger.refusals.length} requests were refused`);
    stage.note(`${during.length} emits were accepted while Redis was away, the slowest in ${slowest} ms`);
  },
};

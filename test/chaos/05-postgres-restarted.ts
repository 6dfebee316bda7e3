import { setTimeout as sleep } from 'node:timers/promises';
import type { Ending } from './support/postgres';
import type { Scenario } from './support/scenario';
import { IN_HAND } from './support/stage';

const AWAY_MS = 1_500;

export const postgresRestarted: Scenario = {
  number: 5,
  name: 'PostgreSQL restarted twice',
  proves: 'What was accepted before PostgreSQL stopped, or was killed, is kept; emits meanwhile get a clear 503.',
  queue: 'postgresql',
  async play(stage) {
    await stage.open();
    await stage.start('api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    stage.emitOver(customer, 10);
    for (const how of ['fast', 'kill -9'] satisfies Ending[]) {
      await stage.strike(async () => {
        await stage.postgres.stop(how);
        await sleep(AWAY_MS);
        await stage.postgres.start();
      });
      stage.duplicatesAllowed += 2 * IN_HAND;
    }
    await stage.settle();
    const { refusals } = stage.ledger;
    // 207: a part of the batch was accepted, and the rest is refused one by one.
    const unclear = refusals.filter(
      ({ status, code }) => status !== 503 && !(status === 207 && code === 'database_unavailable'),
    );
    stage.expect(unclear.length === 0, `refused, but not as 503: ${JSON.stringify(unclear.slice(0, 3))}`);
    stage.note(`${refusals.length} requests were refused with 503 and made again`);
  },
};

import { join } from 'node:path';
import type { Scenario } from './support/scenario';

const PRELOAD = join(__dirname, 'support/hold-jobs-then-die.js');

export const apiKilled: Scenario = {
  number: 2,
  name: 'kill -9 the API before it enqueues',
  proves:
    'Events that were committed and answered, and whose jobs never reached the queue, are found and delivered once.',
  queue: 'postgresql',
  async play(stage) {
    await stage.open();
    const [doomed] = await Promise.all([
      stage.node('api', { preload: PRELOAD }),
      stage.start('api', 'worker', 'worker'),
    ]);
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    // So that the API is busy when it dies, also where the short form would be over in a moment.
    stage.emit(customer, { perSecond: Math.min(1_000, stage.form.events / 2) });
    await stage.strike(async () => {
      doomed.kill('SIGUSR2');
      await doomed.exited;
      await stage.node('api');
    });
  },
};

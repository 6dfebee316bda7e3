import type { Scenario } from './support/scenario';
import { IN_HAND } from './support/stage';

export const workerKilled: Scenario = {
  number: 1,
  name: 'kill -9 a worker',
  proves: 'What a worker had in its hands when it was killed is delivered by another one; only that may arrive twice.',
  queue: 'redis',
  async play(stage) {
    await stage.open();
    await stage.start('api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    stage.emit(customer);
    await stage.strike(async () => {
      await stage.kill(stage.workers[Math.floor(stage.random() * 2)]!);
      await stage.node('worker');
    });
    stage.duplicatesAllowed = IN_HAND;
  },
};

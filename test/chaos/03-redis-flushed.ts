import { Redis } from 'ioredis';
import { expectRetries } from './support/retries';
import { isShort, type Scenario } from './support/scenario';

const THOUSANDS = 2_000;

export const redisFlushed: Scenario = {
  number: 3,
  name: 'FLUSHALL on Redis',
  proves: 'The queue is rebuilt from PostgreSQL by itself, with retries at their right times and attempt numbers.',
  queue: 'redis',
  needsRedis: true,
  async play(stage) {
    await stage.open();
    await stage.start('api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok', { events: ['message.received'] });
    await stage.endpoint(customer, '/flaky', { events: ['message.sent'] });
    const load = { minInFlight: isShort(stage.form) ? 100 : THOUSANDS };
    stage.emit(customer, { names: ['message.received', 'message.sent'] });
    await stage.strike(async () => {
      const redis = new Redis(stage.redis!.url);
      const jobs = await redis.dbsize();
      await redis.flushall();
      redis.disconnect();
      stage.note(`${jobs} keys were in Redis`);
    }, load);
    await stage.settle();
    expectRetries(stage);
  },
};

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectRetries } from './support/retries';
import type { Scenario } from './support/scenario';

const PRELOAD = join(__dirname, 'support/jump-clock.js');
const HOUR_MS = 3_600_000;
const JUMPED_MS = 3_000;

export const clockJumps: Scenario = {
  number: 9,
  name: 'clocks jump by an hour, and back',
  proves:
    'Nodes whose clocks jump, in different directions, deliver on time and once: PostgreSQL’s clock alone decides.',
  queue: 'redis',
  async play(stage) {
    await stage.open();
    const jumping = (role: 'api' | 'worker', jumpMs: number) =>
      stage.node(role, { preload: PRELOAD, env: { CHAOS_CLOCK_MS: String(jumpMs) } });
    const nodes = await Promise.all([jumping('api', HOUR_MS), jumping('worker', HOUR_MS), jumping('worker', -HOUR_MS)]);
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok', { events: ['message.received'] });
    await stage.endpoint(customer, '/flaky', { events: ['message.sent'] });
    stage.emitOver(customer, 6, { names: ['message.received', 'message.sent'] });
    await stage.strike(async () => {
      for (const node of nodes) node.kill('SIGUSR2');
      await sleep(JUMPED_MS);
      for (const node of nodes) node.kill('SIGUSR2');
    });
    await stage.settle();
    expectRetries(stage);
  },
};

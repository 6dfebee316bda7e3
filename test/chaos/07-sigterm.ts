import type { Scenario } from './support/scenario';

export const sigterm: Scenario = {
  number: 7,
  name: 'SIGTERM under load',
  proves: 'An API and a worker that are told to stop finish what they do: no attempt is cut, and none is sent twice.',
  queue: 'redis',
  async play(stage) {
    await stage.open();
    const [api] = await stage.start('api', 'api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    stage.emitOver(customer, 4);
    await stage.strike(async () => {
      await Promise.all([stage.stop(api!), stage.stop(stage.workers[Math.floor(stage.random() * 2)]!)]);
    });
    await stage.start('api', 'worker');
    await stage.settle();
    stage.expect(stage.ledger.cut === 0, `${stage.ledger.cut} attempts were cut`);
    // Sent in the moment in which the connection was closed; the emitter made them again under their idempotency keys.
    const dropped = stage.ledger.refusals.filter(({ code }) => code !== 'ECONNREFUSED');
    stage.note(`${dropped.length} requests met a connection that was being closed, and were made again`);
  },
};

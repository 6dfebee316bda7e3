import { buildNextVersion } from './support/next-version';
import { expectRetries } from './support/retries';
import type { Scenario } from './support/scenario';

export const upgrade: Scenario = {
  number: 13,
  name: 'upgrade with jobs waiting',
  proves:
    'A new version, with a migration, takes over the jobs and retries that the old one left, and nothing comes twice.',
  queue: 'redis',
  async play(stage) {
    await stage.open();
    const dist = await buildNextVersion(stage.form.dist, stage.folder);
    const old = await stage.start('api', 'worker', 'worker');
    // It answers throughout: the one that emits knows nothing of the upgrade.
    const api = await stage.node('api');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok', { events: ['message.received'] });
    await stage.endpoint(customer, '/flaky', { events: ['message.sent'] });
    stage.emitOver(customer, 6, { names: ['message.received', 'message.sent'] });
    await stage.strike(async () => {
      await Promise.all(old.map((node) => stage.stop(node)));
      const { inFlight } = await stage.ledger.read();
      stage.note(`${inFlight.length} deliveries waited without any worker`);
      stage.expect(inFlight.length >= 100, 'too few jobs waited for the new version');
      await Promise.all([stage.node('worker', { dist }), stage.node('worker', { dist })]);
    });
    await stage.node('api', { dist });
    await stage.settle();
    stage.expect(stage.ledger.cut === 0, `${stage.ledger.cut} attempts were cut`);
    stage.expect(api.output.stderr === '', 'the old API complained');
    expectRetries(stage);
  },
};

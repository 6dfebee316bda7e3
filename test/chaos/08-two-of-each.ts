import type { Scenario } from './support/scenario';

export const twoOfEach: Scenario = {
  number: 8,
  name: 'two APIs, two workers, no fault',
  proves: 'Several nodes on one database deliver each event exactly once when nothing fails, and share the work.',
  queue: 'postgresql',
  async play(stage) {
    await stage.open();
    await stage.start('api', 'api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    stage.emit(customer);
    await stage.settle();
    const shares = await stage.postgres.sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM webhooks."WebhookAttempt" GROUP BY worker ORDER BY 1',
    );
    const least = shares.length === 2 ? shares[0]!.count : 0;
    stage.expect(
      least > 0.2 * stage.form.events,
      `the workers' shares: ${shares.map(({ count }) => count).join(', ')}`,
    );
    stage.note(`the workers' shares: ${shares.map(({ count }) => count).join(', ')}`);
  },
};

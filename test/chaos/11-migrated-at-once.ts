import type { Scenario } from './support/scenario';
import { buildNextVersion, NEXT_MIGRATION } from './support/next-version';

export const migratedAtOnce: Scenario = {
  number: 11,
  name: 'two nodes migrate at once, under load',
  proves: 'Nodes that start together apply each migration once, on an empty database and beneath nodes under load.',
  queue: 'postgresql',
  async play(stage) {
    await stage.open();
    const dist = await buildNextVersion(stage.form.dist, stage.folder);
    // The first four migrate an empty database at once.
    const old = await stage.start('api', 'api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    stage.emitOver(customer, 5);
    await stage.strike(() => Promise.all([stage.node('all', { dist }), stage.node('all', { dist })]));
    const marks = await stage.postgres.sql<{ name: string; count: number }>(
      `SELECT migration_name AS name, count(*)::int AS count FROM webhooks._prisma_migrations
        WHERE finished_at IS NOT NULL GROUP BY migration_name`,
    );
    stage.expect(
      marks.some(({ name }) => name === NEXT_MIGRATION),
      'the next version’s migration is not applied',
    );
    stage.expect(
      marks.every(({ count }) => count === 1),
      `applied more than once: ${JSON.stringify(marks)}`,
    );
    stage.note(
      `${marks.length} migrations, each applied once; ${old.length + 2} nodes of two versions worked side by side`,
    );
  },
};

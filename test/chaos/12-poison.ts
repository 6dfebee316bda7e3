import { QueueFactory } from '../../src/queue/queue.factory';
import { DELIVERY_QUEUE } from '../../src/webhooks/delivery/delivery.queue';
import { call } from '../support/process-client';
import type { Scenario } from './support/scenario';
import type { Customer, Stage } from './support/stage';

const LARGEST_TEXT = 250_000;
/** What careless code trips over, as JSON text. */
const PAYLOADS = [
  '{"text":"\\u0000"}',
  '{"text":"\\ud800"}',
  '{"__proto__":{"toJSON":1},"constructor":null}',
  `{"text":"${'x'.repeat(LARGEST_TEXT)}"}`,
  `{"deep":${'['.repeat(60)}${']'.repeat(60)}}`,
  '{"":"","\\u2028":1e400}',
];
const JOBS: unknown[] = [
  { eventId: 'no-uuid', round: 0 },
  { eventId: null },
  {},
  'text',
  { eventId: ['x'], round: 'y' },
];

export const poison: Scenario = {
  number: 12,
  name: 'poison among good events',
  proves: 'What cannot be delivered ends FAILED, jobs that make no sense are dropped, and everything else goes on.',
  queue: 'redis',
  async play(stage) {
    await stage.open();
    await stage.start('api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok', { events: ['message.received', 'chatbot.updated'] });
    const unreadable = await stage.endpoint(customer, '/ok', { events: ['chatbot.created'] });
    const homeless = await stage.endpoint(customer, '/ok', { events: ['conversation.closed'] });
    const sql = 'UPDATE webhooks."WebhookEndpoint"';
    await stage.postgres.sql(`${sql} SET secret = 'not sealed by anybody' WHERE id = $1`, unreadable.id);
    await stage.postgres.sql(`${sql} SET url = 'http://[::/' WHERE id = $1`, homeless.id);
    for (const { id } of [unreadable, homeless]) stage.failing.add(id);

    const names = Array.from({ length: 18 }, () => 'message.received');
    stage.emitOver(customer, 3, { names: [...names, 'chatbot.created', 'conversation.closed'] });
    await stage.strike(async () => {
      await addSenselessJobs(stage);
      for (const data of PAYLOADS) await emitPayload(stage, customer, data);
    });
    await stage.settle();
    const arrived = await stage.postgres.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM webhooks."WebhookEvent" WHERE event = 'chatbot.updated' AND status = 'SENT'`,
    );
    stage.expect(
      arrived[0]?.count === PAYLOADS.length,
      `${arrived[0]?.count} of ${PAYLOADS.length} odd payloads are SENT`,
    );
  },
};

async function addSenselessJobs(stage: Stage): Promise<void> {
  const { postgres, redis } = stage;
  const options = { redisUrl: redis?.url, postgresUrl: postgres.url, prefix: 'webhooks' };
  const queue = new QueueFactory(options).createQueue(DELIVERY_QUEUE);
  await queue.waitUntilReady();
  await queue.addBulk(JOBS.map((data, index) => ({ name: 'deliver', data, opts: { jobId: `senseless-${index}` } })));
  await queue.close();
}

async function emitPayload(stage: Stage, { key }: Customer, data: string): Promise<void> {
  const body = `{"event":"chatbot.updated","data":${data}}`;
  const { status } = await call('POST', `${stage.api().url}/webhook-events`, key, body);
  stage.expect(status === 202, `a payload was refused with ${status}: ${data.slice(0, 60)}`);
}

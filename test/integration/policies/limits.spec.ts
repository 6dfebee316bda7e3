import { describeEachBackend } from '../../support/backends';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

const data = { conversationId: 'c', messageId: 'm', content: 'x', timestamp: new Date(0) };
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(closeReceivers);

describeEachBackend('limits of an endpoint, over two workers', (backend) => {
  let one: TestService;
  let two: TestService;
  beforeAll(async () => {
    one = await startService({ redisUrl: backend.redisUrl });
    two = await startService({ redisUrl: backend.redisUrl, database: one.database });
  });
  afterAll(async () => {
    await two.close();
    await one.stop();
  });

  it('concurrency: never more attempts at once, and all arrive', async () => {
    let underWay = 0;
    let most = 0;
    const receiver = await recordingReceiver(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(40);
      underWay -= 1;
      return 200;
    });
    const customer = await one.customer();
    await customer.endpoint(receiver.url, { concurrency: 2 });
    const emits = Array.from({ length: 30 }, (_, n) =>
      (n % 2 === 0 ? one : two).webhooks.triggerWebhook(customer.id, 'message.sent', data),
    );
    const ids = (await Promise.all(emits)).flatMap(({ eventIds }) => eventIds);
    await receiver.arrivals(30, 20_000);
    for (const id of ids) expect((await one.settled(id)).status).toBe('SENT');
    expect(most).toBe(2);
    expect(receiver.ids().sort()).toEqual(ids.sort());
  });

  it('rate: attempts are spaced, over all workers', async () => {
    const receiver = await recordingReceiver();
    const customer = await one.customer();
    await customer.endpoint(receiver.url, { ratePerSecond: 10 });
    await Promise.all(Array.from({ length: 15 }, () => two.webhooks.triggerWebhook(customer.id, 'message.sent', data)));
    const requests = await receiver.arrivals(15, 15_000);
    const times = requests.map(({ arrivedAt }) => arrivedAt);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_300);
    // A job that wakes late on a busy machine closes up to the next; a second never holds all of them.
    for (const start of times) {
      expect(times.filter((time) => time >= start && time < start + 900).length).toBeLessThan(15);
    }
  });

  it('concurrency: the last free slot is used, while the others hang', async () => {
    const receiver = await recordingReceiver((_, index) => (index < 7 ? 'never' : 200));
    const customer = await one.customer();
    await customer.endpoint(receiver.url, { concurrency: 8, timeoutMs: 10_000 });
    await Promise.all(Array.from({ length: 20 }, () => one.webhooks.triggerWebhook(customer.id, 'message.sent', data)));
    await receiver.arrivals(20, 8_000);
  });

  it('a rate of less than one in the horizon: what is planned far ahead counts, and nothing goes round in circles', async () => {
    const receiver = await recordingReceiver();
    const customer = await one.customer();
    const { id } = await customer.endpoint(receiver.url, { ratePerSecond: 0.05, concurrency: 1 });
    await Promise.all(Array.from({ length: 5 }, () => one.webhooks.triggerWebhook(customer.id, 'message.sent', data)));
    await receiver.arrivals(1);
    await sleep(2_500);
    const [rows] = await one.sql<{ rounds: number; queued: number; slotMs: number }>(
      `SELECT max(e.round) AS rounds, count(*) FILTER (WHERE e."enqueueAfter" IS NOT NULL)::int AS queued,
              extract(epoch FROM max(p."nextSlotAt") - now())::float8 * 1000 AS "slotMs"
         FROM webhooks."WebhookEvent" e JOIN webhooks."WebhookEndpoint" p ON p.id = e."endpointId"
        WHERE e."endpointId" = $1 AND e.status = 'PENDING'`,
      id,
    );
    expect(rows?.rounds).toBeLessThanOrEqual(1);
    expect(rows?.queued).toBeLessThanOrEqual(1);
    expect(rows?.slotMs).toBeLessThanOrEqual(40_000);
    // A plan that was made for the old rate does not hold up what comes under the new one.
    await customer.request('patch', `/webhook-endpoints/${id}`, { ratePerSecond: 100, concurrency: 5 }).expect(200);
    await receiver.arrivals(4, 10_000);
  });

  it('a slow endpoint with a window fills no more of the queue than that, and another customer is not delayed', async () => {
    const slow = await recordingReceiver('never');
    const quick = await recordingReceiver();
    const [patient, hasty] = [await one.customer(), await one.customer()];
    await patient.endpoint(slow.url, { concurrency: 3, timeoutMs: 1_000 });
    await hasty.endpoint(quick.url);
    await Promise.all(Array.from({ length: 200 }, () => one.webhooks.triggerWebhook(patient.id, 'message.sent', data)));
    await slow.arrivals(3);
    const startedAt = performance.now();
    await one.webhooks.triggerWebhook(hasty.id, 'message.sent', data);
    const [request] = await quick.arrivals(1);
    expect((request?.arrivedAt ?? Number.POSITIVE_INFINITY) - startedAt).toBeLessThan(1_000);
    const [queued] = await one.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM webhooks."WebhookEvent" WHERE "customerId" = $1 AND "enqueueAfter" IS NOT NULL
          AND "nextAttemptAt" <= now()`,
      patient.id,
    );
    expect(queued?.count).toBeLessThanOrEqual(3);
  });
});

describeEachBackend('the window of an endpoint', (backend) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ redisUrl: backend.redisUrl, delivery: { window: 5, concurrency: 20 } });
  });
  afterAll(() => service.stop());

  it('what is beyond it waits in PostgreSQL, and everything is delivered', async () => {
    let most = 0;
    let underWay = 0;
    const receiver = await recordingReceiver(async () => {
      most = Math.max(most, (underWay += 1));
      await sleep(10);
      underWay -= 1;
      return 200;
    });
    const customer = await service.customer();
    await customer.endpoint(receiver.url);
    const events = Array.from({ length: 60 }, (_, n) => ({ event: 'message.sent', data: { n } }));
    await customer.request('post', '/webhook-events/batch', { events }).expect(200);
    await receiver.arrivals(60, 20_000);
    expect(most).toBeLessThanOrEqual(5);
    await waitFor('all are SENT', async () => {
      const [left] = await service.sql<{ count: number }>(
        `SELECT count(*)::int AS count FROM webhooks."WebhookEvent" WHERE "customerId" = $1 AND status <> 'SENT'`,
        customer.id,
      );
      return left?.count === 0;
    });
  });
});

import { spawnSync } from 'node:child_process';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startRedis, type TestRedis } from '../../support/redis';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

// A lent Redis (REDIS_URL) cannot be stopped: this needs the program.
const isProgramHere = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
if (!isProgramHere) console.warn('Skipped, because there is no redis-server program: while Redis is down');

(isProgramHere ? describe : describe.skip)('while Redis is down', () => {
  let redis: TestRedis;
  let service: TestService;
  let customer: TestCustomer;

  const port = (): number => Number(new URL(redis.url).port);
  const startAgain = async (): Promise<void> => {
    redis = (await startRedis({ port: port() }))!;
  };
  const timed = async (emit: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await emit();
    return performance.now() - start;
  };

  beforeEach(async () => {
    redis = (await startRedis())!;
    service = await startService({ redisUrl: redis.url, delivery: { leaseMs: 1_000, reconcileIntervalMs: 100 } });
    customer = await service.customer();
  });
  afterEach(async () => {
    await service.stop();
    await redis.stop();
    await closeReceivers();
  });

  it('emits answer as quickly as ever, and are delivered once it is back, empty', async () => {
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const [before] = (await customer.emit()).eventIds;
    await service.settled(before!);

    await redis.stop();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const took = await timed(async () => ids.push(...(await customer.emit({ count })).eventIds));
      expect(took).toBeLessThan(1_000);
    }
    const took = await timed(() =>
      service.webhooks.triggerWebhook(customer.id, 'chatbot.created', { chatbotId: 'c', timestamp: new Date() }),
    );
    expect(took).toBeLessThan(1_000);
    // Longer than a lease: sweeps have tried in vain meanwhile.
    await waitFor('a lease is renewed', async () => {
      const { enqueueAfter } = await service.event(ids[0]!);
      return enqueueAfter !== null && enqueueAfter.getTime() > Date.now() + 500 && Date.now();
    });
    expect(receiver.requests).toHaveLength(1);

    await startAgain();
    for (const id of ids) expect(await service.settled(id, 15_000)).toMatchObject({ status: 'SENT', attempts: 1 });
    await receiver.arrivals(7);
    expect(new Set(receiver.ids()).size).toBe(7);
    expect(service.logs.join('\n')).not.toMatch(/unhandled/i);
  });

  it('retries that were pending are made once it is back, empty, and numbered on', async () => {
    const receiver = await recordingReceiver([500, 500, 200]);
    await customer.endpoint(receiver.url);
    const [id] = (await customer.emit()).eventIds;
    await waitFor('the first attempt is recorded', async () => (await service.event(id!)).attempts === 1);
    await redis.stop();
    await startAgain();
    expect(await service.settled(id!, 15_000)).toMatchObject({ status: 'SENT', attempts: 3 });
    expect(receiver.requests.map(({ headers }) => headers['x-webhook-attempt'])).toEqual(['1', '2', '3']);
  });

  it('an attempt under way is finished and written down', async () => {
    let answer: (() => void) | undefined;
    const answered = new Promise<200>((resolve) => (answer = () => resolve(200)));
    const receiver = await recordingReceiver(() => answered);
    await customer.endpoint(receiver.url);
    const [id] = (await customer.emit()).eventIds;
    await receiver.arrivals(1);
    await redis.stop();
    answer?.();
    expect(await service.settled(id!)).toMatchObject({ status: 'SENT', attempts: 1 });
    await startAgain();
  });

  it('a host application starts all the same, takes events in, and delivers them once it is there', async () => {
    await redis.stop();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const early = await startService({ redisUrl: redis.url, database: service.database });
    try {
      const data = { conversationId: 'c', messageId: 'm', content: 'x', timestamp: new Date(0) };
      const { eventIds } = await early.webhooks.triggerWebhook(customer.id, 'message.sent', data);
      await startAgain();
      expect((await service.settled(eventIds[0]!, 30_000)).status).toBe('SENT');
    } finally {
      await early.close();
    }
  });

  it('the service stops when it is told to', async () => {
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    await redis.stop();
    await customer.emit();
    const took = await timed(() => service.app.close());
    expect(took).toBeLessThan(10_000);
  });
});

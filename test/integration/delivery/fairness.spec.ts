import { DeliveryQueue } from '../../../src/webhooks/delivery/delivery.queue';
import { DeliveryRepository } from '../../../src/webhooks/delivery/delivery.repository';
import { describeEachBackend } from '../../support/backends';
import { bulkRows, daysAgo } from '../../support/bulk-rows';
import { deliveriesOf, queueIsEmpty, withQueue } from '../../support/queue-access';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type ServiceOverrides, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(120_000);

describeEachBackend('what one endpoint does to others', (backend) => {
  let service: TestService;
  const start = async (overrides: ServiceOverrides = {}): Promise<void> => {
    service = await startService({ redisUrl: backend.redisUrl, ...overrides });
  };
  afterEach(async () => {
    // Ends the attempts that hang, so that the service can stop.
    await closeReceivers();
    await service.stop();
  });

  it('100,000 waiting events of one customer do not delay another’s one', async () => {
    await start();
    const [busy, other] = [await service.customer(), await service.customer()];
    const slow = await recordingReceiver(() => new Promise((resolve) => setTimeout(() => resolve(200), 50)));
    const quick = await recordingReceiver();
    const { id: endpointId } = await busy.endpoint(slow.url);
    await other.endpoint(quick.url);
    await bulkRows(service, { customerId: busy.id, endpointId, count: 100_000, at: daysAgo(1), status: 'PENDING' });
    await slow.arrivals(50, 30_000);

    const delays: number[] = [];
    for (let round = 1; round <= 5; round += 1) {
      const emittedAt = performance.now();
      await other.emit();
      const [arrived] = (await quick.arrivals(round, 20_000)).slice(-1);
      delays.push(arrived!.arrivedAt - emittedAt);
    }
    const [row] = await service.sql<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM webhooks."WebhookEvent" WHERE "customerId" = $1 AND status = 'PENDING'`,
      busy.id,
    );
    console.info(`beside ${row?.waiting} waiting events: ${delays.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    expect(row?.waiting).toBeGreaterThan(50_000);
    // A machine that tests share is slow; in line behind them all it would take many minutes.
    expect(Math.max(...delays)).toBeLessThan(10_000);
  });

  it('an endpoint that never answers has a bounded number of requests open, and holds up nobody', async () => {
    await start({ delivery: { concurrency: 8, timeoutMs: 15_000 } });
    const [hung, other] = [await service.customer(), await service.customer()];
    const tarpit = await recordingReceiver('never');
    const quick = await recordingReceiver();
    await hung.endpoint(tarpit.url);
    await other.endpoint(quick.url);
    await Promise.all(Array.from({ length: 100 }, () => hung.emit()));
    await tarpit.arrivals(4, 10_000);
    for (let round = 1; round <= 10; round += 1) await other.emit();
    // Each attempt at the tarpit takes 15 seconds; nobody waits for one of them.
    await quick.arrivals(10, 10_000);
    // At most those that began together, before it was known that there is no answer.
    expect(tarpit.requests.length).toBeLessThanOrEqual(16);
  });

  it('what an endpoint cannot take now comes back without being read', async () => {
    const load = jest.spyOn(DeliveryRepository.prototype, 'load');
    const comeBack = jest.spyOn(DeliveryQueue.prototype, 'addTogether');
    try {
      await start({ delivery: { concurrency: 8, timeoutMs: 30_000 } });
      const customer = await service.customer();
      const tarpit = await recordingReceiver('never');
      await customer.endpoint(tarpit.url);
      await Promise.all(Array.from({ length: 100 }, () => customer.emit()));
      const cameBack = (): number => comeBack.mock.calls.reduce((sum, [rows]) => sum + rows.length, 0);
      await waitFor('what is held up to come back again and again', () => cameBack() > 200, 30_000);
      expect(load.mock.calls.reduce((sum, [ids]) => sum + ids.length, 0)).toBeLessThanOrEqual(100);
    } finally {
      load.mockRestore();
      comeBack.mockRestore();
    }
  });

  it('an endpoint that fails now and then is not held up for it', async () => {
    await start({ delivery: { concurrency: 4, timeoutMs: 15_000 } });
    const customer = await service.customer();
    const receiver = await recordingReceiver((_, index) => (index % 6 === 0 ? 500 : 200));
    await customer.endpoint(receiver.url);
    await Promise.all(Array.from({ length: 60 }, () => customer.emit()));
    await waitFor('every first attempt', () => new Set(receiver.ids()).size === 60, 30_000);
    // What is held up where attempts fail waits for five seconds at least.
    const arrivals = receiver.requests.map(({ arrivedAt }) => arrivedAt);
    expect(arrivals.at(-1)! - arrivals[0]!).toBeLessThan(5_000);
  });

  it('a flood of emits waits in PostgreSQL, not in the queue: there, each endpoint has its window', async () => {
    await start({ role: 'api', delivery: { window: 50 } });
    const customer = await service.customer();
    await customer.endpoint('http://127.0.0.1:9/hook');
    const data = { conversationId: 'c', messageId: 'm', content: 'x', timestamp: new Date(0) };
    const emits = Array.from({ length: 2_000 }, () =>
      service.webhooks.triggerWebhook(customer.id, 'message.received', data),
    );
    expect(new Set((await Promise.all(emits)).flatMap(({ eventIds }) => eventIds)).size).toBe(2_000);
    const [row] = await service.sql<{ queued: number; held: number }>(
      `SELECT count(*) FILTER (WHERE "enqueueAfter" IS NOT NULL)::int AS queued,
              count(*) FILTER (WHERE "enqueueAfter" IS NULL)::int AS held FROM webhooks."WebhookEvent"`,
    );
    expect(row).toEqual({ queued: 50, held: 1_950 });
    const inJobs = await waitFor('the jobs', () =>
      withQueue(service, async (queue) => {
        const jobs = await queue.getWaiting();
        const count = jobs.reduce((sum, job) => sum + deliveriesOf(job), 0);
        return count > 0 && count;
      }),
    );
    expect(inJobs).toBeLessThanOrEqual(50);
  });
});

/** No attempt fails because the machine is busy. */
const PATIENT_MS = 15_000;

describeEachBackend('deliveries that share a job', (backend) => {
  let service: TestService;
  const start = async (overrides: ServiceOverrides = {}): Promise<TestService> =>
    startService({ redisUrl: backend.redisUrl, ...overrides });
  afterEach(async () => {
    await closeReceivers();
    await service.stop();
  });
  const emitInTurn = async (customer: TestCustomer, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let made = 0; made < count; made += 1) ids.push(...(await customer.emit()).eventIds);
    return ids;
  };
  const emitTogether = async (customerId: string, count: number): Promise<string[]> => {
    const data = { conversationId: 'c', messageId: 'm', content: 'x', timestamp: new Date(0) };
    const emits = Array.from({ length: count }, () =>
      service.webhooks.triggerWebhook(customerId, 'message.sent', data),
    );
    return (await Promise.all(emits)).flatMap(({ eventIds }) => eventIds);
  };

  it.each([
    ['together', (customer: TestCustomer) => emitTogether(customer.id, 100)],
    ['one after the other', (customer: TestCustomer) => emitInTurn(customer, 100)],
  ])('come %s, stay in few jobs while their endpoint is held up, and all arrive once it answers', async (_, emit) => {
    service = await start({ delivery: { concurrency: 4, timeoutMs: 30_000 } });
    const customer = await service.customer();
    let answer = (): void => undefined;
    const answers = new Promise<number>((resolve) => (answer = () => resolve(200)));
    const receiver = await recordingReceiver(() => answers);
    await customer.endpoint(receiver.url);
    const ids = await emit(customer);
    await withQueue(service, async (queue) => {
      const heldUp = await waitFor(
        'what is held up',
        async () => {
          const jobs = await queue.getDelayed();
          return jobs.reduce((sum, job) => sum + deliveriesOf(job), 0) > 50 && jobs;
        },
        20_000,
      );
      expect(heldUp.length).toBeLessThan(25);
    });
    answer();
    await receiver.arrivals(ids.length, 60_000);
    await Promise.all(ids.map((id) => service.settled(id)));
    expect(receiver.ids().toSorted()).toEqual(ids.toSorted());
  });

  it('fail, are tried again and succeed each by itself', async () => {
    service = await start();
    const customer = await service.customer();
    const seen = new Map<string, number>();
    const receiver = await recordingReceiver(({ headers }) => {
      const id = String(headers['x-webhook-id']);
      seen.set(id, (seen.get(id) ?? 0) + 1);
      // By its last digit: never, at the second attempt, or at once.
      if (/[0-4]$/.test(id)) return 500;
      return /[5-9]$/.test(id) && seen.get(id) === 1 ? 503 : 200;
    });
    await customer.endpoint(receiver.url);
    const ids = await emitTogether(customer.id, 60);
    for (const id of ids) {
      const [status, attempts] = /[0-4]$/.test(id) ? ['FAILED', 3] : ['SENT', /[5-9]$/.test(id) ? 2 : 1];
      expect(await service.settled(id, 20_000)).toMatchObject({ status, attempts });
      expect(seen.get(id)).toBe(attempts);
    }
    await withQueue(service, queueIsEmpty);
  });

  it('that waited longer than their lease are delivered once, although the sweep gave them jobs of their own', async () => {
    service = await start({ role: 'api', delivery: { leaseMs: 300 } });
    const customer = await service.customer();
    const receiver = await recordingReceiver(() => new Promise((resolve) => setTimeout(() => resolve(200), 20)));
    await customer.endpoint(receiver.url);
    const ids = await emitTogether(customer.id, 40);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const delivery = { leaseMs: 300, timeoutMs: PATIENT_MS };
    const overrides = { redisUrl: backend.redisUrl, database: service.database, delivery };
    const workers = await Promise.all([1, 2].map(() => startService({ ...overrides, role: 'worker' })));
    for (const id of ids) expect(await service.settled(id, 20_000)).toMatchObject({ status: 'SENT', attempts: 1 });
    await withQueue(service, queueIsEmpty);
    await Promise.all(workers.map((worker) => worker.close()));
    expect(receiver.ids().sort()).toEqual([...ids].sort());
  });

  it('and were not begun when the service stops are taken over by another', async () => {
    service = await start({ delivery: { concurrency: 1, timeoutMs: PATIENT_MS } });
    const customer = await service.customer();
    const receiver = await recordingReceiver(() => new Promise((resolve) => setTimeout(() => resolve(200), 100)));
    await customer.endpoint(receiver.url);
    const ids = await emitTogether(customer.id, 40);
    await receiver.arrivals(2);
    await service.app.close();
    service = await start({ database: service.database, delivery: { timeoutMs: PATIENT_MS } });
    for (const id of ids) expect(await service.settled(id, 20_000)).toMatchObject({ status: 'SENT', attempts: 1 });
    expect(receiver.ids().sort()).toEqual([...ids].sort());
  });
});

import { describeEachBackend } from '../../support/backends';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

describeEachBackend('while the database is away', (backend) => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.url);
    service = await startService({
      redisUrl: backend.redisUrl,
      database,
      databaseUrl: proxy.url,
      delivery: { leaseMs: 1_500, reconcileIntervalMs: 100 },
    });
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(async () => {
    await service.stop();
    await proxy.close();
    await database.drop();
  });

  const worksAgain = () =>
    waitFor('an answer', async () => (await customer.request('get', '/me')).status === 200, 15_000);

  it('[key 14] every request is a 503 problem that may be tried again: never a 500, and nobody is let in', async () => {
    await customer.endpoint('https://hooks.example.com/in');
    const before = await service.rowCounts();
    const unknownKey = `sk_${'A'.repeat(43)}`;
    await proxy.cut();
    try {
      for (const [method, path, sent] of [
        ['get', '/me'],
        ['get', '/api-keys'],
        ['post', '/api-keys', { name: 'x', permissions: ['*'] }],
        ['get', '/webhook-events'],
        ['post', '/webhook-events', { event: 'message.sent', data: {} }],
        ['post', '/webhook-endpoints', { url: 'https://example.com' }],
      ] as const) {
        for (const key of [customer.key, unknownKey]) {
          const { status, headers, body } = await service.request(method, path, sent).set('X-API-Key', key);
          expect([method, path, status, body.code]).toEqual([method, path, 503, 'database_unavailable']);
          expect(headers['content-type']).toMatch('application/problem+json');
          expect(headers['retry-after']).toBe('1');
          expect(JSON.stringify(body)).not.toMatch(/prisma|127\.0\.0\.1|ECONN/i);
        }
      }
      const emit = service.webhooks.triggerWebhook(customer.id, 'chatbot.created', { chatbotId: 'c', timestamp: '' });
      await expect(emit).rejects.toThrow();
      expect((await service.request('get', '/me').set('X-API-Key', 'malformed')).status).toBe(401);
    } finally {
      await proxy.mend();
    }
    await worksAgain();
    expect(await service.rowCounts()).toEqual(before);
    await service.request('get', '/me').set('X-API-Key', unknownKey).expect(401);
  });

  it('many emits at once: each is answered, and exactly what was accepted is delivered', async () => {
    const receiver = await recordingReceiver();
    const tenant = await service.customer();
    await tenant.endpoint(receiver.url);
    const emits: Promise<string[] | null>[] = [];
    const emit = async (count: number): Promise<string[] | null> => {
      const answer = await tenant.request('post', '/webhook-events', { event: 'message.sent', data: { count } });
      expect([202, 503]).toContain(answer.status);
      return answer.status === 202 ? (answer.body as { eventIds: string[] }).eventIds : null;
    };
    for (let count = 0; count < 120; count += 1) {
      emits.push(emit(count));
      if (count === 40) await receiver.arrivals(1).then(() => proxy.cut());
      if (count === 80) await Promise.all(emits).then(() => proxy.mend());
      if (count % 10 === 0) await new Promise(setImmediate);
    }
    const answers = await Promise.all(emits);
    await worksAgain();
    const accepted = answers.flatMap((ids) => ids ?? []);
    expect(accepted.length).toBeGreaterThan(0);
    expect(answers).toContain(null);
    for (const id of accepted) expect(await service.settled(id, 30_000)).toMatchObject({ status: 'SENT' });
    for (const id of accepted) expect(receiver.ids()).toContain(id);
  });

  it('an attempt whose result could not be written down is made again, under the same number', async () => {
    let answer: (() => void) | undefined;
    const answered = new Promise<200>((resolve) => (answer = () => resolve(200)));
    const receiver = await recordingReceiver((_, index) => (index === 0 ? answered : 200));
    const tenant = await service.customer();
    await tenant.endpoint(receiver.url);
    const [id] = (await tenant.emit()).eventIds;
    await receiver.arrivals(1);
    await proxy.cut();
    answer?.();
    await waitFor('the worker notices', () =>
      service.logs.some((line) => line.includes('DeliveryWorker') || line.includes('sweep failed')),
    );
    await proxy.mend();
    expect(await service.settled(id!, 30_000)).toMatchObject({ status: 'SENT', attempts: 1 });
    expect(new Set(receiver.requests.map(({ headers }) => headers['x-webhook-attempt']))).toEqual(new Set(['1']));
    expect(new Set(receiver.ids())).toEqual(new Set([id]));
  });

  it('says so now and then, not with every look and every job', async () => {
    const before = service.logs.length;
    await proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await proxy.mend();
    await worksAgain();
    const lines = service.logs.slice(before);
    for (const source of ['Reconciler', 'ReplayRunner', 'DeliveryWorker', 'DeliveryQueue', 'Admission']) {
      expect(lines.filter((line) => line.endsWith(source)).length).toBeLessThanOrEqual(1);
    }
  });

  it('connections that the server ends cost nothing but, at most, a 503', async () => {
    for (let times = 0; times < 5; times += 1) {
      const calls = Array.from({ length: 10 }, () => customer.request('get', '/api-keys'));
      const ended = service.sql(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      const answers = await Promise.all(calls);
      await ended.catch(() => undefined);
      for (const { status } of answers) expect([200, 503]).toContain(status);
    }
    await worksAgain();
  });

  // The last one: the service is gone after it.
  it('the service stops when it is told to', async () => {
    await customer.request('get', '/me').expect(200);
    await proxy.cut();
    const start = performance.now();
    await service.app.close();
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

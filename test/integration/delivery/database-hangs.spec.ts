import { createTestDatabase, type TestDatabase } from '../../support/database';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

const QUERY_TIMEOUT_MS = 1_500;

describe('a database that hangs: connections stay open, and nothing comes', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.url);
    service = await startService({
      database,
      databaseUrl: proxy.url,
      databaseQueryTimeoutMs: QUERY_TIMEOUT_MS,
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

  it('answers 503 after a time, and delivers what was accepted before and after', async () => {
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const before = await customer.emit();
    proxy.blackhole();
    const startedAt = performance.now();
    const answers = await Promise.all(
      (['/me', '/webhook-events'] as const).map((path) => customer.request('get', path)),
    );
    expect(answers.map(({ status, body }) => ({ status, code: (body as { code: string }).code }))).toEqual(
      Array(2).fill({ status: 503, code: 'database_unavailable' }),
    );
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await proxy.cut();
    await proxy.mend();
    await waitFor('an answer', async () => (await customer.request('get', '/me')).status === 200, 20_000);
    const after = await customer.emit();
    for (const id of [...before.eventIds, ...after.eventIds]) {
      expect(await service.settled(id, 30_000)).toMatchObject({ status: 'SENT' });
    }
  });
});

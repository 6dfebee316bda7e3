import { HealthModule } from '../../../src/health/health.module';
import { DiagnosisService } from '../../../src/webhooks/delivery/diagnosis.service';
import { startTcpProxy } from '../../support/tcp-proxy';
import { createTestDatabase } from '../../support/database';
import { startService, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

const host = (maxLagMs: number, isEmbedded = false) => ({ imports: [HealthModule.for({ maxLagMs, isEmbedded })] });

async function emitToNobody(service: TestService): Promise<void> {
  const customer = await service.customer();
  const { id } = await customer.endpoint('http://127.0.0.1:9/never');
  await customer.request('patch', `/webhook-endpoints/${id}`, { isActive: false });
  await customer.emit();
}

/** The delivery's job was lost an hour ago. Said before each look: a sweep that begins late finds it and gives it a job. */
const loseJob = (service: TestService): Promise<unknown> =>
  service.sql(
    `UPDATE webhooks."WebhookEvent" SET "enqueueAfter" = now() - interval '1 hour', "nextAttemptAt" = now() - interval '1 hour'`,
  );

describe('GET /health/ready', () => {
  let service: TestService;
  afterEach(() => service.stop());

  const idle = { reconcileIntervalMs: 3_600_000 };

  it('names every check and its state', async () => {
    service = await startService({ host: host(1_000) });
    const { body } = await service.request('get', '/health/ready').expect(200);
    const up = { status: 'up' };
    const info = { service: up, database: up, queue: up, migrations: up, reconciler: { ...up, lagSeconds: 0 } };
    expect(body).toEqual({ status: 'ok', info, error: {}, details: info });
    await service.request('get', '/health/live').expect(200, { status: 'ok' });
  });

  it('says that deliveries have lost their jobs, and what to do', async () => {
    service = await startService({ host: host(60_000), delivery: idle });
    await emitToNobody(service);
    const { body } = await waitFor('it is not ready', async () => {
      await loseJob(service);
      const answer = await service.request('get', '/health/ready');
      return answer.status === 503 && answer;
    });
    expect(body).toMatchObject({
      status: 'error',
      error: {
        reconciler: {
          status: 'down',
          message: expect.stringContaining('READY_MAX_LAG_MS (60000)'),
          action: expect.stringContaining('sweep failed'),
          lagSeconds: expect.any(Number),
        },
      },
    });
    expect(Object.keys(body.error as object)).toEqual(['reconciler']);
    expect(body.error.reconciler.lagSeconds).toBeGreaterThanOrEqual(3_600);
  });

  it.each([
    ['only serves the API: it can take events in', { role: 'api' as const, delivery: idle }, 60_000],
    ['has no limit', { delivery: idle }, 0],
  ])('shows how far the reconciler is behind, and is ready, where the process %s', async (_, options, maxLagMs) => {
    service = await startService({ ...options, host: host(maxLagMs) });
    await emitToNobody(service);
    await waitFor('the lag is shown', async () => {
      await loseJob(service);
      const { body } = await service.request('get', '/health/ready').expect(200);
      return body.info.reconciler.lagSeconds >= 3_600;
    });
  });

  it('says which migrations are missing', async () => {
    service = await startService({ host: host(0) });
    const [{ name } = { name: '' }] = await service.sql<{ name: string }>(
      `DELETE FROM webhooks._prisma_migrations WHERE migration_name =
         (SELECT max(migration_name) FROM webhooks._prisma_migrations) RETURNING migration_name AS name`,
    );
    const { body } = await service.request('get', '/health/ready').expect(503);
    expect(body.error).toEqual({
      migrations: { status: 'down', message: expect.any(String), action: expect.any(String), pending: [name] },
    });
  });

  it.each([
    ['of the user’s own', false, /^Start PostgreSQL, or correct DATABASE_URL\./],
    ['embedded', true, /^(?!.*DATABASE_URL).*server\.log/],
  ])(
    'says that a database, %s, does not answer, within some seconds, also when it hangs',
    async (_, isEmbedded, action) => {
      const database = await createTestDatabase();
      const proxy = await startTcpProxy(database.url);
      service = await startService({ host: host(0, isEmbedded), database, databaseUrl: proxy.url });
      try {
        proxy.blackhole();
        const startedAt = performance.now();
        const { body } = await service.request('get', '/health/ready').expect(503);
        expect(performance.now() - startedAt).toBeLessThan(5_000);
        expect(body.error).toMatchObject({ database: { status: 'down', action: expect.stringMatching(action) } });
      } finally {
        await proxy.close();
        await service.close();
        service = { ...service, stop: () => database.drop() };
      }
    },
  );

  it('says of a queue in PostgreSQL that it does not answer, and speaks of no Redis; so does the doctor', async () => {
    const database = await createTestDatabase();
    const proxy = await startTcpProxy(database.url);
    service = await startService({ host: host(0), database, directUrl: proxy.url });
    try {
      await proxy.cut();
      const { body } = await service.request('get', '/health/ready').expect(503);
      expect(Object.keys(body.error as object)).toEqual(['queue']);
      expect(body.error.queue.action).toMatch(/^(?!.*REDIS_URL).*PostgreSQL/);
      const findings = await service.app.get(DiagnosisService).examine();
      expect(findings.find(({ check }) => check === 'queue')).toMatchObject({
        level: 'problem',
        advice: body.error.queue.action,
      });
    } finally {
      await service.close();
      await proxy.close();
      service = { ...service, stop: () => database.drop() };
    }
  });
});

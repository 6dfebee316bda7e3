import { Redis } from 'ioredis';
import { readdir } from 'node:fs/promises';
import { createTestDatabase } from '../support/database';
import { describeBackends, type Backend } from '../support/process-backends';
import { clientOf, createCustomer } from '../support/process-client';
import { queryDatabase } from '../support/process-host-app';
import { recordArrivals } from '../support/process-receiver';
import { endProcesses, makeDataDir, runCli, startService } from '../support/process-service';
import { until } from '../support/process-until';
import { closeReceivers } from '../support/receivers';

const EVENTS = 30;
/** Long enough for every first attempt to be made before. */
const RETRY_MS = 20_000;
/** Nothing comes back by itself while this test runs. */
const LEASE_MS = '120000';

interface Diagnosis {
  isWell: boolean;
  findings: { check: string; level: string; found: string; advice: string | null }[];
}

async function examine(env: Record<string, string>): Promise<Diagnosis & { code: number | null }> {
  const { code, stdout, stderr } = await runCli(['doctor', '--json'], env);
  expect(stderr).toBe('');
  return { code, ...(JSON.parse(stdout) as Diagnosis) };
}

afterEach(async () => {
  await endProcesses();
  await closeReceivers();
});

it('the doctor says that migrations are pending, and applies none', async () => {
  const database = await createTestDatabase();
  const env = { DATA_DIR: await makeDataDir(), DATABASE_URL: database.url };
  expect(await examine(env)).toMatchObject({ code: 3, isWell: false, findings: [{ check: 'migrations' }] });
  const schemas = `SELECT 1 FROM pg_namespace WHERE nspname = 'webhooks'`;
  expect(await queryDatabase(database.url, schemas)).toEqual([]);
  await database.drop();
});

it('the doctor makes no embedded database: it says that there is none, and looks at one that there is', async () => {
  const DATA_DIR = await makeDataDir();
  const { code, stdout, stderr } = await runCli(['doctor', '--json'], { DATA_DIR });
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  expect(JSON.parse(stderr).error).toEqual({
    code: 'database_unavailable',
    message: `There is no embedded database in ${DATA_DIR}: set DATABASE_URL or DATA_DIR as the service has it, or start the service once.`,
  });
  expect(await readdir(DATA_DIR)).toEqual([]);
  await createCustomer({ DATA_DIR });
  expect(await examine({ DATA_DIR })).toMatchObject({ code: 0, isWell: true });
});

describeBackends('a queue that was lost', (openBackend) => {
  let backend: Backend;

  beforeEach(async () => {
    backend = await openBackend();
  });
  afterEach(async () => {
    await endProcesses();
    await backend.drop();
  });

  it('is noticed by the doctor, and rebuilt on request: retries at their time, with their attempt number', async () => {
    const env = { DATA_DIR: await makeDataDir(), ...backend.env, WEBHOOK_LEASE_MS: LEASE_MS };
    const service = await startService(env);
    const { apiKey } = await createCustomer(env);
    const client = clientOf(service.url, apiKey.key);
    const receiver = await recordArrivals(({ attempt }) => (attempt === 1 ? 500 : 200));
    const retryPolicy = { attempts: 2, schedule: { type: 'list', delaysMs: [RETRY_MS] } };
    await client.post('/webhook-endpoints', { url: receiver.url, events: ['message.sent'], retryPolicy });
    const emits = Array.from({ length: EVENTS }, () =>
      client.post('/webhook-events', { event: 'message.sent', data: {} }),
    );
    const ids = (await Promise.all(emits)).map(({ body }) => (body.eventIds as [string])[0]);
    // An attempt is recorded before its retry is handed to the queue: rows alone do not tell that the jobs are there.
    await until('all wait for their second attempt, each with its job', 20_000, async () => {
      const sql = `SELECT 1 FROM webhooks."WebhookEvent" WHERE attempts = 1 AND status = 'PENDING'`;
      if ((await queryDatabase(backend.databaseUrl, sql)).length < EVENTS) return false;
      const queue = (await examine(env)).findings.find(({ check }) => check === 'queue');
      return queue?.found === `${EVENTS} jobs for ${EVENTS} deliveries that should have one`;
    });
    await loseQueue(backend);

    const sick = await examine(env);
    expect(sick).toMatchObject({ code: 3, isWell: false });
    expect(sick.findings.filter(({ level }) => level === 'problem')).toMatchObject([
      { check: 'queue', found: `0 jobs for ${EVENTS} deliveries that should have one` },
    ]);
    const rebuilt = await runCli(['queue', 'rebuild', '--per-second', '100', '--json'], env);
    expect(rebuilt).toMatchObject({ code: 0, stdout: `{"total":${EVENTS},"handedOver":${EVENTS}}\n`, stderr: '' });

    for (const id of ids) expect(await client.settled(id, 60_000)).toMatchObject({ status: 'SENT', attempts: 2 });
    expect(receiver.arrivals).toHaveLength(2 * EVENTS);
    for (const id of ids) {
      const [first, second] = receiver.arrivals.filter((arrival) => arrival.id === id);
      expect([first!.attempt, second!.attempt]).toEqual([1, 2]);
      expect(second!.at - first!.at).toBeGreaterThan(RETRY_MS - 100);
    }
    expect(await examine(env)).toMatchObject({ code: 0, isWell: true });
  });
});

it('the doctor tells what is held and why, and which secrets cannot be read', async () => {
  const database = await createTestDatabase();
  const key = Buffer.alloc(32, 7).toString('base64');
  const env = { DATA_DIR: await makeDataDir(), DATABASE_URL: database.url, SECRETS_KEY: key };
  const service = await startService(env);
  const { apiKey } = await createCustomer(env);
  const client = clientOf(service.url, apiKey.key);
  const receiver = await recordArrivals();
  const { body: endpoint } = await client.post('/webhook-endpoints', { url: receiver.url });
  await queryDatabase(database.url, `UPDATE webhooks."WebhookEndpoint" SET state = 'paused'`);
  await client.post('/webhook-events', { event: 'message.sent', data: {} });
  const held = await examine(env);
  expect(held).toMatchObject({ code: 0, isWell: true });
  expect(held.findings.find(({ check }) => check === 'held')).toMatchObject({
    level: 'warning',
    found: expect.stringContaining('1 delivery of 1 endpoint (paused) is held: endpoint paused'),
    advice: expect.stringContaining('"isActive": true'),
  });
  const other = await examine({ ...env, SECRETS_KEY: Buffer.alloc(32, 8).toString('base64') });
  expect(other).toMatchObject({ code: 3, isWell: false });
  expect(other.findings.find(({ check }) => check === 'secrets')).toMatchObject({
    level: 'problem',
    details: [endpoint.id],
  });
  const { stdout } = await runCli(['doctor'], env);
  expect(stdout).toMatch(/^ok {7}migrations: 0 migrations are pending$/m);
  expect(stdout).toMatch(/^WARNING {2}held: /m);
  await endProcesses();
  await database.drop();
});

async function loseQueue({ redisUrl, databaseUrl, env }: Backend): Promise<void> {
  if (redisUrl === undefined) {
    await queryDatabase(databaseUrl, 'TRUNCATE webhooks_queue.job CASCADE');
    return;
  }
  const redis = new Redis(redisUrl);
  for (const key of await redis.keys(`${env['QUEUE_PREFIX']}:*`)) await redis.del(key);
  redis.disconnect();
}

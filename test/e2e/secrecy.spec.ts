import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describeBackends, type Backend } from '../support/process-backends';
import { call, clientOf, createCustomer } from '../support/process-client';
import { recordArrivals } from '../support/process-receiver';
import { endProcesses, makeDataDir, startService, stop, type Service } from '../support/process-service';
import { closeReceivers } from '../support/receivers';

/** In every payload, also of requests that are refused. */
const MARKER = 'payload-marker-7f3a';
/** In the URL of an endpoint: customers put tokens there. */
const URL_TOKEN = 'url-token-91bc';

describeBackends('what a run writes down', (openBackend) => {
  let backend: Backend;

  beforeEach(async () => {
    backend = await openBackend();
  });

  afterEach(async () => {
    await endProcesses();
    await closeReceivers();
    await backend.drop();
  });

  it('holds no key and no secret, and payloads only in their table', async () => {
    const env = { DATA_DIR: await makeDataDir(), ...backend.env };
    const service = await startService({ ...env, LOG_LEVEL: 'trace' });
    const { apiKey } = await createCustomer(env);
    const secrets = [apiKey.key, ...(await useEverything(service, apiKey.key))];
    secrets.push(...Object.values(JSON.parse(await readFile(join(env.DATA_DIR, 'secrets.json'), 'utf8')) as object));
    // The job of a delivery that fails waits in the queue: this is what the queue holds.
    const queue = await queueContent(backend);
    expect(queue).toMatch(/eventId/);
    const tables = await tablesOf(backend);
    await stop(service);

    const logs = service.output.stdout + service.output.stderr;
    expect(logs).toMatch(/attempt/);
    const password = new URL(backend.databaseUrl).password;
    for (const secret of [...secrets, password]) {
      expect(logs).not.toContain(secret);
      expect(queue).not.toContain(secret);
      for (const [name, rows] of tables) expect(`${name}: ${rows}`).not.toContain(secret);
    }
    for (const text of [logs, queue]) {
      expect(text).not.toContain(MARKER);
      expect(text).not.toContain(URL_TOKEN);
    }
    const holders = [...tables].filter(([, rows]) => rows.includes(MARKER)).map(([name]) => name);
    expect(holders).toEqual(['webhooks.WebhookEvent']);
  });
});

/** Uses the API in right and wrong ways; the answer is every secret that it gave out. */
async function useEverything({ url }: Service, key: string): Promise<string[]> {
  const client = clientOf(url, key);
  const second = await client.post('/api-keys', { name: 'second', permissions: [] });
  const [right, broken] = [await recordArrivals(), await recordArrivals(() => 500)];
  const rightEndpoint = await client.post('/webhook-endpoints', { url: `${right.url}?token=${URL_TOKEN}` });
  const brokenEndpoint = await client.post('/webhook-endpoints', { url: `${broken.url}?token=${URL_TOKEN}` });
  const data = { text: MARKER };

  const answers = [
    await client.post('/webhook-events', { event: 'message.sent', data }),
    await client.post('/webhook-events', { event: MARKER, data }),
    await client.post('/webhook-events', { event: 'message.sent', data, [MARKER]: 1 }),
    await client.post('/webhook-events', `{"event":"message.sent","data":{"text":"${MARKER}"`),
    await client.post('/webhook-endpoints', { url: `ftp://example.com/${URL_TOKEN}` }),
    await call('POST', `${url}/webhook-events`, second.body.key, { event: 'message.sent', data }),
    await call('POST', `${url}/webhook-events`, `${key}x`, { event: 'message.sent', data }),
    await call('GET', `${url}/webhook-events/${MARKER}`, key),
    await call('GET', `${url}/${MARKER}?key=${key}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([202, 422, 400, 400, 400, 403, 401, 400, 404]);
  await right.expectArrivals(1);
  await broken.expectArrivals(1);
  const given = [second.body.key, rightEndpoint.body.secret, brokenEndpoint.body.secret] as [string, string, string];
  return given.map((secret) => secret.replace(/^whsec_/, ''));
}

/** Every row of every table, as text, by the table's name. */
async function tablesOf({ databaseUrl }: Backend): Promise<Map<string, string>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const content = new Map<string, string>();
    for (const { schema, name } of tables) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM "${schema}"."${name}" t`);
      content.set(`${schema}.${name}`, rows.map(({ text }) => text).join('\n'));
    }
    expect(content.get('webhooks.APIKey')).toBeDefined();
    return content;
  } finally {
    await client.end();
  }
}

/** All that the queue holds, as text. */
async function queueContent(backend: Backend): Promise<string> {
  if (backend.redisUrl === undefined) {
    const tables = await tablesOf(backend);
    return [...tables].flatMap(([name, rows]) => (name.startsWith('webhooks_queue.') ? [rows] : [])).join('\n');
  }
  const redis = new Redis(backend.redisUrl);
  try {
    const keys = await redis.keys(`${backend.env['QUEUE_PREFIX']}:*`);
    const values = keys.map(async (key) => `${key} ${JSON.stringify(await valueOf(redis, key))}`);
    return (await Promise.all(values)).join('\n');
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'zset':
      return redis.zrange(key, '0', '-1');
    case 'set':
      return redis.smembers(key);
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      return redis.get(key);
  }
}

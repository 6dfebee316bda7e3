import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describeBackends, type Backend } from '../support/process-backends';
import { hasOpenssl, issue, makeAuthority } from '../support/certificates';
import { call, clientOf, createCustomer, type Client as ApiClient } from '../support/process-client';
import { recordArrivals } from '../support/process-receiver';
import { endProcesses, makeDataDir, runCli, startService, stop, type Service } from '../support/process-service';
import { closeReceivers } from '../support/receivers';

/** In every payload, also of requests that are refused. */
const MARKER = 'payload-marker-7f3a';
/** In the URL of an endpoint: customers put tokens there. */
const URL_TOKEN = 'url-token-91bc';
/** In the value of a header that a customer adds. */
const HEADER_TOKEN = 'header-token-5d02';
const OPERATOR_TOKEN = 'operator-token-of-this-run-0123456789';

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
    const env = { DATA_DIR: await makeDataDir(), ...backend.env, OPERATOR_TOKEN };
    const service = await startService({ ...env, LOG_LEVEL: 'trace', QUEUE_BOARD: 'true' });
    const { customerId, apiKey } = await createCustomer(env);
    const secrets = [apiKey.key, OPERATOR_TOKEN, ...(await useEverything(service, apiKey.key))];
    secrets.push(await useToken(service, env, customerId), ...(await rotateEverything(service, apiKey)));
    await actAsOperator(service);
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
    // More than nothing of each was looked for.
    for (const secret of secrets) expect(secret.length).toBeGreaterThan(10);
    for (const text of [logs, queue]) {
      for (const marker of [MARKER, URL_TOKEN]) expect(text).not.toContain(marker);
    }
    const holders = [...tables].filter(([, rows]) => rows.includes(MARKER)).map(([name]) => name);
    expect(holders).toEqual(['webhooks.WebhookEvent']);
  });
});

/** A platform user's token, used in right and wrong ways. */
async function useToken({ url }: Service, env: Record<string, string>, customerId: string): Promise<string> {
  const { stdout } = await runCli(['token', '--customer', customerId, '--json'], env);
  const { token } = JSON.parse(stdout) as { token: string };
  expect((await call('GET', `${url}/api-keys`, token)).status).toBe(200);
  expect((await call('GET', `${url}/api-keys`, `${token}x`)).status).toBe(401);
  expect((await call('GET', `${url}/api-keys?token=${token}`)).status).toBe(401);
  return token;
}

/** Rotates a key and an endpoint's secret, gives an endpoint headers and certificates; the answer is what is secret. */
async function rotateEverything({ url }: Service, { key }: { key: string }): Promise<string[]> {
  const client = clientOf(url, key);
  const receiver = await recordArrivals();
  const old = await client.post('/api-keys', { name: 'old', permissions: ['webhook-events:publish'] });
  const rotated = await client.post(`/api-keys/${old.body.id}/rotate`, { gracePeriodSeconds: 3_600 });
  expect(rotated.status).toBe(201);
  const headers = { Authorization: `Bearer ${HEADER_TOKEN}` };
  const endpoint = await client.post('/webhook-endpoints', { url: receiver.url, events: ['chatbot.created'], headers });
  expect(endpoint.status).toBe(201);
  const signed = await client.post(`/webhook-endpoints/${endpoint.body.id}/rotate-secret`, {});
  expect(signed.status).toBe(200);
  const emitted = await call('POST', `${url}/webhook-events`, rotated.body.key as string, {
    event: 'chatbot.created',
    data: { chatbotId: 'b', timestamp: '2026-01-01T00:00:00Z' },
  });
  expect(emitted.status).toBe(202);
  await receiver.expectArrivals(1);
  const secrets = [old.body.key, rotated.body.key, endpoint.body.secret, signed.body.secret] as string[];
  return [...secrets.map((secret) => secret.replace(/^whsec_/, '')), HEADER_TOKEN, ...(await useClientKey(client))];
}

/** An endpoint with a client certificate; the answer is the lines of its private key. */
async function useClientKey(client: ApiClient): Promise<string[]> {
  if (!hasOpenssl) return [];
  const { cert, key } = issue(makeAuthority('authority'), 'client');
  const tls = { clientCertificate: cert, clientKey: key };
  const created = await client.post('/webhook-endpoints', {
    url: 'https://127.0.0.1:9/',
    events: ['chatbot.created'],
    tls,
  });
  expect(created.status).toBe(201);
  const refused = await client.post('/webhook-endpoints', { url: 'http://127.0.0.1:9/', tls });
  expect(refused.status).toBe(400);
  return key.split('\n').filter((line) => line.length > 40);
}

/** With the operator's token, as a bearer token and as the board's password, right and wrong. */
async function actAsOperator({ url }: Service): Promise<void> {
  const board = (password: string): Promise<Response> => {
    const authorization = `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`;
    return fetch(`${url}/queues/api/queues`, { headers: { authorization } });
  };
  expect((await board(OPERATOR_TOKEN)).status).toBe(200);
  expect((await board(`${OPERATOR_TOKEN}x`)).status).toBe(401);
  const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } });
  expect(metrics.status).toBe(200);
  expect(await metrics.text()).not.toMatch(/sk_|whsec_|customer-|http:/);
  const mistaken = await fetch(`${url}/me`, { headers: { 'X-Request-Id': `sk_${'A'.repeat(43)}` } });
  expect(mistaken.headers.get('x-request-id')).not.toMatch(/sk_/);
}

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

import type { TestDatabase } from '../support/database';
import { call, clientOf, type Answer } from '../support/process-client';
import { createHostDatabase, queryDatabase, startHost, type Platform } from '../support/process-host-app';
import { recordArrivals, type Recorder } from '../support/process-receiver';
import { endProcesses, type Service } from '../support/process-service';
import { closeReceivers } from '../support/receivers';

interface Account {
  customerId: string;
  userId: string;
  key: string;
}

const UNKNOWN_KEY = `sk_${'A'.repeat(43)}`;

describe.each<Platform>(['express', 'fastify'])('the module in another Nest application, on %s', (platform) => {
  let database: TestDatabase;
  let host: Service;

  beforeAll(async () => {
    database = await createHostDatabase();
    host = await startHost(platform, { DATABASE_URL: database.url });
  });

  afterAll(async () => {
    await endProcesses();
    await closeReceivers();
    await database.drop();
  });

  let accounts = 0;

  /** A customer of the host's, and an API key for it. */
  async function newAccount(...permissions: string[]): Promise<Account> {
    const id = `cus_${++accounts}`;
    const account = { id, email: `${id}@example.com`, company: `Company ${accounts}`, permissions };
    const { status, body } = await call('POST', `${host.url}/accounts`, undefined, account);
    expect(status).toBe(201);
    return body as Account;
  }

  const send = (credential: string | undefined, body: unknown = { content: 'Hello!' }): Promise<Answer> =>
    call('POST', `${host.url}/messages`, credential, body);

  it('admits a key to a route of the host’s, says who it is, and delivers what the host emits', async () => {
    const { customerId, userId, key } = await newAccount('messages:*', 'webhook-endpoints:*', 'webhook-events:read');
    const { status, body: first } = await send(key);
    expect(status).toBe(201);
    expect(first.sender).toEqual({
      user: { id: userId, createdAt: expect.any(String) },
      customer: { id: customerId, userId, name: expect.stringMatching(/^Company /), createdAt: expect.any(String) },
      apiKey: {
        id: expect.any(String),
        name: 'from the host',
        permissions: ['messages:*', 'webhook-endpoints:*', 'webhook-events:read'],
        isActive: true,
        preview: expect.stringMatching(/^sk_…[\w-]{4}$/),
        labels: {},
        deactivatedReason: null,
        expiresAt: null,
        allowedCidrs: [],
        rateLimit: null,
        isCanary: false,
        successorId: null,
        rotatedAt: null,
        lastUsedAt: null,
        lastUsedIp: null,
        lastUsedUserAgent: null,
        createdAt: expect.any(String),
      },
    });

    const receiver = await recordArrivals();
    const client = clientOf(host.url, key);
    const endpoint = await client.post('/webhook-endpoints', { url: receiver.url });
    expect(endpoint).toMatchObject({ status: 201, body: { isActive: true } });
    const { body } = await send(key);
    const [arrival] = await receiver.expectArrivals(1);
    expect(arrival).toMatchObject({ id: body.eventIds[0], data: { content: 'Hello!', messageId: body.messageId } });
    expect(arrival!.data['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(await client.settled(body.eventIds[0])).toMatchObject({ status: 'SENT', attempts: 1 });
  });

  it('refuses on a route of the host’s with 401 or 403, a challenge, and JSON', async () => {
    const { key } = await newAccount('messagesx:send', 'api-keys:*');
    const refusals = [await send(undefined), await send(UNKNOWN_KEY), await send(key)];
    expect(refusals.map(({ headers }) => headers.get('www-authenticate'))).toEqual([
      'Bearer realm="webhooks"',
      'Bearer realm="webhooks", error="invalid_token"',
      'Bearer realm="webhooks", error="insufficient_scope", scope="messages:send"',
    ]);
    expect(refusals).toMatchObject([
      { status: 401, body: { status: 401, code: 'credentials_missing' } },
      { status: 401, body: { status: 401, code: 'api_key_unknown' } },
      { status: 403, body: { status: 403, code: 'permission_missing' } },
    ]);
    for (const { headers } of refusals) expect(headers.get('content-type')).toMatch(/^application\/(problem\+)?json/);

    const mine = await clientOf(host.url, key).get('/api-keys');
    await clientOf(host.url, key).post(`/api-keys/${mine.body[0].id}/deactivate`, {});
    expect(await send(key)).toMatchObject({ status: 401, body: { code: 'api_key_inactive' } });
  });

  it('reads X-API-Key too, the scheme in any case, and refuses two headers that differ', async () => {
    const { key } = await newAccount('messages:send');
    const other = await newAccount('messages:send');
    const statusWith = async (headers: Record<string, string>): Promise<number> => {
      const body = JSON.stringify({ content: 'x' });
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
      return (await fetch(`${host.url}/messages`, init)).status;
    };
    expect(await statusWith({ 'x-api-key': key })).toBe(201);
    expect(await statusWith({ authorization: `bEARER ${key}` })).toBe(201);
    expect(await statusWith({ 'x-api-key': key, authorization: `Bearer ${key}` })).toBe(201);
    expect(await statusWith({ 'x-api-key': key, authorization: `Bearer ${other.key}` })).toBe(401);
  });

  it('mounts the REST API, whose errors are problems', async () => {
    const { key } = await newAccount('api-keys:*', 'webhook-endpoints:*', 'webhook-events:*');
    const client = clientOf(host.url, key);
    const created = await client.post('/api-keys', { name: 'one more' });
    expect(created).toMatchObject({ status: 201, body: { name: 'one more', permissions: [], isActive: true } });
    expect(created.headers.get('cache-control')).toBe('no-store');
    expect((await client.get('/me')).body).toMatchObject({ apiKey: { name: 'from the host' } });

    const problems = [
      await client.post('/api-keys', { name: 'x', surplus: 1 }),
      await client.post('/api-keys', { name: 'x', permissions: ['webhook-events:*', '*'] }),
      await client.get('/api-keys/not-a-uuid'),
      await client.get('/api-keys/01a20df3-be72-76f6-bbfd-85d550e6c1e6'),
      await client.get('/webhook-events?limit=0'),
      await client.post('/webhook-events', { event: 'message.lost', data: {} }),
      await client.post('/webhook-endpoints', { url: 'http://10.0.0.1/' }),
      await call('GET', `${host.url}/api-keys`),
    ];
    expect(problems.map(({ status }) => status)).toEqual([400, 403, 400, 404, 400, 422, 400, 401]);
    for (const { headers, status, body } of problems) {
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({ type: 'about:blank', status, code: expect.any(String), detail: expect.any(String) });
    }
  });

  it.each([
    ['a body that is not JSON', 'text/plain', 'hello', 415],
    ['a form', 'application/x-www-form-urlencoded', 'name=x', 415],
    ['broken JSON', 'application/json', '{"name":', 400],
    ['an array', 'application/json', '[]', 400],
    ['an empty body', 'application/json', '', 400],
  ])('refuses %s', async (_what, contentType, body, status) => {
    const { key } = await newAccount('api-keys:*');
    const headers = { 'x-api-key': key, 'content-type': contentType };
    const response = await fetch(`${host.url}/api-keys`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/json/);
  });

  it('passes on what JSON parsers are wary of', async () => {
    const { key } = await newAccount('webhook-endpoints:*', 'webhook-events:*');
    const receiver = await recordArrivals();
    const client = clientOf(host.url, key);
    await client.post('/webhook-endpoints', { url: receiver.url });
    const data = '{"__proto__":{"admin":true},"constructor":{"prototype":{"a":1}},"z":"\\u0000\\ud800"}';
    expect(await client.post('/webhook-events', `{"event":"chatbot.created","data":${data}}`)).toMatchObject({
      status: 202,
    });
    const [arrival] = await receiver.expectArrivals(1);
    expect(arrival!.body.toString()).toMatch(new RegExp(`^\\{"event":"chatbot.created","timestamp":"[^"]+","data":`));
    expect(arrival!.body.toString()).toContain(`"data":${data}}`);
    for (const field of ['__proto__', 'constructor']) {
      const refused = await client.post('/webhook-events', `{"event":"chatbot.created","data":{},"${field}":{}}`);
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    }
  });

  it('leaves the host’s own tables and answers as they are', async () => {
    const { customerId, key } = await newAccount('messages:send');
    expect((await call('GET', `${host.url}/accounts/${customerId}`)).body).toEqual({
      id: customerId,
      ownerId: expect.any(Number),
      company: expect.stringMatching(/^Company /),
      plan: 'free',
    });
    expect(await call('GET', `${host.url}/accounts/nobody`)).toMatchObject({
      status: 404,
      body: { message: 'No such account', error: 'Not Found', statusCode: 404 },
    });
    expect(await send(key, {})).toMatchObject({
      status: 400,
      body: { message: 'content is missing', error: 'Bad Request', statusCode: 400 },
    });
    const broken = await call('GET', `${host.url}/messages/broken`);
    expect(broken.body).toEqual({ statusCode: 500, message: 'Internal server error' });
    expect(broken.headers.get('content-type')).toMatch(/^application\/json/);

    const tables = await queryDatabase<{ name: string }>(
      database.url,
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    );
    expect(tables.map(({ name }) => name)).toEqual(['Customer', 'Message', 'User']);
    const [counts] = await queryDatabase<{ hosts: number; ours: number; users: number }>(
      database.url,
      `SELECT (SELECT count(*) FROM public."Customer")::int AS hosts,
              (SELECT count(*) FROM webhooks."Customer" WHERE id LIKE 'cus\\_%')::int AS ours,
              (SELECT count(*) FROM webhooks."User" WHERE id LIKE 'user-%')::int AS users`,
    );
    expect(counts).toEqual({ hosts: accounts, ours: accounts, users: accounts });
  });
});

describe.each<Platform>(['express', 'fastify'])('a host application on %s', (platform) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createHostDatabase();
  });

  afterEach(async () => {
    await endProcesses();
    await closeReceivers();
    await database.drop();
  });

  it('mounts nothing with controllers: false, and can stop in the middle of an attempt', async () => {
    const host = await startHost(platform, { DATABASE_URL: database.url, MOUNT_API: 'false' });
    const account = { id: 'cus_1', email: 'a@example.com', company: 'A', permissions: ['*'] };
    const { body } = await call('POST', `${host.url}/accounts`, undefined, account);
    const routes = ['/me', '/api-keys', '/webhook-endpoints', '/webhook-events'].map((path) =>
      call('GET', host.url + path, body.key),
    );
    expect((await Promise.all(routes)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);

    const { receiver, letGo } = await slowReceiver();
    await call('POST', `${host.url}/accounts/cus_1/endpoint`, undefined, { url: receiver.url });
    expect(await call('POST', `${host.url}/messages`, body.key, { content: 'x' })).toMatchObject({ status: 201 });
    await receiver.expectArrivals(1);
    host.kill('SIGTERM');
    letGo();
    // Nest ends the process by the signal that it has handled.
    expect(await host.exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(host.output.stderr).toBe('');
    expect(receiver.arrivals).toMatchObject([{ isAnswered: true }]);
    const rows = await queryDatabase(database.url, 'SELECT status, attempts FROM webhooks."WebhookEvent"');
    expect(rows).toEqual([{ status: 'SENT', attempts: 1 }]);
    const keys = await queryDatabase(database.url, 'SELECT "lastUsedAt" FROM webhooks."APIKey"');
    expect(keys).toEqual([{ lastUsedAt: expect.any(Date) }]);
  });
});

async function slowReceiver(): Promise<{ receiver: Recorder; letGo: () => void }> {
  const gate: { open?: () => void } = {};
  const opened = new Promise<void>((resolve) => (gate.open = resolve));
  const receiver = await recordArrivals(() => opened.then(() => 200));
  return { receiver, letGo: () => gate.open?.() };
}

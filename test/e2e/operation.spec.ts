import { describeBackends, type Backend } from '../support/process-backends';
import { call, clientOf, PLATFORM, putCustomer } from '../support/process-client';
import { recordArrivals } from '../support/process-receiver';
import {
  endProcesses,
  launch,
  launchService,
  makeDataDir,
  startService,
  stop,
  type Program,
  type Service,
} from '../support/process-service';
import { until } from '../support/process-until';
import { closeReceivers } from '../support/receivers';
import { startTcpProxy } from '../support/tcp-proxy';
import { parseMetrics, valueOf } from '../support/scrape';

const { OPERATOR_TOKEN } = PLATFORM;
const basic = (password: string, user = 'operator'): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

type Line = Record<string, unknown>;

/** The lines that were written to the end, each of which must be JSON. */
const linesOf = ({ output }: Program): Line[] =>
  output.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      if (!line.startsWith('{')) throw new Error(`This line is not JSON: ${line}`);
      return JSON.parse(line) as Line;
    });

/** The one line that was written when a request was over. */
const requestLine = (service: Service, requestId: string): Promise<Line> =>
  until(`the line of request ${requestId}`, 5_000, () =>
    Promise.resolve(linesOf(service).find((line) => line['message'] === 'request' && line['requestId'] === requestId)),
  );

describeBackends('what an operator sees', (openBackend) => {
  let backend: Backend;
  let env: Record<string, string>;

  beforeEach(async () => {
    backend = await openBackend();
    env = { DATA_DIR: await makeDataDir(), ...backend.env, ...PLATFORM, LOG_FORMAT: 'json' };
  });
  afterEach(async () => {
    await endProcesses();
    await closeReceivers();
    await backend.drop();
  });

  it('every request has an id and one line, which tells the route, who asked and what came of it', async () => {
    const service = await startService({ ...env, LOG_LEVEL: 'debug' });
    const { customerId, apiKey } = await putCustomer(service.url);
    const headers = { 'X-API-Key': apiKey.key };
    const ids: string[] = [];
    const get = async (path: string, more: Record<string, string> = {}): Promise<Response> => {
      const response = await fetch(service.url + path, { headers: { ...headers, ...more } });
      await response.text();
      ids.push(String(response.headers.get('x-request-id')));
      return response;
    };
    await get('/me', { 'X-Request-Id': 'mine-1' });
    await get('/webhook-events/0198c0de-0000-7000-8000-000000000000?secret=query-marker', { 'X-Request-Id': 'mine-2' });
    await get('/no-such-route/path-marker');
    await get('/me', { 'X-API-Key': 'sk_wrong', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` });
    await get('/health/live');
    const broken = await fetch(`${service.url}/webhook-events`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: '{',
    });
    ids.push(String(broken.headers.get('x-request-id')));
    expect(ids.slice(0, 2)).toEqual(['mine-1', 'mine-2']);
    expect(ids[3]).toBe('a'.repeat(32));
    expect(new Set(ids).size).toBe(6);

    const lines = await Promise.all(ids.map((id) => requestLine(service, id)));
    const told = lines.map(({ level, method, route, status }) => [level, method, route, status]);
    expect(told).toEqual([
      ['log', 'GET', '/me', 200],
      ['log', 'GET', '/webhook-events/:id', 404],
      ['log', 'GET', null, 404],
      ['log', 'GET', '/me', 401],
      ['debug', 'GET', '/health/live', 200],
      ['log', 'POST', null, 400],
    ]);
    expect(lines[0]).toMatchObject({
      customerId,
      apiKeyId: apiKey.id,
      durationMs: expect.any(Number),
      context: 'Http',
    });
    expect(lines[3]).toMatchObject({ customerId: null, apiKeyId: null });
    expect(service.output.stdout).not.toMatch(/query-marker|path-marker/);
  });

  it('every other line of a request has its id, also after its body was read', async () => {
    const proxy = await startTcpProxy(backend.databaseUrl);
    const service = await startService({ ...env, DATABASE_URL: proxy.url });
    const { apiKey } = await putCustomer(service.url);
    await proxy.cut();
    const response = await fetch(`${service.url}/webhook-events`, {
      method: 'POST',
      headers: { 'X-API-Key': apiKey.key, 'Content-Type': 'application/json', 'X-Request-Id': 'while-away' },
      body: JSON.stringify({ event: 'message.sent', data: {} }),
    });
    expect(response.status).toBe(503);
    await requestLine(service, 'while-away');
    const others = linesOf(service).filter(
      ({ requestId, message }) => requestId === 'while-away' && message !== 'request',
    );
    expect(others).toEqual([expect.objectContaining({ level: 'warn', message: expect.stringMatching(/^database_/) })]);
    await proxy.close();
  });

  it('metrics, of each process, for whoever has the operator’s token', async () => {
    const service = await startService({ ...env, ROLE: 'all' });
    const worker = await startService({ ...env, ROLE: 'worker' });
    const { apiKey } = await putCustomer(service.url);
    const client = clientOf(service.url, apiKey.key);
    const receiver = await recordArrivals();
    await client.post('/webhook-endpoints', { url: receiver.url });
    const { body } = await client.post('/webhook-events', { event: 'message.sent', data: {} });
    await client.settled(body.eventIds[0] as string);
    expect((await call('GET', `${service.url}/metrics`)).status).toBe(401);
    expect((await call('GET', `${service.url}/metrics`, apiKey.key)).status).toBe(401);
    const read = async ({ url }: Service): Promise<number> => {
      const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } });
      expect(response.status).toBe(200);
      const samples = parseMetrics(await response.text());
      return valueOf(samples, 'webhooks_deliveries_total', { event: 'message.sent', outcome: 'sent' }) ?? 0;
    };
    expect((await read(service)) + (await read(worker))).toBe(1);
    // Scrapes are no news.
    expect(linesOf(service).filter(({ route }) => route === '/metrics')).toEqual([]);
  });

  it('METRICS=off has no such route, METRICS=open asks for nothing', async () => {
    const [off, open] = [
      await startService({ ...env, METRICS: 'off' }),
      await startService({ ...env, METRICS: 'open', OPERATOR_TOKEN: '' }),
    ];
    expect((await call('GET', `${off.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${open.url}/metrics`)).status).toBe(200);
  });

  it('the queue board, to look at and not to change', async () => {
    const service = await startService({ ...env, QUEUE_BOARD: 'true' });
    const { apiKey } = await putCustomer(service.url);
    const client = clientOf(service.url, apiKey.key);
    const receiver = await recordArrivals(() => 500);
    await client.post('/webhook-endpoints', {
      url: receiver.url,
      retryPolicy: { attempts: 2, schedule: { type: 'list', delaysMs: [600_000] } },
    });
    const { body } = await client.post('/webhook-events', { event: 'message.sent', data: { text: 'payload-marker' } });
    await receiver.expectArrivals(1);
    const board = (path: string, authorization?: string, method = 'GET'): Promise<Response> =>
      fetch(`${service.url}/queues${path}`, { method, headers: authorization === undefined ? {} : { authorization } });

    for (const authorization of [undefined, basic('wrong'), basic(''), 'Basic !', `Bearer ${apiKey.key}`]) {
      for (const path of ['', '/', '/api/queues', '/static/images/logo.svg']) {
        const refused = await board(path, authorization);
        expect([path, authorization, refused.status]).toEqual([path, authorization, 401]);
        expect(refused.headers.get('www-authenticate')).toMatch(/^Basic realm="queue board"/);
      }
    }
    const page = await board('', basic(OPERATOR_TOKEN));
    expect(page.status).toBe(200);
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(page.headers.get('content-security-policy')).not.toMatch(/https:/);
    const scripts = [...(await page.text()).matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, path]) => path);
    expect(scripts.length).toBeGreaterThan(3);
    for (const path of scripts) expect((await board(`/${path}`, basic(OPERATOR_TOKEN))).status).toBe(200);

    const jobs = await until('the retry is in the queue', 5_000, async () => {
      const answer = await board('/api/queues?activeQueue=deliveries&status=delayed', basic(OPERATOR_TOKEN));
      const text = await answer.text();
      return text.includes(body.eventIds[0] as string) && text;
    });
    expect(jobs).toContain('"readOnlyMode":true');
    for (const secret of ['payload-marker', receiver.url, apiKey.key]) expect(jobs).not.toContain(secret);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect((await board('/api/queues/deliveries/pause', basic(OPERATOR_TOKEN), method)).status).toBe(405);
    }
    expect(await stop(service)).toEqual({ code: 0, signal: null });
    expect(service.output.stdout + service.output.stderr).not.toContain(OPERATOR_TOKEN);
  });
});

describe('what the service says when it is ready', () => {
  afterEach(endProcesses);

  it('is one line of JSON among others, with a command that works where it was started', async () => {
    const env = { DATA_DIR: await makeDataDir(), LOG_FORMAT: 'json' };
    const service = await startService({ ...env, LOG_LEVEL: 'trace' });
    const [ready, ...more] = linesOf(service).filter(({ message }) => String(message).includes('is ready at'));
    expect(more).toEqual([]);
    expect(ready).toEqual({
      ...{ level: 'log', timestamp: expect.any(Number), pid: service.pid, context: 'Service' },
      message: `Webhooks Module (all) is ready at ${service.url}`,
      role: 'all',
      url: service.url,
      database: `embedded PostgreSQL in ${env.DATA_DIR}`,
      queue: 'queue in PostgreSQL',
      cli: 'node cli/main.js',
    });
    const [, ...cli] = String(ready?.['cli']).split(' ');
    const made = launch([...cli, 'customer', 'create', '--name', 'Acme', '--json'], env);
    expect(await made.exited).toEqual({ code: 0, signal: null });
    expect(await stop(service)).toEqual({ code: 0, signal: null });
    expect(linesOf(service).at(-1)).toMatchObject({ message: expect.stringMatching(/^SIGTERM/) });
    expect(service.output.stderr).toBe('');
  });

  it('is for people elsewhere, with commands to paste', async () => {
    const { output, url } = await startService({ DATA_DIR: await makeDataDir(), LOG_LEVEL: 'warn' });
    expect(output.stdout).toContain(`\n  Webhooks Module (all) is ready at ${url}\n`);
    expect(output.stdout).toContain('\n    node cli/main.js customer create --name Acme\n');
    expect(output.stdout).toContain(`\n    curl -H "X-API-Key: sk_…" ${url}/me\n`);
  });
});

it('keeps an idle connection for longer than a load balancer does', async () => {
  const { url } = await startService({ DATA_DIR: await makeDataDir() });
  expect((await call('GET', `${url}/health/live`)).headers.get('keep-alive')).toBe('timeout=75');
  await endProcesses();
});

describe('the queue board', () => {
  afterEach(endProcesses);

  it('is not there unless it is configured', async () => {
    const service = await startService({ DATA_DIR: await makeDataDir(), OPERATOR_TOKEN });
    expect((await call('GET', `${service.url}/queues`)).status).toBe(404);
  });

  it('is refused in production without its password', async () => {
    const program = launchService({
      DATA_DIR: await makeDataDir(),
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://127.0.0.1:9/none',
      SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
      QUEUE_BOARD: 'true',
    });
    expect(await program.exited).toMatchObject({ code: 1 });
    expect(program.output.stderr).toMatch(/OPERATOR_TOKEN must be set for QUEUE_BOARD=true/);
  });
});

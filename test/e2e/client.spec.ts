import { Webhook } from 'standardwebhooks';
import { createWebhooksClient, pages, unwrap, WebhooksProblem, type WebhooksClient } from '../../sdk/src';
import { PLATFORM, putCustomer } from '../support/process-client';
import { recordArrivals } from '../support/process-receiver';
import { endProcesses, makeDataDir, runCli, startService } from '../support/process-service';
import { until } from '../support/process-until';
import { closeReceivers } from '../support/receivers';

// The generated client against the built service: a description that is wrong does not compile here, or fails.
let url: string;
let customerId: string;
let client: WebhooksClient;
let env: Record<string, string>;

beforeAll(async () => {
  env = { DATA_DIR: await makeDataDir(), ...PLATFORM };
  ({ url } = await startService(env));
  const customer = await putCustomer(url);
  customerId = customer.customerId;
  client = createWebhooksClient({ baseUrl: url, credential: { apiKey: customer.apiKey.key } });
}, 60_000);
afterAll(async () => {
  await endProcesses();
  await closeReceivers();
});

it('makes a key, registers a URL, publishes, and sees what arrived', async () => {
  const permissions = ['webhook-endpoints:*', 'webhook-events:publish', 'webhook-events:read'];
  const created = await unwrap(client.POST('/api-keys', { body: { name: 'integration', permissions } }));
  const own = createWebhooksClient({ baseUrl: url, credential: { apiKey: created.key } });
  const receiver = await recordArrivals();
  const body = { url: receiver.url, events: ['message.sent'] };
  const endpoint = await unwrap(own.POST('/webhook-endpoints', { body }));
  const event = { event: 'message.sent', data: { content: 'Grüße 👋' } };
  const headers = { 'Idempotency-Key': 'once' };
  const accepted = await unwrap(own.POST('/webhook-events', { body: event, params: { header: headers } }));
  const again = await unwrap(own.POST('/webhook-events', { body: event, params: { header: headers } }));
  expect(again).toEqual(accepted);

  const id = accepted.eventIds[0]!;
  const delivery = await until('the delivery is over', 15_000, async () => {
    const found = await unwrap(own.GET('/webhook-events/{id}', { params: { path: { id } } }));
    return found.status !== 'PENDING' && found;
  });
  expect(delivery).toMatchObject({ status: 'SENT', attempts: 1, payload: { data: event.data } });
  expect(delivery.attemptLog.map(({ statusCode, error }) => [statusCode, error])).toEqual([[200, null]]);
  const [arrival] = receiver.arrivals;
  const verified = new Webhook(endpoint.secret!).verify(arrival!.body, arrival!.headers as Record<string, string>);
  expect(verified).toMatchObject(event);

  const timeline = await unwrap(
    own.GET('/webhook-messages/{id}/timeline', { params: { path: { id: accepted.messageId } } }),
  );
  expect(timeline.endpoints).toEqual([expect.objectContaining({ endpointId: endpoint.id, state: 'delivered' })]);
  expect(
    await unwrap(own.DELETE('/webhook-endpoints/{id}', { params: { path: { id: endpoint.id } } })),
  ).toBeUndefined();
});

it('throws problems with their code, fields and time to wait', async () => {
  const problem = async (call: Promise<unknown>): Promise<WebhooksProblem> => {
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    if (error instanceof WebhooksProblem) return error;
    throw new Error('This should be a problem.', { cause: error });
  };
  expect(await problem(unwrap(client.POST('/api-keys', { body: { name: '' } })))).toMatchObject({
    status: 400,
    code: 'invalid_request',
    fields: [{ field: 'name', message: expect.any(String) }],
    retryAfterSeconds: null,
  });
  const missing = { params: { path: { id: '019bd0c0-0000-7000-8000-000000000000' } } };
  expect(await problem(unwrap(client.GET('/api-keys/{id}', missing)))).toMatchObject({
    status: 404,
    code: 'not_found',
  });
  const stranger = createWebhooksClient({ baseUrl: url, credential: { apiKey: 'sk_nobody' } });
  expect(await problem(unwrap(stranger.GET('/me')))).toMatchObject({ status: 401, code: 'api_key_unknown' });
  const rateLimit = { limit: 1, windowSeconds: 60 };
  const { key } = await unwrap(client.POST('/api-keys', { body: { name: 'slow', rateLimit } }));
  const slow = createWebhooksClient({ baseUrl: url, credential: { token: () => Promise.resolve(key) } });
  expect((await unwrap(slow.GET('/me'))).apiKey?.rateLimit).toEqual(rateLimit);
  const refused = await problem(unwrap(slow.GET('/me')));
  expect(refused).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(refused.retryAfterSeconds).toBeGreaterThan(0);
});

it('goes through a list page by page', async () => {
  const events = Array.from({ length: 5 }, (_, n) => ({ event: 'chatbot.updated', data: { name: `bot ${n}` } }));
  const receiver = await recordArrivals();
  await unwrap(client.POST('/webhook-endpoints', { body: { url: receiver.url, events: ['chatbot.*'] } }));
  const { results } = await unwrap(client.POST('/webhook-events/batch', { body: { events } }));
  expect(results.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  const read = pages((cursor) =>
    unwrap(client.GET('/webhook-events', { params: { query: { event: 'chatbot.updated', limit: 2, ...cursor } } })),
  );
  const ids: string[] = [];
  for await (const { id } of read) ids.push(id);
  expect(new Set(ids).size).toBe(5);
});

it('speaks for the platform’s users, for the operator, and for nobody', async () => {
  const { stdout } = await runCli(['token', '--customer', customerId, '--json'], env);
  const user = createWebhooksClient({ baseUrl: url, credential: { token: JSON.parse(stdout).token } });
  expect((await unwrap(user.GET('/permissions'))).map(({ permission }) => permission)).toContain('api-keys:write');
  const operator = createWebhooksClient({ baseUrl: url, credential: { token: env['OPERATOR_TOKEN']! } });
  const customer = { params: { path: { id: 'customer_123' } }, body: { userId: 'user_123', name: 'Acme' } };
  expect(await unwrap(operator.PUT('/customers/{id}', customer))).toMatchObject({ id: 'customer_123', name: 'Acme' });
  const nobody = createWebhooksClient({ baseUrl: url });
  expect(await unwrap(nobody.GET('/health/live'))).toEqual({ status: 'ok' });
  expect((await unwrap(nobody.GET('/health/ready'))).details['database']?.status).toBe('up');
});

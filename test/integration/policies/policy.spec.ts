import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

describe('the policy of an endpoint', () => {
  let service: TestService;
  let customer: TestCustomer;
  beforeAll(async () => {
    service = await startService({ delivery: { disableAfterMs: 1_500 } });
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  const url = 'http://127.0.0.1:9/hook';

  it('is shown as it counts, can be changed, and null brings the default back', async () => {
    const { body: plain } = await customer.request('post', '/webhook-endpoints', { url }).expect(201);
    expect(plain).toMatchObject({
      retryPolicy: { attempts: 3, schedule: { type: 'list', delaysMs: [1_000, 2_000] } },
      timeoutMs: null,
      ratePerSecond: null,
      concurrency: null,
      ordered: false,
      headers: [],
      filter: null,
    });
    const policy = {
      retryPolicy: {
        attempts: 20,
        schedule: { type: 'exponential', baseMs: 1_000, factor: 2, maxMs: 86_400_000, jitter: 0.1 },
      },
      timeoutMs: 5_000,
      ratePerSecond: 0.5,
      concurrency: 3,
      ordered: true,
      filter: { content: [{ prefix: 'a' }] },
      events: ['message.*'],
    };
    const path = `/webhook-endpoints/${plain.id}`;
    await customer.request('patch', path, policy).expect(200);
    const { body } = await customer.request('get', path).expect(200);
    expect(body).toMatchObject(policy);
    const { body: reset } = await customer
      .request('patch', path, {
        retryPolicy: null,
        filter: null,
        concurrency: null,
        ratePerSecond: null,
        timeoutMs: null,
      })
      .expect(200);
    expect(reset).toMatchObject({ retryPolicy: plain.retryPolicy, filter: null, concurrency: null });
  });

  it.each<[string, object, string]>([
    ['21 attempts', { retryPolicy: { attempts: 21, schedule: { type: 'list', delaysMs: [1] } } }, 'retryPolicy'],
    ['no schedule', { retryPolicy: { attempts: 2 } }, 'retryPolicy'],
    ['an unknown schedule', { retryPolicy: { attempts: 2, schedule: { type: 'random' } } }, 'retryPolicy'],
    [
      'a delay of 8 days',
      { retryPolicy: { attempts: 2, schedule: { type: 'list', delaysMs: [8 * 86_400_000] } } },
      'retryPolicy',
    ],
    ['a timeout of a minute', { timeoutMs: 60_000 }, 'timeoutMs'],
    ['a rate of 0', { ratePerSecond: 0 }, 'ratePerSecond'],
    ['half an attempt at once', { concurrency: 0.5 }, 'concurrency'],
    ['a filter that is none', { filter: { a: [{ regex: '.*' }] } }, 'filter'],
    ['a filter that PostgreSQL cannot keep', { filter: { a: ['\0'], b: ['\ud800'] } }, 'filter'],
    ['a filter that would be lost', { filter: JSON.parse('{"__proto__":["x"]}') as object }, 'filter'],
    ['headers that are none', { headers: ['x'] }, 'headers'],
  ])('%s is a 400 that names the field', async (_, policy, field) => {
    const { body } = await customer.request('post', '/webhook-endpoints', { url, ...policy }).expect(400);
    expect(body).toMatchObject({ code: 'invalid_endpoint_policy', errors: [{ field }] });
  });

  it.each([
    'webhook-id',
    'X-Webhook-Event',
    'Host',
    'content-length',
    'Transfer-Encoding',
    'User-Agent',
    'Content-Type',
    'Proxy-Authorization',
  ])('[webhook 28] the customer cannot set %s', async (name) => {
    await customer.request('post', '/webhook-endpoints', { url, headers: { [name]: 'x' } }).expect(400);
  });

  it('[webhook 28] no CR, LF or other control character in a custom header, no repeated name', async () => {
    for (const headers of [
      { 'X-A': 'a\r\nHost: evil' },
      { 'X-A': 'a\u0000' },
      { 'X A': 'a' },
      { 'X-A': '1', 'x-a': '2' },
      { 'X-A': 1 },
    ]) {
      await customer.request('post', '/webhook-endpoints', { url, headers }).expect(400);
    }
  });

  it('custom headers arrive; their values are neither shown nor stored in the clear', async () => {
    const receiver = await recordingReceiver();
    const secret = 'Bearer very-secret-value';
    const endpoint = await customer.endpoint(receiver.url, { headers: { Authorization: secret, 'X-Tenant': '7' } });
    expect(endpoint).toMatchObject({ headers: ['Authorization', 'X-Tenant'] });
    expect(JSON.stringify(endpoint)).not.toContain('very-secret');
    const rows = await service.sql('SELECT e::text FROM webhooks."WebhookEndpoint" e');
    expect(JSON.stringify(rows)).not.toContain('very-secret');
    await customer.emit();
    const [request] = await receiver.arrivals(1);
    expect(request?.headers).toMatchObject({
      authorization: secret,
      'x-tenant': '7',
      'content-type': 'application/json',
    });
  });

  it('its own number of attempts and delays, and its own timeout', async () => {
    const receiver = await recordingReceiver('never');
    await customer.endpoint(receiver.url, {
      retryPolicy: { attempts: 2, schedule: { type: 'list', delaysMs: [100] } },
      timeoutMs: 1_000,
    });
    const { eventIds } = await customer.emit();
    const event = await service.settled(eventIds[0] ?? '', 10_000);
    expect(event).toMatchObject({ status: 'FAILED', attempts: 2, lastError: 'timed out after 1000 ms' });
  });

  it('[webhook 32] a schedule over days: the next attempt is days ahead, and what failed together is spread', async () => {
    const dayMs = 86_400_000;
    const receiver = await recordingReceiver(500);
    const schedule = { type: 'exponential', baseMs: 2 * dayMs, factor: 2, maxMs: 7 * dayMs, jitter: 0.5 };
    await customer.endpoint(receiver.url, { retryPolicy: { attempts: 20, schedule } });
    const emits = await Promise.all(Array.from({ length: 5 }, () => customer.emit()));
    const waits = await Promise.all(
      emits.map(async ({ eventIds }) => {
        const row = await waitFor('the attempt is recorded', async () => {
          const found = await service.event(eventIds[0] ?? '');
          return found.attempts === 1 && found;
        });
        expect(row).toMatchObject({ status: 'PENDING', lastError: 'HTTP 500', heldReason: null });
        expect(row.enqueueAfter!.getTime()).toBeGreaterThan(row.nextAttemptAt!.getTime());
        return row.nextAttemptAt!.getTime() - Date.now();
      }),
    );
    for (const wait of waits) {
      expect(wait).toBeGreaterThan(dayMs - 60_000);
      expect(wait).toBeLessThanOrEqual(2 * dayMs);
    }
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(60_000);
    expect(receiver.requests).toHaveLength(5);
  });

  it('payload filters and wildcards decide who receives an event, and the message says why not', async () => {
    const receiver = await recordingReceiver();
    const urgent = await customer.endpoint(receiver.url, { filter: { urgent: [true] } });
    const chatbots = await customer.endpoint(receiver.url, { events: ['chatbot.*'] });
    const messages = await customer.endpoint(receiver.url, { events: ['message.*'] });
    const { eventIds, messageId } = await customer.emit({ urgent: false });
    const [message] = await service.sql<{ outcomes: unknown }>(
      'SELECT outcomes FROM webhooks."WebhookMessage" WHERE id = $1',
      messageId,
    );
    expect(message?.outcomes).toEqual([
      { endpointId: urgent.id, outcome: 'filtered', by: 'payload' },
      { endpointId: chatbots.id, outcome: 'filtered', by: 'events' },
      { endpointId: messages.id, outcome: 'created', eventId: eventIds[0] },
    ]);
  });

  it('an endpoint whose every attempt fails for long enough is disabled, and works again when it is switched on', async () => {
    const receiver = await recordingReceiver(500);
    const other = await recordingReceiver();
    await customer.endpoint(other.url, { events: ['endpoint.disabled'] });
    const { id } = await customer.endpoint(receiver.url, {
      retryPolicy: { attempts: 5, schedule: { type: 'list', delaysMs: [600] } },
    });
    const { eventIds } = await customer.emit();
    const endpoint = await waitFor(
      'the endpoint is disabled',
      async () => {
        const { body } = await customer.request('get', `/webhook-endpoints/${id}`);
        return body.state === 'disabled' && (body as object);
      },
      10_000,
    );
    expect(endpoint).toMatchObject({ isActive: false, disabledReason: 'failing' });
    await waitFor(
      'what waits is held',
      async () => (await service.event(eventIds[0] ?? '')).heldReason === 'endpoint disabled',
      10_000,
    );
    const [told] = await other.arrivals(1);
    expect(JSON.parse(String(told?.body))).toMatchObject({
      event: 'endpoint.disabled',
      data: { endpointId: id, url: receiver.url, reason: 'failing', disabledAt: expect.any(String) },
    });
    receiver.answerWith(200);
    const { body } = await customer.request('patch', `/webhook-endpoints/${id}`, { isActive: true }).expect(200);
    expect(body).toMatchObject({ state: 'active', disabledReason: null });
    expect((await service.settled(eventIds[0] ?? '')).status).toBe('SENT');
  });

  it('DELETE ?pending=deliver: what waits is still delivered, nothing new is created', async () => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    await customer.request('patch', `/webhook-endpoints/${id}`, { isActive: false }).expect(200);
    const { eventIds } = await customer.emit();
    await customer.request('delete', `/webhook-endpoints/${id}?pending=deliver`).expect(204);
    expect((await service.settled(eventIds[0] ?? '')).status).toBe('SENT');
    expect(await customer.emit()).toMatchObject({ eventIds: [] });
    await customer.request('delete', `/webhook-endpoints/${id}?pending=deliver`).expect(404);
    await customer.request('delete', `/webhook-endpoints/${id}?pending=keep`).expect(400);
  });
});

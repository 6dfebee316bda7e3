import { Webhook } from 'standardwebhooks';
import { closeReceivers } from '../support/receivers';
import { recordingReceiver, refusingUrl } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { waitFor } from '../support/wait-for';

jest.setTimeout(30_000);

const MISSING = '00000000-0000-4000-8000-000000000000';

describe('testing an endpoint', () => {
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    service = await startService();
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  const test = (endpointId: string, body?: object, by = customer) =>
    by.request('post', `/webhook-endpoints/${endpointId}/test`, body);

  it('sends a sample of the chosen event, signed like every delivery, and answers with what happened', async () => {
    const receiver = await recordingReceiver({ status: 201, body: 'thank you' });
    const { id, secret } = await customer.endpoint(receiver.url, { events: ['message.sent'] });
    const { body } = await test(id, { event: 'chatbot.created' }).expect(200);
    expect(body).toEqual({
      eventId: expect.any(String),
      event: 'chatbot.created',
      statusCode: 201,
      error: null,
      errorCode: null,
      durationMs: expect.any(Number),
      responseBody: 'thank you',
    });
    expect(receiver.requests).toHaveLength(1);
    const [request] = receiver.requests;
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'ChatbotSaaS-Webhook/1.0',
      'x-webhook-event': 'chatbot.created',
      'x-webhook-id': body.eventId,
      'x-webhook-attempt': '1',
    });
    new Webhook(secret).verify(request!.body.toString(), request!.headers as unknown as Record<string, string>);
    const sent = JSON.parse(request!.body.toString());
    const { body: type } = await customer.request('get', '/event-types/chatbot.created').expect(200);
    expect(sent).toEqual({ event: 'chatbot.created', timestamp: expect.any(String), data: type.example });
  });

  it.each([
    ['the first one it asks for', ['conversation.closed', 'message.sent'], 'conversation.closed'],
    ['the first of its wildcards, by name', ['conversation.*', 'message.sent'], 'conversation.closed'],
    ['the first of what only the system emits, where it asks for that', ['endpoint.*'], 'endpoint.disabled'],
    ['what it asks for beside all', ['*', 'chatbot.*'], 'chatbot.created'],
    ['message.received, where it names nothing', [], 'message.received'],
    ['message.received, where it asks for all', ['*'], 'message.received'],
  ])('takes, told nothing, %s', async (_, events, expected) => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url, { events });
    expect((await test(id).expect(200)).body).toMatchObject({ event: expected, statusCode: 200 });
    expect((await test(id, {}).expect(200)).body).toMatchObject({ event: expected });
  });

  it('[webhook 30] is in the log like any delivery', async () => {
    const receiver = await recordingReceiver({ status: 500, body: 'oops' });
    const { id } = await customer.endpoint(receiver.url);
    const { body } = await test(id).expect(200);
    const { body: logged } = await customer.request('get', `/webhook-events/${body.eventId}`).expect(200);
    expect(logged).toMatchObject({
      endpointId: id,
      status: 'FAILED',
      attempts: 1,
      lastError: 'HTTP 500',
      nextAttemptAt: null,
      payload: JSON.parse(receiver.requests[0]!.body.toString()),
    });
    expect(logged.attemptLog).toEqual([
      expect.objectContaining({ attempt: 1, statusCode: 500, errorCode: 'http-status', responseBody: 'oops' }),
    ]);
    expect(logged.attemptLog[0].worker).toMatch(/:\d+$/);
    const { body: list } = await customer.request('get', `/webhook-events?messageId=${logged.messageId}`).expect(200);
    expect(list.data).toHaveLength(1);
  });

  it('[webhook 30] is in the log before it is over, and never PENDING: nothing sends it a second time', async () => {
    const receiver = await recordingReceiver('never');
    const { id } = await customer.endpoint(receiver.url);
    const answer = test(id).then((response) => response);
    await receiver.arrivals(1);
    const [row] = await service.sql<{ status: string; lastError: string; enqueueAfter: Date | null }>(
      'SELECT status, "lastError", "enqueueAfter" FROM webhooks."WebhookEvent" WHERE "endpointId" = $1',
      id,
    );
    expect(row).toMatchObject({ status: 'FAILED', enqueueAfter: null });
    expect(row?.lastError).toMatch(/under way, or was cut off/);
    expect((await answer).body).toMatchObject({ statusCode: null, errorCode: 'timeout' });
    expect(receiver.requests).toHaveLength(1);
  });

  it('makes one attempt, whatever comes back, and changes nothing about the endpoint', async () => {
    const receiver = await recordingReceiver(410);
    const { id } = await customer.endpoint(receiver.url);
    expect((await test(id).expect(200)).body).toMatchObject({ statusCode: 410, error: 'HTTP 410' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(receiver.requests).toHaveLength(1);
    const { body } = await customer.request('get', `/webhook-endpoints/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'active', isActive: true });
  });

  it('works while the endpoint is paused or disabled', async () => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    for (const state of ['paused', 'disabled']) {
      await service.sql(
        'UPDATE webhooks."WebhookEndpoint" SET state = $2::webhooks."EndpointState" WHERE id = $1',
        id,
        state,
      );
      expect((await test(id).expect(200)).body).toMatchObject({ statusCode: 200 });
    }
  });

  it('says when nobody answers', async () => {
    const { id } = await customer.endpoint(await refusingUrl());
    expect((await test(id).expect(200)).body).toMatchObject({
      statusCode: null,
      error: 'connection refused',
      errorCode: 'connection-refused',
      responseBody: null,
    });
  });

  it('[webhook 12] is guarded by the same URL policy as every delivery', async () => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    // Saved while that was permitted, or written past the service.
    for (const [url, code] of [
      ['http://10.0.0.1/', 'address-blocked'],
      ['http://169.254.169.254/latest/meta-data', 'address-blocked'],
      ['ftp://127.0.0.1/', 'url-not-allowed'],
    ]) {
      await service.sql('UPDATE webhooks."WebhookEndpoint" SET url = $2 WHERE id = $1', id, url);
      expect((await test(id).expect(200)).body).toMatchObject({ statusCode: null, errorCode: code });
    }
  });

  it('follows no redirect', async () => {
    const target = await recordingReceiver();
    const receiver = await recordingReceiver({ status: 302, headers: { Location: target.url } });
    const { id } = await customer.endpoint(receiver.url);
    expect((await test(id).expect(200)).body).toMatchObject({ statusCode: 302, errorCode: 'redirect' });
    expect(target.requests).toHaveLength(0);
  });

  it('can be resent, and is then a delivery like any other', async () => {
    const receiver = await recordingReceiver([500, 200]);
    const { id } = await customer.endpoint(receiver.url);
    const { body } = await test(id).expect(200);
    await customer.request('post', `/webhook-events/${body.eventId}/resend`).expect(202);
    await waitFor('it is SENT', async () => (await service.event(body.eventId)).status === 'SENT');
    expect(receiver.requests.map(({ headers }) => headers['x-webhook-attempt'])).toEqual(['1', '2']);
  });

  it.each([
    ['an unknown event', { event: 'no.such' }, 422, 'unknown_event_type'],
    ['an event that is no text', { event: 1 }, 400, 'invalid_request'],
    ['data of one’s own', { data: {} }, 400, 'invalid_request'],
  ])('refuses %s, and sends nothing', async (_, body, status, code) => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    expect((await test(id, body).expect(status)).body).toMatchObject({ code });
    expect(receiver.requests).toHaveLength(0);
  });

  it('[webhook 33] knows no endpoint of another customer', async () => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    const other = await service.customer();
    const [theirs, missing] = [await test(id, {}, other).expect(404), await test(MISSING, {}, other).expect(404)];
    expect(theirs.body).toEqual(missing.body);
    expect(receiver.requests).toHaveLength(0);
  });

  it('needs the permission webhook-endpoints:write', async () => {
    const reader = await service.customer(['webhook-endpoints:read', 'webhook-events:publish']);
    await test(MISSING, {}, reader).expect(403);
  });
});

import { describeEachBackend } from '../support/backends';
import { closeReceivers } from '../support/receivers';
import { recordingReceiver, type RecordingReceiver } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';

jest.setTimeout(30_000);

const HOUR_MS = 3_600_000;

describeEachBackend('sending a delivery again', (backend) => {
  let service: TestService;
  let customer: TestCustomer;
  let receiver: RecordingReceiver;

  beforeAll(async () => {
    // A long lease: what is resent must be enqueued at once, not be found by the sweep.
    service = await startService({ redisUrl: backend.redisUrl, delivery: { leaseMs: HOUR_MS } });
  });
  beforeEach(async () => {
    customer = await service.customer();
    receiver = await recordingReceiver();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  const resend = (id: string | undefined, by = customer) => by.request('post', `/webhook-events/${id}/resend`);

  /** One that is over. */
  async function delivery(): Promise<string> {
    await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit();
    await service.settled(eventIds[0]!);
    return eventIds[0]!;
  }

  it('[webhook 30] gives it a fresh budget of attempts, whose numbers go on, under the same id and with the same bytes', async () => {
    receiver.answerWith(500);
    const id = await delivery();
    expect(await service.event(id)).toMatchObject({ status: 'FAILED', attempts: 3 });
    const { body } = await resend(id).expect(202);
    expect(body).toEqual({
      id,
      messageId: expect.any(String),
      endpointId: expect.any(String),
      url: receiver.url,
      event: 'message.received',
      status: 'PENDING',
      attempts: 3,
      lastError: 'HTTP 500',
      createdAt: expect.any(String),
      processedAt: null,
      nextAttemptAt: null,
      heldReason: 'waiting for its turn',
    });
    expect(await service.settled(id)).toMatchObject({ status: 'FAILED', attempts: 6, round: 1 });
    const numbers = receiver.requests.map(({ headers }) => headers['x-webhook-attempt']);
    expect(numbers).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(new Set(receiver.ids())).toEqual(new Set([id]));
    expect(new Set(receiver.requests.map(({ body: bytes }) => bytes.toString())).size).toBe(1);
    const log = await customer.request('get', `/webhook-events/${id}`).expect(200);
    expect(log.body.attemptLog).toMatchObject([1, 2, 3, 4, 5, 6].map((attempt) => ({ attempt })));
  });

  it('also works for one that was SENT', async () => {
    const id = await delivery();
    await resend(id).expect(202);
    expect(await service.settled(id)).toMatchObject({ status: 'SENT', attempts: 2 });
    await receiver.arrivals(2);
  });

  it('is a 409 while it is PENDING, and changes nothing', async () => {
    receiver.answerWith('never');
    await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit();
    await receiver.arrivals(1);
    const { body } = await resend(eventIds[0]).expect(409);
    expect(body).toMatchObject({ code: 'delivery_pending', status: 409 });
    expect(await service.event(eventIds[0]!)).toMatchObject({ round: 0 });
  });

  it('has one winner when asked for many times at once', async () => {
    const id = await delivery();
    receiver.answerWith('never');
    const answers = await Promise.all(Array.from({ length: 10 }, () => resend(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array<number>(9).fill(409)]);
    expect(await service.event(id)).toMatchObject({ round: 1 });
  });

  it('is a 409 when retention has erased its body', async () => {
    const id = await delivery();
    await service.sql('UPDATE webhooks."WebhookEvent" SET "payloadErasedAt" = now() WHERE id = $1', id);
    const { body } = await resend(id).expect(409);
    expect(body).toMatchObject({ code: 'payload_erased' });
    expect(await service.event(id)).toMatchObject({ status: 'SENT', round: 0 });
  });

  it('is a 409 when its endpoint was deleted', async () => {
    const id = await delivery();
    const { endpointId } = (await customer.request('get', `/webhook-events/${id}`)).body;
    await customer.request('delete', `/webhook-endpoints/${endpointId}`).expect(204);
    const { body } = await resend(id).expect(409);
    expect(body).toMatchObject({ code: 'endpoint_deleted' });
  });

  it('holds it while its endpoint is paused, and sends it when it is resumed', async () => {
    const id = await delivery();
    const { endpointId } = (await customer.request('get', `/webhook-events/${id}`)).body;
    await customer.request('patch', `/webhook-endpoints/${endpointId}`, { isActive: false }).expect(200);
    const { body } = await resend(id).expect(202);
    expect(body).toMatchObject({ status: 'PENDING', heldReason: 'endpoint paused', nextAttemptAt: null });
    receiver.answerWith(200);
    await customer.request('patch', `/webhook-endpoints/${endpointId}`, { isActive: true }).expect(200);
    expect(await service.settled(id)).toMatchObject({ status: 'SENT', attempts: 2 });
  });

  it('[webhook 33] answers for another customer’s delivery as for one that does not exist', async () => {
    const id = await delivery();
    const other = await service.customer();
    const [theirs, missing] = await Promise.all([
      resend(id, other).expect(404),
      resend('00000000-0000-4000-8000-000000000000', other).expect(404),
    ]);
    expect(theirs.body).toEqual(missing.body);
    expect(await service.event(id)).toMatchObject({ status: 'SENT', round: 0 });
  });

  it('needs the permission webhook-events:write', async () => {
    const reader = await service.customer(['webhook-events:read', 'webhook-events:publish']);
    await resend('00000000-0000-4000-8000-000000000000', reader).expect(403);
  });

  it('refuses an id that is no UUID', () => resend('17').expect(400));
});

describe('the log', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());
  afterEach(closeReceivers);

  it('tells of every attempt the error code, the answer’s telling headers and the worker, and no credential', async () => {
    const customer = await service.customer();
    const headers = { 'Content-Type': 'text/plain', 'X-Request-Id': 'r-17', 'Set-Cookie': 'session=secret' };
    const receiver = await recordingReceiver([{ status: 500, headers, body: 'oops' }, 'never', 204]);
    await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit();
    await service.settled(eventIds[0]!);
    const { body } = await customer.request('get', `/webhook-events/${eventIds[0]}`).expect(200);
    const common = { startedAt: expect.any(String), durationMs: expect.any(Number), url: receiver.url };
    expect(body.attemptLog).toEqual([
      {
        ...common,
        attempt: 1,
        statusCode: 500,
        error: 'HTTP 500',
        errorCode: 'http-status',
        responseBody: 'oops',
        responseHeaders: expect.objectContaining({ 'content-type': 'text/plain', 'x-request-id': 'r-17' }),
        worker: expect.stringMatching(/:\d+$/),
      },
      expect.objectContaining({ attempt: 2, statusCode: null, errorCode: 'timeout', responseHeaders: null }),
      expect.objectContaining({ attempt: 3, statusCode: 204, error: null, errorCode: null }),
    ]);
    expect(JSON.stringify(body)).not.toContain('secret');
  });
});

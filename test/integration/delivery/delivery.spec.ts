import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { QueueFactory } from '../../../src/queue/queue.factory';
import { DELIVERY_QUEUE } from '../../../src/webhooks/delivery/delivery.queue';
import { describeEachBackend } from '../../support/backends';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver, type RecordedRequest } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

/** Names and values as they were sent, without those of the connection. */
function ownHeaders({ rawHeaders }: RecordedRequest): Record<string, string> {
  const pairs = rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );
  const ofConnection = /^(accept|accept-encoding|host|connection|content-length)$/i;
  return Object.fromEntries(pairs.filter(([name]) => !ofConnection.test(name)));
}

describeEachBackend('a delivery', (backend) => {
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    service = await startService({ redisUrl: backend.redisUrl, delivery: { timeoutMs: 10_000 } });
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  it('carries the headers of the contract and a signature that standardwebhooks verifies', async () => {
    const receiver = await recordingReceiver();
    const { secret } = await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit({ content: 'Grüße 😀' }, 'message.sent');
    const [request] = await receiver.arrivals(1);

    expect([request?.method, request?.url]).toEqual(['POST', '/hook']);
    expect(ownHeaders(request!)).toEqual({
      'Content-Type': 'application/json',
      'User-Agent': 'ChatbotSaaS-Webhook/1.0',
      'X-Webhook-Event': 'message.sent',
      'X-Webhook-ID': eventIds[0],
      'X-Webhook-Attempt': '1',
      'webhook-id': eventIds[0],
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    });
    const headers = request!.headers as Record<string, string>;
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(5);
    expect(new Webhook(secret).verify(request!.body, headers)).toMatchObject({ data: { content: 'Grüße 😀' } });
    const changed = Buffer.from(request!.body);
    changed[changed.length - 3]! ^= 1;
    expect(() => new Webhook(secret).verify(changed, headers)).toThrow(WebhookVerificationError);
  });

  it('ends SENT with one attempt in the log', async () => {
    const receiver = await recordingReceiver({ status: 201, body: 'thank you' });
    const { id: endpointId } = await customer.endpoint(receiver.url);
    const { eventIds, messageId } = await customer.emit();
    await service.settled(eventIds[0]!);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const body = await customer.delivery(eventIds[0]!);
    expect(body).toEqual({
      id: eventIds[0],
      messageId,
      endpointId,
      url: receiver.url,
      event: 'message.received',
      status: 'SENT',
      attempts: 1,
      lastError: null,
      createdAt: time,
      processedAt: time,
      nextAttemptAt: null,
      heldReason: null,
      payload: { event: 'message.received', timestamp: time, data: { content: 'Hello!' } },
      payloadErasedAt: null,
      attemptLog: [
        {
          attempt: 1,
          startedAt: time,
          durationMs: expect.any(Number),
          statusCode: 201,
          error: null,
          errorCode: null,
          responseBody: 'thank you',
          responseHeaders: expect.any(Object),
          url: receiver.url,
          worker: expect.stringMatching(/:\d+$/),
        },
      ],
    });
  });

  it('goes to every endpoint that wants the event, each signed with its own secret, and to no other', async () => {
    const [all, some, none] = [await recordingReceiver(), await recordingReceiver(), await recordingReceiver()];
    const { secret: secretOfAll } = await customer.endpoint(all.url);
    const { secret: secretOfSome } = await customer.endpoint(some.url, {
      events: ['chatbot.created', 'message.sent'],
    });
    const { id: filtered } = await customer.endpoint(none.url, { events: ['chatbot.updated'] });
    await (await service.customer()).endpoint(none.url);

    const { eventIds, messageId } = await customer.emit({}, 'message.sent');
    expect(eventIds).toHaveLength(2);
    await Promise.all(eventIds.map((id) => service.settled(id)));
    for (const [receiver, secret] of [
      [all, secretOfAll],
      [some, secretOfSome],
    ] as const) {
      expect(receiver.requests).toHaveLength(1);
      const [{ body, headers }] = receiver.requests as [RecordedRequest];
      new Webhook(secret).verify(body, headers as Record<string, string>);
    }
    expect([...all.ids(), ...some.ids()].sort()).toEqual([...eventIds].sort());
    expect(none.requests).toHaveLength(0);
    const [message] = await service.sql<{ outcomes: { endpointId: string }[] }>(
      'SELECT outcomes FROM webhooks."WebhookMessage" WHERE id = $1',
      messageId,
    );
    expect(message?.outcomes).toHaveLength(3);
    expect(message?.outcomes).toContainEqual({ endpointId: filtered, outcome: 'filtered', by: 'events' });
  });

  it('follows what the text of the data says, unchanged: U+0000, __proto__, lone surrogates, order and white space', async () => {
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const data = '{"z":"\\u0000","__proto__":{"a":[]},"a":"\\ud83d","constructor":{"prototype":null},"b":"\\u00fc\\n"}';
    const sent = `{ "data": ${data.replaceAll(',', ' ,\n')}, "event": "chatbot.created" }`;
    await customer.request('post', '/webhook-events').type('json').send(sent).expect(202);
    const [request] = await receiver.arrivals(1);
    const text = request!.body.toString();
    expect(text.slice(text.indexOf('"data":') + 7, -1)).toBe(data.replace('\\u00fc', 'ü'));
  });

  it('that many are emitted at once: each arrives once', async () => {
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const emits = await Promise.all(Array.from({ length: 150 }, (_, count) => customer.emit({ count })));
    const ids = emits.flatMap(({ eventIds }) => eventIds);
    await Promise.all(ids.map((id) => service.settled(id)));
    expect(receiver.ids().sort()).toEqual([...ids].sort());
    const statuses = await service.sql(
      'SELECT DISTINCT status, attempts FROM webhooks."WebhookEvent" WHERE "customerId" = $1',
      customer.id,
    );
    expect(statuses).toEqual([{ status: 'SENT', attempts: 1 }]);
  });

  it('has jobs that carry ids only', async () => {
    const receiver = await recordingReceiver({ status: 503, headers: { 'Retry-After': '5' } });
    const { secret } = await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit({ content: 'very private' });
    await receiver.arrivals(1);
    const queue = service.app.get(QueueFactory).createQueue<object>(DELIVERY_QUEUE);
    try {
      const job = await queue.getJob(`${eventIds[0]}-0`);
      expect(job?.data).toEqual({ customerId: customer.id, eventId: eventIds[0], round: 0 });
      const everything = JSON.stringify(job);
      for (const secretWord of ['very private', receiver.url, secret]) expect(everything).not.toContain(secretWord);
    } finally {
      await queue.close();
    }
  });
});

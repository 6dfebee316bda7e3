import { startService, type TestService } from '../../support/test-service';
import { recordingReceiver, type RecordingReceiver } from '../../support/recording-receiver';

describe('idempotency keys', () => {
  let service: TestService;
  let receiver: RecordingReceiver;
  beforeAll(async () => {
    service = await startService();
    receiver = await recordingReceiver();
  });
  afterAll(async () => {
    await service.stop();
    await receiver.close();
  });

  it('the same key and event answer the same and send once, also at the same moment', async () => {
    const customer = await service.customer();
    await customer.endpoint(receiver.url);
    const publish = (): Promise<{ body: { eventIds: string[] } }> =>
      customer
        .request('post', '/webhook-events', { event: 'message.sent', data: { content: 'once' } })
        .set('Idempotency-Key', 'order-1')
        .expect(202);
    const answers = await Promise.all(Array.from({ length: 20 }, publish));
    answers.push(await publish());
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const [id = ''] = answers[0]?.body.eventIds ?? [];
    await service.settled(id);
    expect(receiver.ids().filter((arrived) => arrived === id)).toHaveLength(1);
    const messages = await service.sql('SELECT FROM webhooks."WebhookMessage" WHERE "customerId" = $1', customer.id);
    expect(messages).toHaveLength(1);
  });

  it('[webhook 36] the same key with another body or event is a 409, and nothing is written', async () => {
    const customer = await service.customer();
    const publish = (event: string, content: string) =>
      customer.request('post', '/webhook-events', { event, data: { content } }).set('Idempotency-Key', 'k');
    await publish('message.sent', 'a').expect(202);
    const { body } = await publish('message.sent', 'b').expect(409);
    expect(body).toMatchObject({ code: 'idempotency_key_reused' });
    await publish('message.received', 'a').expect(409);
    expect(
      await service.sql('SELECT FROM webhooks."WebhookMessage" WHERE "customerId" = $1', customer.id),
    ).toHaveLength(1);
  });

  it('in process too, and keys of two customers have nothing to do with each other', async () => {
    const [one, two] = [await service.customer(), await service.customer()];
    const data = { conversationId: 'c', messageId: 'm', content: 'x', timestamp: '2024-01-01T00:00:00.000Z' };
    const options = { idempotencyKey: 'same' };
    const first = await service.webhooks.triggerWebhook(one.id, 'message.sent', data, options);
    expect(await service.webhooks.triggerWebhook(one.id, 'message.sent', data, options)).toEqual(first);
    expect(await service.webhooks.triggerWebhook(two.id, 'message.sent', data, options)).not.toEqual(first);
    const other = service.webhooks.triggerWebhook(one.id, 'message.sent', { ...data, content: 'y' }, options);
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('after 24 hours a key is free again', async () => {
    const customer = await service.customer();
    const publish = (content: string) =>
      customer
        .request('post', '/webhook-events', { event: 'message.sent', data: { content } })
        .set('Idempotency-Key', 'old');
    const { body: first } = await publish('a').expect(202);
    await service.sql(
      `UPDATE webhooks."WebhookMessage" SET "createdAt" = now() - interval '24 hours 1 second' WHERE "customerId" = $1`,
      customer.id,
    );
    const { body: second } = await publish('b').expect(202);
    expect(second).not.toEqual(first);
  });

  it('a key that cannot be one is a 400', async () => {
    const customer = await service.customer();
    const publish = customer.request('post', '/webhook-events', { event: 'message.sent', data: {} });
    const { body } = await publish.set('Idempotency-Key', 'x'.repeat(256)).expect(400);
    expect(body).toMatchObject({ code: 'invalid_emit_option' });
  });
});

describe('publishing a batch', () => {
  let service: TestService;
  let receiver: RecordingReceiver;
  beforeAll(async () => {
    service = await startService();
    receiver = await recordingReceiver();
  });
  afterAll(async () => {
    await service.stop();
    await receiver.close();
  });

  it('answers each event by itself, in their order', async () => {
    const customer = await service.customer();
    await customer.endpoint(receiver.url);
    const good = { event: 'message.sent', data: { content: 'ü\u0000' } };
    const events = [
      good,
      { event: 'message.lost', data: {} },
      { event: 'message.sent' },
      { ...good, extra: 1 },
      'text',
      { ...good, idempotencyKey: 'k' },
      { ...good, idempotencyKey: 'k' },
      { event: 'message.sent', data: { other: true }, idempotencyKey: 'k' },
    ];
    const { body } = await customer.request('post', '/webhook-events/batch', { events }).expect(200);
    const results = body.results as { status: number; code?: string; eventIds?: string[] }[];
    expect(results.map(({ status, code }) => [status, code])).toEqual([
      [202, undefined],
      [422, 'unknown_event_type'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [400, 'invalid_body'],
      [202, undefined],
      [202, undefined],
      [409, 'idempotency_key_reused'],
    ]);
    expect(results[6]).toEqual(results[5]);
    const ids = [results[0], results[5]].flatMap((result) => result?.eventIds ?? []);
    for (const id of ids) expect((await service.settled(id)).status).toBe('SENT');
    expect(receiver.ids().sort()).toEqual(ids.sort());
  });

  it('an event that fails on our side is answered as that, and does not hide what became of the others', async () => {
    await service.sql(`CREATE FUNCTION webhooks.refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'a bad day'; END $$`);
    await service.sql(`CREATE TRIGGER refuse BEFORE INSERT ON webhooks."WebhookMessage"
      FOR EACH ROW WHEN (NEW.event = 'chatbot.updated') EXECUTE FUNCTION webhooks.refuse()`);
    const customer = await service.customer();
    const events = ['message.sent', 'chatbot.updated', 'nothing'].map((event) => ({ event, data: {} }));
    const { body } = await customer.request('post', '/webhook-events/batch', { events }).expect(200);
    const results = body.results as { status: number; code?: string }[];
    expect(results.map(({ status, code }) => [status, code])).toEqual([
      [202, undefined],
      [500, 'internal_error'],
      [422, 'unknown_event_type'],
    ]);
    expect(service.logs.some((line) => line.includes('a bad day'))).toBe(true);
    // Nothing was accepted: the request as a whole can be made again.
    await customer.request('post', '/webhook-events/batch', { events: events.slice(1) }).expect(500);
    await service.sql('DROP TRIGGER refuse ON webhooks."WebhookMessage"');
  });

  it.each([
    ['no events', []],
    ['101 events', Array.from({ length: 101 }, () => ({}))],
    ['no list', {}],
  ])('%s are a 400', async (_, events) => {
    const customer = await service.customer();
    await customer.request('post', '/webhook-events/batch', { events }).expect(400);
  });

  it('takes 100 events', async () => {
    const customer = await service.customer();
    const events = Array.from({ length: 100 }, (_, n) => ({ event: 'message.sent', data: { n } }));
    const { body } = await customer.request('post', '/webhook-events/batch', { events }).expect(200);
    expect((body.results as { status: number }[]).every(({ status }) => status === 202)).toBe(true);
  });
});

import { EventCatalogueError, type WebhooksService } from '../../../src/webhooks';
import { createTestDatabase } from '../../support/database';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { HOST_EVENT_TYPES } from './host-events';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService({ eventTypes: HOST_EVENT_TYPES });
  customer = await service.customer();
});
afterAll(async () => {
  await closeReceivers();
  await service.stop();
});

const publish = (event: string, data: unknown) => customer.request('post', '/webhook-events', { event, data });

describe('GET /event-types', () => {
  it('lists every type by name, each with its schema and example, for any caller', async () => {
    const { request } = await service.customer([]);
    const { body } = await request('get', '/event-types').expect(200);
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual([
      'api_key.created',
      'api_key.leaked',
      'api_key.revoked',
      'api_key.rotated',
      'chatbot.created',
      'chatbot.updated',
      'conversation.closed',
      'conversation.created',
      'endpoint.disabled',
      'invoice.paid',
      'invoice.voided',
      'message.received',
      'message.sent',
    ]);
    for (const { name, schema, example } of body) {
      if (name === 'invoice.voided') continue;
      expect({ name, schema, example }).toEqual({ name, schema: expect.any(Object), example: expect.any(Object) });
    }
  });

  it('shows one type by its name', async () => {
    const { body } = await customer.request('get', '/event-types/invoice.paid').expect(200);
    expect(body).toEqual({
      name: 'invoice.paid',
      description: 'An invoice was paid.',
      group: 'billing',
      operational: false,
      deprecated: false,
      replacement: null,
      schema: HOST_EVENT_TYPES[0]!.schema,
      example: HOST_EVENT_TYPES[0]!.example,
    });
    const { body: voided } = await customer.request('get', '/event-types/invoice.voided').expect(200);
    expect(voided).toMatchObject({ deprecated: true, replacement: 'invoice.paid', schema: null, example: null });
  });

  it.each(['no.such', 'x', 'constructor', '__proto__', '%00', 'invoice.paid%20'])(
    'answers 404 for %s',
    async (name) => {
      const { body } = await customer.request('get', `/event-types/${name}`).expect(404);
      expect(body.code).toBe('not_found');
    },
  );

  it('answers 401 without credentials', async () => {
    await service.request('get', '/event-types').expect(401);
    await service.request('get', '/event-types/invoice.paid').expect(401);
  });

  it('shows examples that can be published as they are', async () => {
    const { body } = await customer.request('get', '/event-types');
    for (const { name, example, operational } of body) {
      if (!operational) await publish(name, example ?? {}).expect(202);
    }
  });
});

describe('data that does not fit the schema', () => {
  it('is a 422 that names the fields, over HTTP, and nothing is written', async () => {
    const before = await service.rowCounts();
    const { body } = await publish('invoice.paid', { amountCents: 'a lot', paidAt: 'today', more: 1 }).expect(422);
    expect(body).toMatchObject({ code: 'event_data_invalid', status: 422 });
    expect(body.errors).toEqual([
      { field: 'data.invoiceId', message: 'is missing' },
      { field: 'data.more', message: 'is not a known field' },
      { field: 'data.amountCents', message: 'must be integer' },
      { field: 'data.paidAt', message: 'must match format "date-time"' },
    ]);
    expect(JSON.stringify(body)).not.toContain('a lot');
    expect(await service.rowCounts()).toEqual(before);
  });

  it('is the same error in process', async () => {
    const before = await service.rowCounts();
    const data = { invoiceId: 'i', amountCents: -1, paidAt: new Date() };
    await expect(service.webhooks.triggerWebhook(customer.id, 'invoice.paid', data)).rejects.toMatchObject({
      kind: 'unprocessable',
      code: 'event_data_invalid',
      fields: [{ field: 'data.amountCents', message: 'must be >= 0' }],
    });
    expect(await service.rowCounts()).toEqual(before);
  });

  it('is told of the platform’s events by the types of known fields alone', async () => {
    await publish('message.received', { content: 'Hello!' }).expect(202);
    await publish('message.received', {}).expect(202);
    await publish('chatbot.updated', { chatbotId: 'b', settings: { tone: 'kind' } }).expect(202);
    const { body } = await publish('message.received', { content: { text: 'Hello!' } }).expect(422);
    expect(body.errors).toEqual([{ field: 'data.content', message: 'must be string' }]);
  });
});

describe('what is checked is what is sent', () => {
  it('a Date counts as its ISO string, and undefined as left out', async () => {
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url, { events: ['invoice.paid'] });
    const paidAt = new Date('2026-01-31T12:00:00.000Z');
    const data = { invoiceId: 'inv_2', amountCents: 1, paidAt, additional: undefined };
    await service.webhooks.triggerWebhook(customer.id, 'invoice.paid', data);
    const [request] = await receiver.arrivals(1);
    expect(JSON.parse(request!.body.toString()).data).toEqual({
      invoiceId: 'inv_2',
      amountCents: 1,
      paidAt: '2026-01-31T12:00:00.000Z',
    });
  });

  it('a toJSON counts as what it gives', async () => {
    const amount = { toJSON: () => 5 } as unknown as number;
    const data = { invoiceId: 'i', amountCents: amount, paidAt: new Date() };
    await service.webhooks.triggerWebhook(customer.id, 'invoice.paid', data);
    const wrong = { ...data, amountCents: { toJSON: () => '5' } as unknown as number };
    await expect(service.webhooks.triggerWebhook(customer.id, 'invoice.paid', wrong)).rejects.toMatchObject({
      code: 'event_data_invalid',
    });
  });
});

describe('an operational event', () => {
  it('cannot be published by anybody', async () => {
    const { body: type } = await customer.request('get', '/event-types/endpoint.disabled').expect(200);
    const { body } = await publish('endpoint.disabled', type.example).expect(422);
    expect(body).toMatchObject({ code: 'event_type_operational', errors: [{ field: 'event' }] });
    const name = 'endpoint.disabled' as 'message.received';
    await expect(service.webhooks.triggerWebhook(customer.id, name, type.example)).rejects.toMatchObject({
      kind: 'unprocessable',
      code: 'event_type_operational',
    });
  });

  it('can be asked for by an endpoint, and listed', async () => {
    await customer.endpoint('http://127.0.0.1:9/hook', { events: ['endpoint.disabled', 'invoice.paid'] });
    await customer.request('get', '/webhook-events?event=endpoint.disabled').expect(200);
  });
});

describe('types of a host application', () => {
  it('are typed by declaration merging, through the public surface', () => {
    const calls = async (webhooks: WebhooksService): Promise<void> => {
      await webhooks.triggerWebhook('c', 'invoice.paid', { invoiceId: 'i', amountCents: 1, paidAt: new Date() });
      // @ts-expect-error amountCents is a number
      await webhooks.triggerWebhook('c', 'invoice.paid', { invoiceId: 'i', amountCents: '1', paidAt: new Date() });
      // @ts-expect-error paidAt is missing
      await webhooks.triggerWebhook('c', 'invoice.paid', { invoiceId: 'i', amountCents: 1 });
      // @ts-expect-error there is no such event
      await webhooks.triggerWebhook('c', 'invoice.unheard_of', { invoiceId: 'i' });
      // @ts-expect-error the system alone emits it
      await webhooks.triggerWebhook('c', 'endpoint.disabled', {});
    };
    // The compiler is the test: `npm run types` fails when one of these lines compiles that should not, or the other way.
    expect(calls).toBeInstanceOf(Function);
  });

  it('that are unknown here are a 422 that lists the known ones', async () => {
    const { body } = await publish('invoice.unheard_of', {}).expect(422);
    expect(body.code).toBe('unknown_event_type');
    expect(body.detail).toContain('invoice.paid');
    const { body: refused } = await customer
      .request('post', '/webhook-endpoints', { url: 'http://127.0.0.1:9/hook', events: ['invoice.unheard_of'] })
      .expect(422);
    expect(refused).toMatchObject({ code: 'unknown_event_type', errors: [{ field: 'events' }] });
  });

  it('without an example are not what a test send takes for a wildcard', async () => {
    const eventTypes = [...HOST_EVENT_TYPES, { name: 'invoice.added', description: 'It has no example.' }];
    const other = await startService({ database: service.database, eventTypes });
    try {
      const owner = await other.customer();
      const { id } = await owner.endpoint((await recordingReceiver()).url, { events: ['invoice.*'] });
      const { body } = await owner.request('post', `/webhook-endpoints/${id}/test`).expect(200);
      expect(body).toMatchObject({ event: 'invoice.paid', statusCode: 200 });
    } finally {
      await other.close();
    }
  });

  it('that are wrong refuse to start, with one error that names them all', async () => {
    const database = await createTestDatabase();
    try {
      const eventTypes = [
        { name: 'Wrong', description: 'x' },
        { name: 'message.received', description: 'x' },
        { name: 'a.b', description: 'x', schema: { $ref: 'https://example.com/x.json' } },
      ];
      const start = startService({ database, eventTypes });
      await expect(start).rejects.toBeInstanceOf(EventCatalogueError);
      await expect(start).rejects.toThrow(
        /"Wrong": the name must have[^]*"message.received": is registered twice[^]*"a.b": the schema cannot be used/,
      );
    } finally {
      await database.drop();
    }
  });
});

import { WebhooksError, type WebhookEventTypes } from '../../../src/webhooks';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver, type RecordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

type Data = WebhookEventTypes['message.received'];

let service: TestService;
let customer: TestCustomer;
let receiver: RecordingReceiver;

beforeAll(async () => {
  service = await startService({ delivery: { maxPayloadBytes: 10_000 } });
});
beforeEach(async () => {
  customer = await service.customer();
  receiver = await recordingReceiver();
  await customer.endpoint(receiver.url);
});
afterEach(closeReceivers);
afterAll(() => service.stop());

/** Rows that an emit writes; attempts at earlier ones go on meanwhile. */
async function rowsWritten(): Promise<Record<string, number>> {
  const { WebhookAttempt: _, ...counts } = await service.rowCounts();
  return counts;
}

/** Any data, though the types would refuse it. */
const trigger = (data: unknown) => service.webhooks.triggerWebhook(customer.id, 'message.received', data as Data);

async function arrived(data: unknown): Promise<string> {
  await trigger(data);
  const [request] = await receiver.arrivals(1);
  return request!.body.toString();
}

describe('triggerWebhook', () => {
  it('resolves to the message and one event per endpoint, once they are committed', async () => {
    const second = await recordingReceiver();
    await customer.endpoint(second.url);
    const { messageId, eventIds } = await service.webhooks.triggerWebhook(customer.id, 'message.received', {
      conversationId: 'c-1',
      messageId: 'm-1',
      content: 'Hello!',
      timestamp: new Date('2026-01-31T12:00:00.000Z'),
    });
    const rows = await service.sql<{ id: string }>(
      'SELECT id FROM webhooks."WebhookEvent" WHERE "messageId" = $1 ORDER BY id',
      messageId,
    );
    expect(rows.map(({ id }) => id)).toEqual([...eventIds].sort());
    expect(eventIds).toHaveLength(2);
    const [request] = await receiver.arrivals(1);
    expect(JSON.parse(request!.body.toString())).toEqual({
      event: 'message.received',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: { conversationId: 'c-1', messageId: 'm-1', content: 'Hello!', timestamp: '2026-01-31T12:00:00.000Z' },
    });
  });

  it('resolves to no events when nothing matches, and keeps the message with what became of it', async () => {
    const { body: endpoints } = await customer.request('get', '/webhook-endpoints');
    const [{ id: endpointId }] = endpoints as [{ id: string }];
    await customer.request('patch', `/webhook-endpoints/${endpointId}`, { events: ['chatbot.updated'] }).expect(200);
    const { messageId, eventIds } = await trigger({ content: 'x' });
    expect(eventIds).toEqual([]);
    const [message] = await service.sql(
      'SELECT event, "customerId", outcomes FROM webhooks."WebhookMessage" WHERE id = $1',
      messageId,
    );
    expect(message).toEqual({
      event: 'message.received',
      customerId: customer.id,
      outcomes: [{ endpointId, outcome: 'filtered', by: 'events' }],
    });
  });

  it('knows the names of events and what each carries, when it is compiled', async () => {
    const time = new Date();
    const calls = [
      // @ts-expect-error There is no such event.
      service.webhooks.triggerWebhook(customer.id, 'message.deleted', { content: 'x', timestamp: time }),
      // @ts-expect-error A message has a conversation, an id and a content.
      service.webhooks.triggerWebhook(customer.id, 'message.sent', { timestamp: time }),
      // @ts-expect-error A chatbot event carries a chatbotId.
      service.webhooks.triggerWebhook(customer.id, 'chatbot.updated', { conversationId: 'c', timestamp: time }),
      // @ts-expect-error A number is no time.
      service.webhooks.triggerWebhook(customer.id, 'conversation.closed', { conversationId: 'c', timestamp: 1 }),
    ];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: 'unknown_event_type' } });
  });

  it.each(['message.deleted', '', '__proto__', 'toString', 'message.sent\0', undefined, null, 1, {}, ['message.sent']])(
    'refuses the event %p at run time, and names the known ones',
    async (name) => {
      const before = await rowsWritten();
      const call = service.webhooks.triggerWebhook(customer.id, name as 'message.sent', {} as never);
      await expect(call).rejects.toThrow(WebhooksError);
      await expect(call).rejects.toMatchObject({ kind: 'unprocessable', code: 'unknown_event_type' });
      await expect(call).rejects.toThrow('chatbot.updated');
      expect(await rowsWritten()).toEqual(before);
    },
  );

  it.each(['nobody', '', 'a\0b', '\ud800', undefined, null, 42, {}])('refuses the unknown customer %p', async (id) => {
    const before = await rowsWritten();
    const call = service.webhooks.triggerWebhook(id as string, 'chatbot.created', { chatbotId: 'c', timestamp: '' });
    await expect(call).rejects.toThrow(WebhooksError);
    await expect(call).rejects.toMatchObject({ kind: 'not-found', code: 'not_found' });
    expect(await rowsWritten()).toEqual(before);
  });

  it('an unknown customer takes no other emit of the same moment with it', async () => {
    const ids = ['nobody', customer.id, 'a\0b', customer.id, 'nobody'];
    const outcomes = await Promise.allSettled(
      ids.map((id) => service.webhooks.triggerWebhook(id, 'chatbot.created', { chatbotId: 'c', timestamp: '' })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    await receiver.arrivals(2);
  });
});

describe('data that cannot be sent is a clear error, and nothing is written', () => {
  const cycle: Record<string, unknown> = { a: { b: [] } };
  (cycle['a'] as { b: unknown[] }).b.push(cycle);
  const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`);
  const lists = (levels: number): unknown => ({ a: JSON.parse('['.repeat(levels - 1) + ']'.repeat(levels - 1)) });
  const throws = (): never => {
    throw new Error('secret words of the data');
  };

  it.each<[string, unknown, RegExp]>([
    ['an invalid Date', { at: new Date(NaN) }, /invalid Date at "at"/],
    ['an invalid Date in a list', { list: [{ at: new Date('never') }] }, /invalid Date/],
    ['a BigInt', { amount: 1n }, /BigInt at "amount"/],
    ['a BigInt deep inside', { a: [{ b: { c: 10n ** 30n } }] }, /BigInt at "c"/],
    ['a cycle', cycle, /refers to itself/],
    ['a toJSON that throws', { a: { toJSON: throws } }, /toJSON/],
    ['a getter that throws', Object.defineProperty({}, 'a', { enumerable: true, get: throws }), /getter/],
    ['a toJSON that gives a BigInt', { a: { toJSON: () => 1n } }, /BigInt/],
    ['a toJSON at the top that gives a text', { toJSON: () => 'text' }, /must be an object/],
    ['a toJSON at the top that gives a list', { toJSON: () => [] }, /must be an object/],
    ['a toJSON at the top that gives nothing', { toJSON: () => undefined }, /must be an object/],
    ['a Date as the whole', new Date(), /must be an object/],
    ['65 levels of objects', nested(65), /64 levels/],
    ['65 levels of lists', lists(65), /64 levels/],
    ['10,000 levels', nested(10_000), /64 levels/],
    ['null', null, /must be an object/],
    ['undefined', undefined, /must be an object/],
    ['a list', [], /must be an object/],
    ['a text', 'x', /must be an object/],
    ['a function', () => 1, /must be an object/],
  ])('%s', async (_, data, message) => {
    const before = await rowsWritten();
    const call = trigger(data);
    await expect(call).rejects.toThrow(WebhooksError);
    await expect(call).rejects.toMatchObject({
      kind: 'invalid',
      code: 'invalid_event_data',
      message: expect.stringMatching(message),
      fields: [{ field: 'data' }],
    });
    await expect(call).rejects.not.toThrow('secret words');
    expect(await rowsWritten()).toEqual(before);
  });

  it('too many bytes', async () => {
    const before = await rowsWritten();
    const call = trigger({ content: '€'.repeat(3_400) });
    await expect(call).rejects.toMatchObject({ kind: 'too-large', code: 'payload_too_large' });
    expect(await rowsWritten()).toEqual(before);
    await trigger({ content: '€'.repeat(3_200) });
  });
});

describe('data is sent as JSON.stringify writes it', () => {
  class Money {
    constructor(private readonly cents: number) {}
    toJSON(): string {
      return `${this.cents / 100} EUR`;
    }
  }
  const shared = { x: 1 };
  const withProto = JSON.parse('{"__proto__":{"a":1},"constructor":2,"toString":3,"b":{"__proto__":4}}') as unknown;
  const deep = `${'{"a":'.repeat(63)}{}${'}'.repeat(63)}`;

  it.each<[string, unknown, string]>([
    ['a valid Date', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['undefined and functions', { a: undefined, b: () => 1, c: [undefined] }, '{"c":[null]}'],
    ['NaN and infinities', { a: NaN, b: -Infinity }, '{"a":null,"b":null}'],
    ['a toJSON', { price: new Money(1999) }, '{"price":"19.99 EUR"}'],
    ['a toJSON at the top', { toJSON: () => ({ a: 1 }) }, '{"a":1}'],
    [
      'the same object twice, which is no cycle',
      { a: shared, b: [shared, shared] },
      '{"a":{"x":1},"b":[{"x":1},{"x":1}]}',
    ],
    ['a Map', { map: new Map([[1, 2]]) }, '{"map":{}}'],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['U+0000', { a: 'x\0y', 'k\0': 1 }, '{"a":"x\\u0000y","k\\u0000":1}'],
    ['lone surrogates', { a: '\ud800', '\udfff': 'x' }, '{"a":"\\ud800","\\udfff":"x"}'],
    ['keys of every object', withProto, '{"__proto__":{"a":1},"constructor":2,"toString":3,"b":{"__proto__":4}}'],
    ['line separators and emoji', { a: '\u2028😀\u007f' }, '{"a":"\u2028😀\u007f"}'],
    ['64 levels', JSON.parse(deep), deep],
    ['nothing', {}, '{}'],
  ])('%s', async (_, data, expected) => {
    const body = await arrived(data);
    expect(body).toMatch(/^\{"event":"message\.received","timestamp":"[^"]+","data":/);
    expect(body.slice(body.indexOf('"data":') + 7, -1)).toBe(expected);
  });
});

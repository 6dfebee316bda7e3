import { closeReceivers } from '../../support/receivers';
import { recordingReceiver, refusingUrl } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

const MISSING = '01890000-0000-7000-8000-000000000000';

interface Listed {
  id: string;
  messageId: string;
  endpointId: string;
  event: string;
  status: string;
  createdAt: string;
}

interface Page {
  data: Listed[];
  nextCursor: string | null;
}

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterEach(closeReceivers);
afterAll(() => service.stop());

async function page(customer: TestCustomer, query: Record<string, string> = {}): Promise<Page> {
  const { body } = await customer.request('get', '/webhook-events').query(query).expect(200);
  return body as Page;
}

const idsOf = ({ data }: Page) => data.map(({ id }) => id);

/** Walks through all pages. */
async function walk(customer: TestCustomer, query: Record<string, string>, between?: () => Promise<unknown>) {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const found: Page = await page(customer, cursor === null ? query : { ...query, cursor });
    pages.push(idsOf(found));
    cursor = found.nextCursor;
    await between?.();
  } while (cursor !== null);
  return pages;
}

describe('GET /webhook-events', () => {
  let customer: TestCustomer;
  let good: string;
  let bad: string;
  /** The ids of all deliveries, newest first. */
  let all: string[];

  beforeAll(async () => {
    customer = await service.customer();
    const receiver = await recordingReceiver();
    ({ id: good } = await customer.endpoint(receiver.url));
    ({ id: bad } = await customer.endpoint(await refusingUrl(), { events: ['chatbot.created'] }));
    const ids: string[] = [];
    for (let count = 0; count < 23; count += 1) {
      const { eventIds } = await customer.emit({ count }, count % 3 === 0 ? 'chatbot.created' : 'message.sent');
      ids.push(...[...eventIds].sort());
    }
    all = ids.reverse();
    // Another tenant's deliveries, in between in time, are never in the answers.
    const other = await service.customer();
    await other.endpoint(receiver.url);
    await other.emit();
    await customer.request('patch', `/webhook-endpoints/${good}`, { isActive: false }).expect(200);
    all.unshift(...(await customer.emit({}, 'message.received')).eventIds);
    await Promise.all(all.slice(1).map((id) => service.settled(id, 20_000)));
  });

  it('shows the newest first, each as the contract says', async () => {
    const { data, nextCursor } = await page(customer, { limit: '100' });
    expect(data.map(({ id }) => id)).toEqual(all);
    expect(nextCursor).toBeNull();
    const fields =
      'attempts createdAt endpointId event heldReason id lastError messageId nextAttemptAt processedAt status url';
    for (const row of data) expect(Object.keys(row).sort().join(' ')).toBe(fields);
    expect(data[0]).toMatchObject({ status: 'PENDING', heldReason: 'endpoint paused', nextAttemptAt: null });
  });

  it.each([1, 2, 7, 31, 32, 100])(
    'gives pages of %i without gaps or repeats, nextCursor null at the end',
    async (limit) => {
      const pages = await walk(customer, { limit: String(limit) });
      expect(pages.flat()).toEqual(all);
      for (const ids of pages.slice(0, -1)) expect(ids).toHaveLength(limit);
      expect(pages.at(-1)!.length).toBeGreaterThan(0);
    },
  );

  it('gives 50 at once when not asked for another number', async () => {
    expect((await page(customer)).data).toHaveLength(Math.min(50, all.length));
  });

  it('filters by status, event, endpoint and message, alone, together and over pages', async () => {
    const { data } = await page(customer, { limit: '100' });
    const expected = (keep: (row: Listed) => boolean) => data.filter(keep).map(({ id }) => id);
    const { messageId } = data[5]!;
    const filters: [Record<string, string>, string[]][] = [
      [{ status: 'PENDING' }, expected(({ status }) => status === 'PENDING')],
      [{ status: 'SENT' }, expected(({ status }) => status === 'SENT')],
      [{ status: 'FAILED' }, expected(({ endpointId }) => endpointId === bad)],
      [{ event: 'message.sent' }, expected(({ event }) => event === 'message.sent')],
      [{ event: 'conversation.closed' }, []],
      [{ endpointId: bad }, expected(({ status }) => status === 'FAILED')],
      [{ endpointId: good.toUpperCase() }, expected(({ endpointId }) => endpointId === good)],
      [{ endpointId: MISSING }, []],
      [{ messageId }, expected((row) => row.messageId === messageId)],
      [
        { event: 'chatbot.created', status: 'SENT', endpointId: good },
        expected((row) => row.event === 'chatbot.created' && row.endpointId === good),
      ],
      [{ event: 'message.sent', endpointId: bad }, []],
    ];
    for (const [filter, ids] of filters) {
      expect((await walk(customer, { ...filter, limit: '3' })).flat()).toEqual(ids);
      expect(idsOf(await page(customer, { ...filter, limit: '100' }))).toEqual(ids);
    }
    expect(filters.filter(([, ids]) => ids.length > 0)).toHaveLength(8);
  });

  it('cuts by time: from is included, to is not, and both agree with the createdAt that is shown', async () => {
    const { data } = await page(customer, { limit: '100' });
    for (const row of [data[0]!, data[7]!, data.at(-1)!]) {
      const at = row.createdAt;
      const next = new Date(Date.parse(at) + 1).toISOString();
      const same = data.filter(({ createdAt }) => createdAt === at).map(({ id }) => id);
      expect(idsOf(await page(customer, { from: at, to: next, limit: '100' }))).toEqual(same);
      expect(idsOf(await page(customer, { to: at, limit: '100' }))).toEqual(
        data.filter(({ createdAt }) => createdAt < at).map(({ id }) => id),
      );
      expect(idsOf(await page(customer, { from: next, limit: '100' }))).toEqual(
        data.filter(({ createdAt }) => createdAt > at).map(({ id }) => id),
      );
    }
    const inOtherZone = data[7]!.createdAt.replace('Z', '+00:00');
    expect(idsOf(await page(customer, { from: inOtherZone, limit: '100' }))).toContain(data[7]!.id);
    expect((await page(customer, { from: '9999-12-31T23:59:59Z' })).data).toEqual([]);
    expect((await page(customer, { to: '1969-12-31' })).data).toEqual([]);
    expect((await page(customer, { from: data[0]!.createdAt, to: data.at(-1)!.createdAt })).data).toEqual([]);
  });

  it('is empty for a customer without deliveries, and shows nothing of others, filtered by their ids or not', async () => {
    const other = await service.customer();
    const { data } = await page(customer, { limit: '1' });
    for (const query of [{}, { endpointId: good }, { messageId: data[0]!.messageId }]) {
      expect(await page(other, query)).toEqual({ data: [], nextCursor: null });
    }
    const { nextCursor } = await page(customer, { limit: '1' });
    expect(await page(other, { cursor: nextCursor! })).toEqual({ data: [], nextCursor: null });
    await other.request('get', `/webhook-events/${all[0]}`).expect(404);
  });

  it('needs webhook-events:read', async () => {
    const { request } = await service.customer(['webhook-events:publish']);
    expect((await request('get', '/webhook-events').expect(403)).body.code).toBe('permission_missing');
    expect((await request('get', `/webhook-events/${all[0]}`).expect(403)).body.code).toBe('permission_missing');
  });
});

it('pages stay complete while new deliveries are made', async () => {
  const customer = await service.customer();
  await customer.endpoint((await recordingReceiver()).url);
  const before: string[] = [];
  for (let count = 0; count < 12; count += 1) before.unshift(...(await customer.emit({ count })).eventIds);
  const pages = await walk(customer, { limit: '5' }, () => customer.emit({ more: true }));
  expect(pages.flat()).toEqual(before);
});

it('deliveries of many emits at once are cut by time exactly where their createdAt says', async () => {
  const customer = await service.customer();
  const receiver = await recordingReceiver();
  for (let count = 0; count < 3; count += 1) await customer.endpoint(receiver.url);
  await Promise.all(
    Array.from({ length: 40 }, () =>
      service.webhooks.triggerWebhook(customer.id, 'chatbot.created', { chatbotId: 'c', timestamp: new Date() }),
    ),
  );
  const ids = await walk(customer, { limit: '100' });
  const rows = (await Promise.all(ids.flat().map((id) => service.event(id)))) as unknown as {
    id: string;
    createdAt: Date;
  }[];
  expect(rows).toHaveLength(120);
  for (const { id, createdAt } of rows.filter((_, index) => index % 10 === 0)) {
    const from = createdAt.toISOString();
    const to = new Date(createdAt.getTime() + 1).toISOString();
    expect((await walk(customer, { from, to, limit: '100' })).flat()).toContain(id);
  }
});

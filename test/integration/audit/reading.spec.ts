import { PlatformTokens } from '../../../src/auth/platform-tokens';
import { CustomersService } from '../../../src/webhooks';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(60_000);

interface Entry {
  id: string;
  actor: { type: string; id: string | null };
  action: string;
  target: { type: string; id: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  createdAt: string;
}

interface Page {
  data: Entry[];
  nextCursor: string | null;
}

let service: TestService;
let customer: TestCustomer;
let stranger: TestCustomer;
let endpointId: string;
/** All of the customer's, newest first. */
let all: Entry[];

async function page(query: Record<string, string> = {}, by = customer): Promise<Page> {
  const { body } = await by.request('get', '/audit-log').query(query).expect(200);
  return body as Page;
}

beforeAll(async () => {
  service = await startService({ role: 'api' });
  customer = await service.customer();
  stranger = await service.customer();
  await service.app.get(CustomersService).suspend(customer.id, 'unpaid', { type: 'operator' });
  await service.app.get(CustomersService).resume(customer.id, { type: 'operator' });
  ({ id: endpointId } = await customer.endpoint('http://127.0.0.1:9/hook?token=in-the-url'));
  const token = await service.app
    .get(PlatformTokens, { strict: false })
    .issue({ userId: customer.userId, customerId: customer.id }, 600);
  for (const description of ['one', 'two', 'three']) {
    await customer.request('patch', `/webhook-endpoints/${endpointId}`, { description }).expect(200);
    await service
      .request('patch', `/webhook-endpoints/${endpointId}`, { description: `${description} again` })
      .set('Authorization', `Bearer ${token}`)
      .expect(200);
    await stranger.endpoint('http://127.0.0.1:9/hook');
  }
  ({ data: all } = await page({ limit: '100' }));
});
afterAll(() => service.stop());

describe('GET /audit-log', () => {
  it('shows who changed what, newest first', () => {
    expect(all.map(({ action }) => action)).toEqual([
      ...Array.from({ length: 6 }, () => 'endpoint.updated'),
      'endpoint.created',
      'customer.resumed',
      'customer.suspended',
      'api-key.created',
      'customer.created',
    ]);
    const [latest] = all;
    expect(latest).toEqual({
      id: expect.any(String) as string,
      actor: { type: 'user', id: customer.userId },
      action: 'endpoint.updated',
      target: { type: 'endpoint', id: endpointId },
      before: { description: 'three' },
      after: { description: 'three again' },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    });
    expect(all[1]!.actor).toEqual({ type: 'api-key', id: customer.keyId });
    expect(all.at(-1)).toMatchObject({ actor: { type: 'system', id: null }, before: null });
    // A URL is kept as it is: it is what was changed.
    expect(all[6]!.after).toMatchObject({ url: 'http://127.0.0.1:9/hook?token=in-the-url' });
  });

  it.each([1, 3, 10, 11, 100])(
    'gives pages of %i without gaps or repeats, nextCursor null at the end',
    async (limit) => {
      const found: Entry[] = [];
      let cursor: string | null = null;
      do {
        const { data, nextCursor }: Page = await page({ limit: String(limit), ...(cursor !== null && { cursor }) });
        expect(data.length).toBeLessThanOrEqual(limit);
        found.push(...data);
        cursor = nextCursor;
      } while (cursor !== null);
      expect(found).toEqual(all);
    },
  );

  it('filters by actor, action, target and time, alone, together and over pages', async () => {
    const filters: [Record<string, string>, (entry: Entry) => boolean][] = [
      [{ actorType: 'operator' }, ({ actor }) => actor.type === 'operator'],
      [{ actorType: 'cli' }, () => false],
      [{ actorId: customer.keyId }, ({ actor }) => actor.id === customer.keyId],
      [{ actorId: customer.userId, actorType: 'user' }, ({ actor }) => actor.type === 'user'],
      [{ actorId: customer.userId, actorType: 'api-key' }, () => false],
      [{ action: 'customer.suspended' }, ({ action }) => action === 'customer.suspended'],
      [{ targetType: 'customer' }, ({ target }) => target.type === 'customer'],
      [{ targetId: endpointId }, ({ target }) => target.id === endpointId],
      [{ targetId: endpointId, targetType: 'api-key' }, () => false],
      [{ from: all[4]!.createdAt, to: all[1]!.createdAt }, ({ createdAt }) => isIn(createdAt, all[4]!, all[1]!)],
      [
        { action: 'endpoint.updated', actorType: 'user', targetId: endpointId, from: all[4]!.createdAt },
        ({ action, actor, createdAt }) =>
          action === 'endpoint.updated' && actor.type === 'user' && createdAt >= all[4]!.createdAt,
      ],
    ];
    const isIn = (time: string, from: Entry, to: Entry): boolean => time >= from.createdAt && time < to.createdAt;
    for (const [filter, keep] of filters) {
      const expected = all.filter(keep);
      expect([filter, (await page(filter)).data]).toEqual([filter, expected]);
      const first = await page({ ...filter, limit: '1' });
      expect(first.data).toEqual(expected.slice(0, 1));
      const rest = first.nextCursor === null ? [] : (await page({ ...filter, cursor: first.nextCursor })).data;
      expect(rest).toEqual(expected.slice(1));
    }
  });

  it('[webhook 33] shows nothing of another customer, filtered by its ids or not, and with its cursor', async () => {
    const { nextCursor } = await page({ limit: '1' });
    const own = await page({ limit: '100' }, stranger);
    expect(own.data.map(({ action }) => action)).toEqual([
      ...Array.from({ length: 3 }, () => 'endpoint.created'),
      'api-key.created',
      'customer.created',
    ]);
    for (const query of [{ targetId: endpointId }, { actorId: customer.keyId }, { targetId: customer.id }]) {
      expect(await page(query, stranger)).toEqual({ data: [], nextCursor: null });
    }
    const ids = new Set(own.data.map(({ id }) => id));
    const further = await page({ cursor: nextCursor! }, stranger);
    expect(further.data.every(({ id }) => ids.has(id))).toBe(true);
  });

  it.each([
    ['an unknown field', { actor: 'user' }, 'actor'],
    ['a kind of actor that there is not', { actorType: 'robot' }, 'actorType'],
    ['an action that there is not', { action: 'endpoint.exploded' }, 'action'],
    ['a kind of target that there is not', { targetType: 'Customer' }, 'targetType'],
    ['an empty id', { targetId: '' }, 'targetId'],
    ['an id with a NUL', { actorId: 'a\0b' }, 'actorId'],
    ['an id that is too long', { actorId: 'x'.repeat(256) }, 'actorId'],
    ['a time without its zone', { from: '2026-01-01T00:00:00' }, 'from'],
    ['no time', { to: 'yesterday' }, 'to'],
    ['no limit', { limit: '0' }, 'limit'],
    ['a limit of 101', { limit: '101' }, 'limit'],
    ['a limit that is no number', { limit: 'ten' }, 'limit'],
    ['a made-up cursor', { cursor: 'made-up' }, 'cursor'],
    ['a field twice', 'limit=1&limit=2', 'limit'],
    ['a list', 'action[]=endpoint.updated', 'action'],
  ])('refuses %s', async (_, query, field) => {
    const { body } = await customer.request('get', '/audit-log').query(query).expect(400);
    expect((body as { errors: { field: string }[] }).errors[0]!.field).toContain(field);
  });

  it('needs its permission', async () => {
    const other = await service.customer(['api-keys:*', 'webhook-endpoints:*', 'webhook-events:*']);
    const { body } = await other.request('get', '/audit-log').expect(403);
    expect(body).toMatchObject({
      code: 'permission_missing',
      detail: expect.stringContaining('audit-log:read') as string,
    });
    const reader = await service.customer(['audit-log:read']);
    expect((await page({}, reader)).data).toHaveLength(2);
  });

  it('cannot be written to', async () => {
    for (const method of ['post', 'put', 'patch', 'delete'] as const) {
      await customer.request(method, '/audit-log', {}).expect(404);
    }
  });
});

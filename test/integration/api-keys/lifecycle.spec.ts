import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ApiKeysService } from '../../../src/webhooks';
import { recordingReceiver, type RecordingReceiver } from '../../support/recording-receiver';
import { closeReceivers } from '../../support/receivers';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService({ limits: { apiKeysPerCustomer: 5 } });
});
beforeEach(async () => {
  customer = await service.customer();
});
afterEach(() => closeReceivers());
afterAll(() => service.stop());

interface Created {
  id: string;
  key: string;
}

const create = async (body: object = {}): Promise<Created> =>
  (await customer.request('post', '/api-keys', { name: 'one', ...body }).expect(201)).body as Created;
const use = (key: string) => service.request('get', '/me').set('X-API-Key', key);
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const get = async (id: string) =>
  (await customer.request('get', `/api-keys/${id}`).expect(200)).body as Record<string, unknown>;

describe('expiry', () => {
  it('[key 9] is exact to the millisecond', async () => {
    const expiresAt = Date.now() + 600;
    const { id, key } = await create({ expiresAt: new Date(expiresAt).toISOString() });
    expect((await get(id))['expiresAt']).toBe(new Date(expiresAt).toISOString());
    const now = jest.spyOn(Date, 'now');
    try {
      now.mockReturnValue(expiresAt - 1);
      await use(key).expect(200);
      now.mockReturnValue(expiresAt);
      const { body, headers } = await use(key).expect(401);
      expect(body.code).toBe('api_key_expired');
      expect(headers['www-authenticate']).toContain('error="invalid_token"');
    } finally {
      now.mockRestore();
    }
  });

  it('can be set, moved and taken away later', async () => {
    const { id, key } = await create();
    await customer.request('patch', `/api-keys/${id}`, { expiresAt: inMs(1_000) }).expect(200);
    await use(key).expect(200);
    await sleep(1_010);
    await use(key).expect(401);
    await customer.request('patch', `/api-keys/${id}`, { expiresAt: null }).expect(200);
    await use(key).expect(200);
  });

  it.each([
    ['the past', '2020-01-01T00:00:00Z', 'invalid_expires_at'],
    ['no zone', '2030-01-01T00:00:00', 'invalid_request'],
    ['a number', 1_900_000_000, 'invalid_request'],
    ['no time', 'tomorrow', 'invalid_request'],
  ])('refuses %s', async (_, expiresAt, code) => {
    const { body } = await customer.request('post', '/api-keys', { name: 'x', expiresAt }).expect(400);
    expect(body).toMatchObject({ code, errors: [{ field: 'expiresAt' }] });
  });
});

describe('what is chosen of a key', () => {
  it('is in the answer that made it, where it was asked for, and in every later one', async () => {
    const chosen = {
      labels: { environment: 'production', team: 'mobile' },
      allowedCidrs: ['127.0.0.0/8', '::1/128'],
      rateLimit: { limit: 100, windowSeconds: 60 },
      expiresAt: inMs(60_000),
    };
    const created = await create(chosen);
    expect(created).toMatchObject(chosen);
    expect(await get(created.id)).toMatchObject({ ...chosen, preview: `sk_…${created.key.slice(-4)}` });
    const { body } = await customer.request('get', '/api-keys?label=team:mobile').expect(200);
    expect((body as Created[]).map(({ id }) => id)).toEqual([created.id]);
    expect((await customer.request('get', '/api-keys?label=team:web').expect(200)).body).toEqual([]);
    const cleared = { labels: {}, allowedCidrs: [], rateLimit: null };
    const { body: changed } = await customer.request('patch', `/api-keys/${created.id}`, cleared).expect(200);
    expect(changed).toMatchObject(cleared);
  });

  it.each([
    ['labels', { labels: { 'Not A Name': 'x' } }],
    ['labels', { labels: { a: 1 } }],
    ['labels', { labels: [] }],
    ['labels', { labels: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`l${n}`, 'x'])) }],
    ['allowedCidrs', { allowedCidrs: ['10.0.0.1'] }],
    ['allowedCidrs', { allowedCidrs: ['10/8'] }],
    ['allowedCidrs', { allowedCidrs: [null] }],
    ['allowedCidrs', { allowedCidrs: 'everywhere' }],
    ['rateLimit.limit', { rateLimit: { limit: 0, windowSeconds: 60 } }],
    ['rateLimit.windowSeconds', { rateLimit: { limit: 1, windowSeconds: 1.5 } }],
    ['rateLimit.per', { rateLimit: { limit: 1, windowSeconds: 1, per: 'day' } }],
    ['rateLimit', { rateLimit: 5 }],
    ['isCanary', { isCanary: 'yes' }],
    ['environment', { environment: 'live' }],
  ])('refuses wrong %s: %j', async (field, wrong) => {
    const { body } = await customer.request('post', '/api-keys', { name: 'x', ...wrong }).expect(400);
    expect(body).toMatchObject({ code: 'invalid_request' });
    expect(
      (body as { errors: { field: string }[] }).errors.map((error) => error.field.replace(/\.\d+$/, '')),
    ).toContain(field);
  });
});

describe('deleting', () => {
  it('can be undone: the same key works again, with all it had', async () => {
    const { id, key } = await create({ permissions: ['messages:send'], labels: { a: 'b' } });
    const before = await get(id);
    await customer.request('delete', `/api-keys/${id}`).expect(204);
    await use(key).expect(401);
    const { body: deleted } = await customer.request('get', '/api-keys?deleted=true').expect(200);
    expect((deleted as Created[]).map((it) => it.id)).toEqual([id]);
    const { body } = await customer.request('post', `/api-keys/${id}/restore`).expect(200);
    expect(body).toEqual(before);
    await use(key).expect(200);
    // There is nothing to undo any more.
    await customer.request('post', `/api-keys/${id}/restore`).expect(404);
  });

  it('[key 19] restores nothing that holds more than the caller', async () => {
    const { id } = await create({ permissions: ['messages:send'] });
    await customer.request('delete', `/api-keys/${id}`).expect(204);
    const { key } = await create({ permissions: ['api-keys:*'] });
    const { body } = await service.request('post', `/api-keys/${id}/restore`).set('X-API-Key', key).expect(403);
    expect(body.code).toBe('permission_not_held');
  });

  it('is for good when the days are over, or when the customer has too many keys meanwhile', async () => {
    const { id } = await create();
    await customer.request('delete', `/api-keys/${id}`).expect(204);
    for (let n = 0; n < 4; n += 1) await create();
    const { body } = await customer.request('post', `/api-keys/${id}/restore`).expect(409);
    expect(body.code).toBe('too_many_api_keys');
    await service.sql(`UPDATE webhooks."APIKey" SET "deletedAt" = now() - interval '8 days' WHERE id = $1`, id);
    await customer.request('post', `/api-keys/${id}/restore`).expect(404);
    const again = await startService({ database: service.database });
    await waitFor('the row is gone', async () => {
      const rows = await service.sql('SELECT FROM webhooks."APIKey" WHERE id = $1', id);
      return rows.length === 0;
    });
    await again.close();
  });

  it('a key that is restored in the moment in which it would be too many of the deleted ones stays', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { id } = await create();
      await customer.request('delete', `/api-keys/${id}`).expect(204);
      ids.push(id);
    }
    const { id: sixth } = await create();
    const other = new Client({ connectionString: service.database.url });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query(`UPDATE webhooks."APIKey" SET "deletedAt" = NULL WHERE id = $1`, [ids[0]]);
      const deleted = customer.request('delete', `/api-keys/${sixth}`).expect(204).then();
      await sleep(300);
      await other.query('COMMIT');
      await deleted;
    } finally {
      await other.end();
    }
    await customer.request('get', `/api-keys/${ids[0]}`).expect(200);
  });

  it('keeps no more deleted keys than a customer may have', async () => {
    for (let n = 0; n < 7; n += 1) {
      const { id } = await create();
      await customer.request('delete', `/api-keys/${id}`).expect(204);
    }
    const { body } = await customer.request('get', '/api-keys?deleted=true').expect(200);
    expect(body).toHaveLength(5);
  });
});

describe('events about keys', () => {
  const told = async (receiver: RecordingReceiver, count: number): Promise<{ event: string; data: object }[]> =>
    (await receiver.arrivals(count)).map(({ body }) => JSON.parse(String(body)) as { event: string; data: object });

  it('go to endpoints that ask for them, and say nothing secret', async () => {
    const [receiver, other] = [await recordingReceiver(), await recordingReceiver()];
    await customer.endpoint(receiver.url, { events: ['api_key.*'] });
    await customer.endpoint(other.url);
    const { id, key } = await create();
    await told(receiver, 1);
    const rotated = await customer.request('post', `/api-keys/${id}/rotate`).expect(201);
    await told(receiver, 2);
    const successor = rotated.body as Created;
    await customer.request('delete', `/api-keys/${successor.id}`).expect(204);
    const events = await told(receiver, 3);
    const summary = { apiKeyId: id, name: 'one', preview: `sk_…${key.slice(-4)}` };
    expect(events.map(({ event, data }) => ({ event, data }))).toEqual([
      { event: 'api_key.created', data: summary },
      {
        event: 'api_key.rotated',
        data: { ...summary, successorId: successor.id, graceEndsAt: expect.any(String) },
      },
      {
        event: 'api_key.revoked',
        data: { apiKeyId: successor.id, name: 'one', preview: `sk_…${successor.key.slice(-4)}`, reason: 'deleted' },
      },
    ]);
    expect(other.requests).toHaveLength(0);
    const sent = receiver.requests.map(({ body }) => String(body)).join();
    for (const secret of [key, successor.key]) expect(sent).not.toContain(secret.slice(3));
  });

  it('are not sent for a change that was refused', async () => {
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url, { events: ['*'] });
    await customer.request('post', '/api-keys', { name: '' }).expect(400);
    await customer.request('post', '/webhook-events', { event: 'message.sent', data: {} }).expect(202);
    expect((await told(receiver, 1)).map(({ event }) => event)).toEqual(['message.sent']);
  });
});

it('keys with a checksum are made where it is asked for, and accepted everywhere', async () => {
  const checked = await startService({ apiKeys: { checksum: true }, database: service.database });
  const { key } = await checked.app.get(ApiKeysService).create(customer.id, { name: 'checked' });
  expect(key).toMatch(/^skc_/);
  await checked.close();
  await use(key).expect(200);
  await use(`${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`).expect(401);
});

it('a key may end itself, whatever it may do otherwise', async () => {
  const { id, key } = await create({ permissions: [] });
  const { body } = await service.request('post', '/me/revoke').set('X-API-Key', key).expect(200);
  expect(body).toMatchObject({ id, isActive: false, deactivatedReason: 'self-revoked' });
  await service.request('post', '/me/revoke').set('X-API-Key', key).expect(401);
});

import { setTimeout as sleep } from 'node:timers/promises';
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
afterAll(() => service.stop());

interface Key {
  id: string;
  key: string;
  expiresAt: string | null;
  [field: string]: unknown;
}

const create = async (body: object = {}): Promise<Key> =>
  (await customer.request('post', '/api-keys', { name: 'one', ...body }).expect(201)).body as Key;
const rotate = (id: string, body?: object) => customer.request('post', `/api-keys/${id}/rotate`, body);
const use = (key: string) => service.request('get', '/me').set('X-API-Key', key);
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

it('[key 5] answers with a new key of the same rights, which nobody may cache, and never shows it again', async () => {
  const rights = {
    permissions: ['messages:send'],
    labels: { team: 'mobile' },
    allowedCidrs: ['127.0.0.0/8'],
    rateLimit: { limit: 1_000, windowSeconds: 60 },
  };
  const old = await create(rights);
  const { body, headers } = await rotate(old.id, { gracePeriodSeconds: 60 }).expect(201);
  expect(headers['cache-control']).toBe('no-store');
  const successor = body as Key & { predecessor: Key };
  expect(successor).toMatchObject({ name: 'one', ...rights, isActive: true, expiresAt: null });
  expect(successor.key).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
  expect(successor.key).not.toBe(old.key);
  expect(successor.predecessor).toMatchObject({ id: old.id, successorId: successor.id });
  expect(successor.predecessor).not.toHaveProperty('key');
  for (const { key } of [old, successor]) await use(key).expect(200);
  const { body: shown } = await customer.request('get', `/api-keys/${successor.id}`).expect(200);
  expect(shown).not.toHaveProperty('key');
});

it('both keys are accepted until the grace period ends', async () => {
  const old = await create();
  const { body } = await rotate(old.id, { gracePeriodSeconds: 1 }).expect(201);
  await use(old.key).expect(200);
  await sleep(1_050);
  expect((await use(old.key).expect(401)).body.code).toBe('api_key_expired');
  await use((body as Key).key).expect(200);
});

it('[key 22] the grace period ends no later than the old key would have', async () => {
  const soon = inMs(5_000);
  const old = await create({ expiresAt: soon });
  const { body } = await rotate(old.id, { gracePeriodSeconds: 3_600 }).expect(201);
  const successor = body as Key & { predecessor: Key };
  expect(successor.predecessor.expiresAt).toBe(soon);
  // The new one ends when the old one would have, unless something else is asked for.
  expect(successor.expiresAt).toBe(soon);
  const { body: next } = await rotate(successor.id, { expiresAt: null }).expect(201);
  expect((next as Key).expiresAt).toBeNull();
});

it('[key 22] what is revoked, expired or rotated already is a 409', async () => {
  const expect409 = async (id: string, code: string): Promise<void> => {
    expect((await rotate(id).expect(409)).body.code).toBe(code);
  };
  const revoked = await create();
  await customer.request('post', `/api-keys/${revoked.id}/deactivate`).expect(200);
  await expect409(revoked.id, 'api_key_inactive');
  const expired = await create({ expiresAt: inMs(50) });
  await sleep(60);
  await expect409(expired.id, 'api_key_expired');
  const rotated = await create();
  await rotate(rotated.id).expect(201);
  await expect409(rotated.id, 'api_key_rotated');
  await customer.request('delete', `/api-keys/${rotated.id}`).expect(204);
  await rotate(rotated.id).expect(404);
});

it('[key 22] of rotations at the same time, one wins', async () => {
  const { id } = await create();
  const answers = await Promise.all(Array.from({ length: 10 }, () => rotate(id)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  const { body } = await customer.request('get', '/api-keys').expect(200);
  expect(body).toHaveLength(3);
});

it('[key 19] needs every permission that the key holds', async () => {
  const { id } = await create({ permissions: ['messages:send'] });
  const { key } = await create({ permissions: ['api-keys:*'] });
  const { body } = await service.request('post', `/api-keys/${id}/rotate`).set('X-API-Key', key).expect(403);
  expect(body.code).toBe('permission_not_held');
  expect((await customer.request('get', `/api-keys/${id}`)).body).toMatchObject({ successorId: null, expiresAt: null });
});

it('works at the limit of keys: the old one makes room for the new one', async () => {
  const keys = await Promise.all(Array.from({ length: 4 }, () => create()));
  await customer.request('post', '/api-keys', { name: 'one too many' }).expect(409);
  await rotate(keys[0]!.id).expect(201);
  await customer.request('post', '/api-keys', { name: 'one too many' }).expect(409);
});

it('rotating again and again does not make more keys than the limit allows, twice over', async () => {
  let { id } = await create();
  for (let n = 0; n < 5; n += 1) id = ((await rotate(id).expect(201)).body as Key).id;
  expect((await rotate(id).expect(409)).body).toMatchObject({ code: 'too_many_api_keys' });
  await rotate(id, { gracePeriodSeconds: 0 }).expect(201);
});

it('the end of a rotated key can only be brought forward', async () => {
  const { id } = await create();
  await rotate(id, { gracePeriodSeconds: 3_600 }).expect(201);
  const move = (expiresAt: string | null) => customer.request('patch', `/api-keys/${id}`, { expiresAt });
  for (const later of [inMs(7_200_000), null]) {
    expect((await move(later).expect(409)).body.code).toBe('api_key_rotated');
  }
  await move(inMs(60_000)).expect(200);
});

it.each([
  { gracePeriodSeconds: -1 },
  { gracePeriodSeconds: 1.5 },
  { gracePeriodSeconds: '60' },
  { gracePeriodSeconds: null },
  { gracePeriodSeconds: 2_592_001 },
  { expiresAt: '2020-01-01T00:00:00Z' },
  { permissions: ['*'] },
])('refuses %j', async (wrong) => {
  const { id } = await create();
  await rotate(id, wrong).expect(400);
  expect((await customer.request('get', `/api-keys/${id}`)).body).toMatchObject({ successorId: null });
});

it('GET /api-keys/:id/rotation tells when it is safe to cut over, asked with either key', async () => {
  const old = await create();
  await customer.request('get', `/api-keys/${old.id}/rotation`).expect(404);
  await use(old.key).expect(200);
  const { body } = await rotate(old.id).expect(201);
  const successor = body as Key;
  const status = async (id: string) =>
    (await customer.request('get', `/api-keys/${id}/rotation`).expect(200)).body as Record<string, unknown>;
  expect(await status(old.id)).toMatchObject({ safeToCutOver: false, predecessorQuietForSeconds: null });

  await use(old.key).expect(200);
  await use(successor.key).expect(200);
  await service.sql('UPDATE webhooks."APIKey" SET "lastUsedAt" = now() WHERE id = $1', old.id);
  await waitFor('the use of the new key is noted', async () => {
    const { successor: now } = (await status(old.id)) as { successor: Key };
    return now['lastUsedAt'] !== null;
  });
  const busy = await status(successor.id);
  expect(busy).toMatchObject({ safeToCutOver: false, predecessor: { id: old.id }, successor: { id: successor.id } });
  expect(busy['predecessorQuietForSeconds']).toBeLessThan(30);

  const hoursAgo = (column: string, hours: number) =>
    service.sql(
      `UPDATE webhooks."APIKey" SET "${column}" = now() - $2 * interval '1 hour' WHERE id = $1`,
      old.id,
      hours,
    );
  await hoursAgo('rotatedAt', 3);
  await hoursAgo('lastUsedAt', 2);
  expect(await status(old.id)).toMatchObject({ safeToCutOver: true });
});

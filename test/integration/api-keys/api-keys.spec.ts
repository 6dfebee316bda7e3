import { PLATFORM_PERMISSIONS } from '../../../src/app.module';
import { SHOWN_FIELDS, shownKey } from '../../support/api-keys';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MISSING = '01890000-0000-7000-8000-000000000000';

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  const actions = Array.from({ length: 100 }, (_, index) => `messages:action-${index}`);
  const made = [...actions, 'a_b-9:c_d-8', 'a:b'].map((permission) => ({ permission }));
  service = await startService({ permissions: [...PLATFORM_PERMISSIONS, ...made] });
});
beforeEach(async () => {
  customer = await service.customer();
});
afterAll(() => service.stop());

const create = (body: object) => customer.request('post', '/api-keys', body);

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const tables = await service.sql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => service.sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)),
  );
  return rows.flatMap((table) => table.map(({ row }) => row)).join('\n');
}

describe('POST /api-keys', () => {
  it('answers 201 with the key and its details, and says that nobody may cache it', async () => {
    const permissions = ['messages:send', 'chatbots:*'];
    const { body, headers } = await create({ name: 'Production', permissions }).expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(UUID),
      key: expect.stringMatching(/^sk_[A-Za-z0-9_-]{43}$/),
      name: 'Production',
      permissions,
      isActive: true,
      createdAt: expect.stringMatching(ISO),
    });
    expect(Object.keys(body)).toEqual(['id', 'key', 'name', 'permissions', 'isActive', 'createdAt']);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('makes keys of 32 random bytes, each a different one', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => create({ name: `key ${index}` })));
    const keys = answers.map(({ body }) => body.key as string);
    expect(new Set(keys).size).toBe(5);
    for (const key of keys) expect(Buffer.from(key.slice(3), 'base64url')).toHaveLength(32);
  });

  it('[key 1, 2] keeps the SHA-256 and never the key: not in any table, not in the log; the digest is no key', async () => {
    const { body } = await create({ name: 'secret' }).expect(201);
    const { key, id } = body as { key: string; id: string };
    await service.request('get', '/me').set('X-API-Key', key).expect(200);
    await waitFor('lastUsedAt is written', async () => {
      const [row] = await service.sql<{ at: Date | null }>(
        'SELECT "lastUsedAt" AS at FROM webhooks."APIKey" WHERE id = $1',
        id,
      );
      return row?.at;
    });
    const [row] = await service.sql<{ stored: string; expected: string }>(
      `SELECT key AS stored, encode(sha256($2::bytea), 'hex') AS expected FROM webhooks."APIKey" WHERE id = $1`,
      id,
      Buffer.from(key),
    );
    expect(row?.stored).toBe(row?.expected);
    const everything = await dump();
    expect(everything).toContain(row?.stored);
    expect(everything).not.toContain(key.slice(3));
    expect(service.logs.join('\n')).not.toContain(key.slice(3));
    for (const guess of [
      row!.stored,
      `sk_${row!.stored}`,
      `sk_${Buffer.from(row!.stored, 'hex').toString('base64url')}`,
    ]) {
      await service.request('get', '/me').set('X-API-Key', guess).expect(401);
    }
  });

  it('without permissions makes a key that may do nothing', async () => {
    const { body } = await create({ name: 'nothing' }).expect(201);
    expect(body.permissions).toEqual([]);
    const { body: problem } = await service.request('get', '/api-keys').set('X-API-Key', body.key).expect(403);
    expect(problem.code).toBe('permission_missing');
    await service.request('get', '/me').set('X-API-Key', body.key).expect(200);
  });

  it.each([
    ['one of each form', ['*', 'messages:*', 'messages:send', 'a_b-9:c_d-8']],
    ['a hundred', Array.from({ length: 100 }, (_, index) => `messages:action-${index}`)],
    ['none', []],
  ])('accepts permissions: %s', async (_, permissions) => {
    const { body } = await create({ name: 'x', permissions }).expect(201);
    expect(body.permissions).toEqual(permissions);
  });

  it.each([
    ['101 of them', Array.from({ length: 101 }, (_, index) => `messages:action-${index}`)],
    ['one twice', ['messages:send', 'messages:send']],
    ['upper case', ['Messages:send']],
    ['no action', ['messages']],
    ['an empty action', ['messages:']],
    ['a wildcard resource', ['*:send']],
    ['a half wildcard', ['messages:se*']],
    ['three parts', ['a:b:c']],
    ['white space', [' messages:send']],
    ['a line break at the end', ['messages:send\n']],
    ['an empty text', ['']],
    ['a number', [1]],
    ['null', [null]],
    ['an object', [{ resource: 'messages' }]],
    ['a list in the list', [['messages:send']]],
    ['one of 101 characters', [`a:${'b'.repeat(99)}`]],
    ['a text instead of a list', 'messages:send'],
    ['null instead of a list', null],
    ['an object instead of a list', { 0: 'messages:send', length: 1 }],
  ])('refuses permissions: %s', async (_, permissions) => {
    const before = await service.rowCounts();
    const { body, headers } = await create({ name: 'x', permissions }).expect(400);
    expect(headers['content-type']).toMatch('application/problem+json');
    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(body.errors[0].field).toMatch(/^permissions/);
    expect(await service.rowCounts()).toEqual(before);
  });
});

describe('GET /api-keys', () => {
  it('[key 4] lists the keys of the customer, newest first, without keys or digests', async () => {
    for (const name of ['second', 'third']) await create({ name }).expect(201);
    const { body } = await customer.request('get', '/api-keys').expect(200);
    expect((body as { name: string }[]).map(({ name }) => name)).toEqual(['third', 'second', 'first']);
    for (const key of body) {
      expect(Object.keys(key).sort()).toEqual(SHOWN_FIELDS);
    }
  });
});

describe('GET, PATCH, deactivate and DELETE /api-keys/:id', () => {
  let id: string;
  let key: string;

  beforeEach(async () => {
    const { body } = await create({ name: 'one', permissions: ['messages:send'] }).expect(201);
    ({ id, key } = body as { id: string; key: string });
  });

  it('shows one key, also when its id is in upper case', async () => {
    const { body } = await customer.request('get', `/api-keys/${id}`).expect(200);
    expect(body).toEqual(
      shownKey({ id, name: 'one', permissions: ['messages:send'], createdAt: expect.stringMatching(ISO) }),
    );
    const { body: same } = await customer.request('get', `/api-keys/${id.toUpperCase()}`).expect(200);
    expect(same.id).toBe(id);
  });

  it('changes name, permissions and isActive, each alone and at once, and nothing else', async () => {
    const patch = async (changes: object) =>
      (await customer.request('patch', `/api-keys/${id}`, changes).expect(200)).body as { createdAt: string };
    const { createdAt } = await patch({});
    const two = { id, name: 'two', createdAt };
    expect(await patch({ name: 'two' })).toEqual(shownKey({ ...two, permissions: ['messages:send'] }));
    expect(await patch({ permissions: [] })).toEqual(shownKey(two));
    const off = { isActive: false, deactivatedReason: 'deactivated' };
    expect(await patch({ isActive: false })).toEqual(shownKey({ ...two, ...off }));
    const all = { name: 'three', permissions: ['messages:read'], isActive: true };
    expect(await patch(all)).toEqual(shownKey({ ...two, ...all }));
  });

  it.each([
    ['key', { key: 'sk_x' }],
    ['id', { id: MISSING }],
    ['customerId', { customerId: 'other' }],
    ['lastUsedAt', { lastUsedAt: null }],
    ['createdAt', { createdAt: '2020-01-01T00:00:00Z' }],
    ['isActive as a text', { isActive: 'false' }],
    ['isActive as null', { isActive: null }],
    ['name as null', { name: null }],
    ['a blank name', { name: '   ' }],
  ])('[key 18] refuses to change %s', async (_, changes) => {
    const { body } = await customer.request('patch', `/api-keys/${id}`, changes).expect(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field: Object.keys(changes)[0] }] });
    expect((await customer.request('get', `/api-keys/${id}`)).body).toMatchObject({ name: 'one', isActive: true });
  });

  it('deactivates as often as one likes; the key is refused from then on, until it is active again', async () => {
    await service.request('get', '/me').set('X-API-Key', key).expect(200);
    for (let times = 0; times < 2; times += 1) {
      const { body } = await customer.request('post', `/api-keys/${id}/deactivate`).expect(200);
      expect(body).toMatchObject({ id, name: 'one', isActive: false });
      expect(body).not.toHaveProperty('key');
    }
    const { body } = await service.request('get', '/me').set('X-API-Key', key).expect(401);
    expect(body.code).toBe('api_key_inactive');
    await customer.request('patch', `/api-keys/${id}`, { isActive: true }).expect(200);
    await service.request('get', '/me').set('X-API-Key', key).expect(200);
  });

  it('deletes with 204 and no body; then the id is gone and the key is unknown', async () => {
    const answer = await customer.request('delete', `/api-keys/${id}`).expect(204);
    expect(answer.text).toBe('');
    await customer.request('delete', `/api-keys/${id}`).expect(404);
    await customer.request('get', `/api-keys/${id}`).expect(404);
    const { body } = await service.request('get', '/me').set('X-API-Key', key).expect(401);
    expect(body.code).toBe('api_key_unknown');
  });

  it('[key 17] answers for the id of another tenant exactly as for one that is missing', async () => {
    const other = await service.customer();
    const calls = [
      ['get', ''],
      ['patch', '', { name: 'mine now' }],
      ['post', '/deactivate'],
      ['delete', ''],
    ] as const;
    for (const [method, path, sent] of calls) {
      const theirs = await other.request(method, `/api-keys/${id}${path}`, sent).expect(404);
      const missing = await other.request(method, `/api-keys/${MISSING}${path}`, sent).expect(404);
      expect(theirs.body).toEqual(missing.body);
      expect(theirs.body.code).toBe('not_found');
    }
    expect((await customer.request('get', `/api-keys/${id}`).expect(200)).body).toMatchObject({
      name: 'one',
      isActive: true,
    });
  });
});

describe('the number of keys of a customer', () => {
  it('[key 23] holds under 50 creates at once', async () => {
    const small = await startService({ limits: { apiKeysPerCustomer: 10 } });
    try {
      const tenant = await small.customer();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => tenant.request('post', '/api-keys', { name: `key ${index}` })),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(9);
      const refused = answers.filter(({ status }) => status === 409);
      expect(refused).toHaveLength(41);
      expect(refused[0]?.body.code).toBe('too_many_api_keys');
      const { body: keys } = await tenant.request('get', '/api-keys').expect(200);
      expect(keys).toHaveLength(10);
      await tenant.request('delete', `/api-keys/${keys[0].id}`).expect(204);
      await tenant.request('post', '/api-keys', { name: 'room again' }).expect(201);
    } finally {
      await small.stop();
    }
  });
});

import { ApiKeysService } from '../../../src/webhooks';
import { PLATFORM_PERMISSIONS } from '../../../src/app.module';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService({ permissions: [...PLATFORM_PERMISSIONS, { permission: 'old:thing' }] });
  customer = await service.customer();
});
afterAll(() => service.stop());

const create = (permissions: string[]) => customer.request('post', '/api-keys', { name: 'a key', permissions });

it('[key 20] an unknown permission is a 422 that suggests the nearest, for each that is unknown', async () => {
  const before = await service.rowCounts();
  const { body, headers } = await create(['messages:sned', 'messages:read', 'chatbot:*', 'billing:refund']).expect(422);
  expect(headers['content-type']).toMatch('application/problem+json');
  expect(body).toMatchObject({
    status: 422,
    code: 'unknown_permission',
    errors: [
      { field: 'permissions', message: '"messages:sned" is not a known permission; did you mean "messages:send"?' },
      { field: 'permissions', message: '"chatbot:*" is not a known permission; did you mean "chatbots:*"?' },
      {
        field: 'permissions',
        message: '"billing:refund" is not a known permission; GET /permissions lists what there is',
      },
    ],
  });
  expect(await service.rowCounts()).toEqual(before);
});

it.each([[['*']], [['messages:*']], [['messages:send', 'webhook-events:*']], [[]]])(
  '[key 20] %j is accepted',
  async (permissions) => {
    await create(permissions).expect(201);
  },
);

it.each(['messagesx:send', 'messagesx:*', 'message:*', 'messages:sen'])('[key 20] %s is not', async (permission) => {
  await create([permission]).expect(422);
});

it('is refused on a change, and in process, alike', async () => {
  const { body: key } = await create([]).expect(201);
  const patch = (permissions: string[]) => customer.request('patch', `/api-keys/${key.id}`, { permissions });
  const { body } = await patch(['messages:read', 'messages:raed']).expect(422);
  expect(body.errors).toHaveLength(1);
  expect(body.detail).toContain('did you mean "messages:read"?');
  expect((await customer.request('get', `/api-keys/${key.id}`).expect(200)).body.permissions).toEqual([]);
  const unknown = { kind: 'unprocessable', code: 'unknown_permission' };
  const keys = service.app.get(ApiKeysService);
  await expect(keys.create(customer.id, { name: 'x', permissions: ['a b', 'c'] })).rejects.toMatchObject(unknown);
  await expect(keys.update(customer.id, key.id, { permissions: ['nothing'] })).rejects.toMatchObject(unknown);
});

it('a caller with few permissions is told of a misspelling first, and then of what it does not hold', async () => {
  const few = await service.customer(['api-keys:write']);
  const ask = (permission: string) => few.request('post', '/api-keys', { name: 'x', permissions: [permission] });
  expect((await ask('messages:sned').expect(422)).body.code).toBe('unknown_permission');
  expect((await ask('messages:send').expect(403)).body.code).toBe('permission_not_held');
});

it('a key keeps a permission that has ceased to exist, until it is taken away; nobody gets it anew', async () => {
  const { body: key } = await create(['old:thing', 'old:*']).expect(201);
  const later = await startService({ database: service.database });
  try {
    const call = (method: 'patch' | 'post', path: string, body: object) =>
      later.request(method, path, body).set('X-API-Key', customer.key);
    const patch = (body: object) => call('patch', `/api-keys/${key.id}`, body);
    expect((await patch({ name: 'renamed' }).expect(200)).body.permissions).toEqual(['old:thing', 'old:*']);
    await patch({ permissions: ['old:thing', 'messages:send'] }).expect(200);
    await patch({ permissions: ['old:thing', 'old:other'] }).expect(422);
    const { body: successor } = await call('post', `/api-keys/${key.id}/rotate`, {}).expect(201);
    expect(successor.permissions).toEqual(['old:thing', 'messages:send']);
    await call('patch', `/api-keys/${successor.id}`, { permissions: ['messages:send'] }).expect(200);
    await call('patch', `/api-keys/${successor.id}`, { permissions: ['old:thing'] }).expect(422);
    await call('post', '/api-keys', { name: 'x', permissions: ['old:thing'] }).expect(422);
  } finally {
    await later.close();
  }
});

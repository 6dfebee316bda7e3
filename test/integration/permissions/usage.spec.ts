import { Controller, Get, Post, UseGuards } from '@nestjs/common';
import { ApiKeyGuard, KeyUsageService, RequirePermissions, type ApiKeyUsage } from '../../../src/webhooks';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

@Controller('host')
@UseGuards(ApiKeyGuard)
class HostController {
  @Post('messages')
  @RequirePermissions('messages:send')
  send(): string {
    return 'sent';
  }

  @Get('both')
  @RequirePermissions('messages:read', 'chatbots:read')
  both(): string {
    return 'both';
  }

  @Get('nothing')
  nothing(): string {
    return 'open';
  }
}

let service: TestService;
let admin: TestCustomer;

beforeAll(async () => {
  service = await startService({ host: { controllers: [HostController] } });
});
beforeEach(async () => {
  admin = await service.customer();
});
afterAll(() => service.stop());

async function newKey(permissions: string[]): Promise<{ id: string; key: string }> {
  const { body } = await admin.request('post', '/api-keys', { name: 'used', permissions }).expect(201);
  return body as { id: string; key: string };
}

const usage = async (id: string, query = '') =>
  (await admin.request('get', `/api-keys/${id}/usage${query}`).expect(200)).body as ApiKeyUsage;

/** Uses are written within a second. */
const noted = (id: string) =>
  waitFor('the use of the key is written down', async () => {
    const [row] = await service.sql<{ used: boolean }>(
      'SELECT "lastUsedAt" IS NOT NULL AS used FROM webhooks."APIKey" WHERE id = $1',
      id,
    );
    return row?.used;
  });

it('shows what a key used, what it never did, and the least it could do with', async () => {
  const { id, key } = await newKey(['messages:*', 'chatbots:read', 'conversations:read']);
  const before = Date.now();
  for (let count = 0; count < 3; count += 1) {
    await service.request('post', '/host/messages').set('X-API-Key', key).expect(201);
  }
  await service.request('get', '/host/nothing').set('X-API-Key', key).expect(200);
  await noted(id);
  const { body: shown } = await admin.request('get', `/api-keys/${id}`).expect(200);
  const found = await usage(id);
  expect(found).toEqual({
    since: shown.createdAt,
    used: [
      {
        permission: 'messages:send',
        uses: 3,
        firstUsedAt: expect.any(String),
        lastUsedAt: expect.any(String),
        grantedBy: ['messages:*'],
      },
    ],
    neverUsed: ['chatbots:read', 'conversations:read', 'messages:read'],
    wildcards: [{ permission: 'messages:*', used: ['messages:send'], neverUsed: ['messages:read'] }],
    advice: { permissions: ['messages:send'], removable: ['messages:*', 'chatbots:read', 'conversations:read'] },
  });
  expect(Date.parse(String(found.used[0]?.firstUsedAt))).toBeGreaterThanOrEqual(before - 1_000);
});

it('the advice, followed, takes nothing away that was used', async () => {
  const { id, key } = await newKey(['*']);
  const call = (method: 'get' | 'post', path: string) => service.request(method, path).set('X-API-Key', key);
  await call('get', '/host/both').expect(200);
  await noted(id);
  const { advice } = await usage(id);
  expect(advice).toEqual({ permissions: ['chatbots:read', 'messages:read'], removable: ['*'] });
  await admin.request('patch', `/api-keys/${id}`, { permissions: advice.permissions }).expect(200);
  await call('get', '/host/both').expect(200);
  await call('post', '/host/messages').expect(403);
  const after = await usage(id);
  expect(after.advice).toEqual({ permissions: advice.permissions, removable: [] });
  expect(after.neverUsed).toEqual([]);
});

it('a request that was refused is no use', async () => {
  const { id, key } = await newKey(['chatbots:read']);
  await service.request('get', '/host/both').set('X-API-Key', key).expect(403);
  await service.request('get', '/host/nothing').set('X-API-Key', key).expect(200);
  await noted(id);
  expect((await usage(id)).used).toEqual([]);
});

it('counts uses since a time', async () => {
  const { id, key } = await newKey(['messages:send', 'messages:read', 'chatbots:read']);
  await service.request('post', '/host/messages').set('X-API-Key', key).expect(201);
  await noted(id);
  await service.sql(`UPDATE webhooks."APIKey" SET "createdAt" = now() - interval '9 days' WHERE id = $1`, id);
  await service.sql(
    `INSERT INTO webhooks."APIKeyUsage" ("keyId", "customerId", permission, uses, "firstUsedAt", "lastUsedAt")
     VALUES ($1, $2, 'messages:read', 5, now() - interval '8 days', now() - interval '7 days')`,
    id,
    admin.id,
  );
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  expect((await usage(id)).advice.permissions).toEqual(['messages:read', 'messages:send']);
  const lately = await usage(id, `?since=${daysAgo(2)}`);
  expect(lately.advice).toEqual({ permissions: ['messages:send'], removable: ['messages:read', 'chatbots:read'] });
  expect(lately.neverUsed).toEqual(['chatbots:read', 'messages:read']);
  // Nothing is known from before there was a key.
  expect(Date.parse(String((await usage(id, `?since=${daysAgo(99)}`)).since))).toBeGreaterThan(
    Date.now() - 10 * 86_400_000,
  );
});

it('[key 21] needs api-keys:read', async () => {
  const { id } = await newKey([]);
  for (const [permissions, status] of [
    [['api-keys:read'], 200],
    [['api-keys:*'], 200],
    [['api-keys:write'], 403],
    [[], 403],
  ] as const) {
    const { key } = await newKey([...permissions]);
    const call = (method: 'get' | 'post', path: string, body?: object) =>
      service.request(method, `/api-keys/${id}/${path}`, body).set('X-API-Key', key);
    await call('get', 'usage').expect(status);
    await call('post', 'explain', { method: 'GET', path: '/me' }).expect(status);
  }
});

it('refuses a time that is none, and fields that it does not know', async () => {
  const { id } = await newKey([]);
  for (const query of ['since=yesterday', 'since=', 'until=2026-01-01']) {
    const { body } = await admin.request('get', `/api-keys/${id}/usage?${query}`).expect(400);
    expect(body.code).toBe('invalid_request');
  }
});

it('[key 17] is a 404 for a key of another customer, a deleted one and one that never was, in process too', async () => {
  const { id } = await newKey([]);
  const other = await service.customer();
  const foreign = await other.request('get', `/api-keys/${id}/usage`).expect(404);
  await admin.request('delete', `/api-keys/${id}`).expect(204);
  const deleted = await admin.request('get', `/api-keys/${id}/usage`).expect(404);
  expect(foreign.body).toEqual(deleted.body);
  await expect(service.app.get(KeyUsageService).usage(other.id, id)).rejects.toMatchObject({ code: 'not_found' });
});

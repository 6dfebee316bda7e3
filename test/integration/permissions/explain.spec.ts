import { Controller, Get, Injectable, Module, Post, UseGuards, type CanActivate } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { ApiKeyGuard, KeyAccessService, RequirePermissions, type AccessExplanation } from '../../../src/webhooks';
import { dumpAllTables } from '../../support/dump';
import { routesOf, type Route } from '../../support/routes';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(60_000);

let calls = 0;

@Injectable()
class OpeningHoursGuard implements CanActivate {
  canActivate(): boolean {
    calls += 1;
    return true;
  }
}

@Controller('host')
class HostController {
  @Post('messages')
  @UseGuards(ApiKeyGuard)
  @RequirePermissions('messages:send', 'messages:read')
  send(): string {
    calls += 1;
    return 'sent';
  }

  @Get('later')
  @UseGuards(ApiKeyGuard, OpeningHoursGuard)
  later(): string {
    return 'later';
  }

  @Get('public')
  @RequirePermissions('messages:read')
  open(): string {
    return 'open';
  }
}

let service: TestService;
let admin: TestCustomer;

beforeAll(async () => {
  service = await startService({ host: { controllers: [HostController] }, role: 'api' });
});
beforeEach(async () => {
  admin = await service.customer();
});
afterAll(() => service.stop());

async function newKey(permissions: string[], more: object = {}): Promise<{ id: string; key: string }> {
  const { body } = await admin.request('post', '/api-keys', { name: 'a key', permissions, ...more }).expect(201);
  return body as { id: string; key: string };
}

const explain = async (id: string, method: string, path: string, ip?: string) =>
  (await admin.request('post', `/api-keys/${id}/explain`, { method, path, ip }).expect(200)).body as AccessExplanation;
const codesOf = ({ reasons }: AccessExplanation): string[] => reasons.map(({ code }) => code);

describe('POST /api-keys/:id/explain', () => {
  it('says what is missing, and runs nothing', async () => {
    const { id } = await newKey(['messages:send']);
    calls = 0;
    expect(await explain(id, 'POST', '/host/messages')).toEqual({
      allowed: false,
      route: { method: 'POST', path: '/host/messages' },
      required: ['messages:send', 'messages:read'],
      missing: ['messages:read'],
      reasons: [
        { code: 'permission_missing', detail: 'This needs the permission messages:read, which the key does not have.' },
      ],
    });
    expect(calls).toBe(0);
  });

  it('has no reasons where nothing speaks against it', async () => {
    const { id } = await newKey(['messages:*']);
    expect(await explain(id, 'post', '/host/messages?dry=1')).toEqual({
      allowed: true,
      route: { method: 'POST', path: '/host/messages' },
      required: ['messages:send', 'messages:read'],
      missing: [],
      reasons: [],
    });
  });

  it('says that there is no such route, and for which methods there is one', async () => {
    const { id } = await newKey(['*']);
    const nothing = { allowed: false, route: null, required: [], missing: [] };
    expect(await explain(id, 'GET', '/nowhere')).toEqual({
      ...nothing,
      reasons: [{ code: 'route_not_found', detail: 'This application has no route GET with this path.' }],
    });
    expect(await explain(id, 'PATCH', '/api-keys')).toEqual({
      ...nothing,
      reasons: [
        {
          code: 'route_not_found',
          detail: 'This application has no route PATCH with this path. The path is there for POST, GET.',
        },
      ],
    });
  });

  it('does not know a route that is switched off', async () => {
    const { id } = await newKey(['*']);
    const path = '/leaked-keys/github';
    const detail = 'This application has no route POST with this path.';
    const off = await explain(id, 'POST', path);
    expect(off).toMatchObject({ allowed: false, route: null, reasons: [{ code: 'route_not_found', detail }] });
    await service.request('post', path).expect(404);
    const apiKeys = { githubKeysUrl: 'http://127.0.0.1:9/keys' };
    const other = await startService({ database: service.database, role: 'api', apiKeys });
    try {
      const on = await other.app.get(KeyAccessService).explain(admin.id, id, { method: 'POST', path });
      expect([on.allowed, on.route]).toEqual([true, { method: 'POST', path }]);
    } finally {
      await other.close();
    }
  });

  it('knows routes that any caller, and those that only the operator may call', async () => {
    const { id } = await newKey(['*']);
    const open = await explain(id, 'GET', '/host/public');
    expect([open.allowed, codesOf(open)]).toEqual([true, ['route_public']]);
    const operator = await explain(id, 'POST', '/customers/c-1/suspend');
    expect([operator.allowed, operator.route?.path, codesOf(operator)]).toEqual([
      false,
      '/customers/:id/suspend',
      ['operator_only'],
    ]);
  });

  it('names the host’s own guards, which it does not ask', async () => {
    const { id } = await newKey([]);
    calls = 0;
    const { allowed, reasons } = await explain(id, 'GET', '/host/later');
    expect(allowed).toBe(true);
    expect(reasons).toEqual([
      { code: 'other_guards', detail: 'The application’s own guards were not asked: OpeningHoursGuard.' },
    ]);
    expect(calls).toBe(0);
  });

  it('gives every reason at once, in the order in which a request would meet them', async () => {
    const { id } = await newKey([], { allowedCidrs: ['203.0.113.0/24'] });
    await service.sql(`UPDATE webhooks."APIKey" SET "expiresAt" = now() - interval '1 s' WHERE id = $1`, id);
    await admin.request('post', `/api-keys/${id}/deactivate`).expect(200);
    const explained = await explain(id, 'POST', '/host/messages', '198.51.100.1');
    expect(codesOf(explained)).toEqual(['api_key_inactive', 'api_key_expired', 'ip_not_allowed', 'permission_missing']);
  });

  it('explains a deleted key as long as it can be restored', async () => {
    const { id } = await newKey(['*']);
    await admin.request('delete', `/api-keys/${id}`).expect(204);
    expect(codesOf(await explain(id, 'GET', '/me'))).toEqual(['api_key_deleted']);
  });

  it('in process, explains the keys of a suspended customer as well', async () => {
    const { id } = await newKey(['*']);
    await service
      .request('post', `/customers/${admin.id}/suspend`, { reason: 'unpaid' })
      .set('Authorization', `Bearer ${OPERATOR_TOKEN}`);
    const { allowed, reasons } = await service.app
      .get(KeyAccessService)
      .explain(admin.id, id, { method: 'GET', path: '/me' });
    expect([allowed, reasons]).toEqual([
      false,
      [{ code: 'customer_suspended', detail: 'This customer is suspended: unpaid' }],
    ]);
  });

  it.each([
    ['203.0.113.7', true],
    ['::ffff:203.0.113.7', true],
    ['2001:db8::1', true],
    ['203.0.114.1', false],
    ['2001:db9::1', false],
    ['::1', false],
  ])('[key 24] from %s, with an allow-list: %s', async (ip, allowed) => {
    const { id } = await newKey(['*'], { allowedCidrs: ['203.0.113.0/24', '2001:db8::/32'] });
    const explained = await explain(id, 'GET', '/me', ip);
    expect([explained.allowed, codesOf(explained)]).toEqual([allowed, allowed ? [] : ['ip_not_allowed']]);
  });

  it('says so when it was not told where a request would come from', async () => {
    const { id } = await newKey(['*'], { allowedCidrs: ['203.0.113.0/24'] });
    const explained = await explain(id, 'GET', '/me');
    expect([explained.allowed, codesOf(explained)]).toEqual([true, ['ip_not_given']]);
  });

  it.each([
    ['no method', { path: '/me' }],
    ['no path', { method: 'GET' }],
    ['a method that is none', { method: 'GET /me', path: '/me' }],
    ['a path without /', { method: 'GET', path: 'me' }],
    ['a URL', { method: 'GET', path: 'https://example.com/me' }],
    ['a space in the path', { method: 'GET', path: '/a b' }],
    ['a path of 2049 characters', { method: 'GET', path: `/${'a'.repeat(2048)}` }],
    ['an address that is none', { method: 'GET', path: '/me', ip: '10.0.0' }],
    ['a range', { method: 'GET', path: '/me', ip: '10.0.0.0/8' }],
    ['an unknown field', { method: 'GET', path: '/me', body: {} }],
  ])('refuses %s', async (_, body) => {
    const { id } = await newKey([]);
    const { body: problem } = await admin.request('post', `/api-keys/${id}/explain`, body).expect(400);
    expect(problem.code).toBe('invalid_request');
  });

  it('a path that is hard to match takes no time', async () => {
    const { id } = await newKey([]);
    const started = performance.now();
    await explain(id, 'GET', `/${'a/'.repeat(1_000)}`);
    await explain(id, 'GET', `/webhook-events/${'%25'.repeat(600)}`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('the module’s own routes', () => {
  const last = 'POST /me/revoke';
  const switchedOff = 'POST /leaked-keys/github';
  const filled = ({ path }: Route): string => path.replace(/:\w+/, randomUUID());

  it.each([[['*']], [[]], [['api-keys:read']], [['webhook-events:*', 'webhook-endpoints:read']]])(
    '[key 13, 21] with %j, what is explained is what happens',
    async (permissions) => {
      const { id, key } = await newKey(permissions);
      const routes = routesOf(service.app)
        .filter(({ name }) => name !== switchedOff)
        .sort((one, other) => Number(one.name === last) - Number(other.name === last));
      for (const route of routes) {
        const path = filled(route);
        const { allowed, missing, route: found, reasons } = await explain(id, route.method, path);
        expect([route.name, `${found?.method} ${found?.path}`]).toEqual([route.name, route.name]);
        expect(missing).toEqual(route.permissions.filter((it) => missing.includes(it)));
        const { status, body } = await service.request(route.method, path, {}).set('X-API-Key', key);
        expect([route.name, status !== 401 && status !== 403]).toEqual([route.name, allowed]);
        if (allowed) continue;
        const expected = reasons[0]?.code === 'operator_only' ? 'operator_token_invalid' : reasons[0]?.code;
        expect([route.name, (body as { code: string }).code]).toEqual([route.name, expected]);
      }
      expect(codesOf(await explain(id, 'GET', '/me'))).toEqual(['api_key_inactive']);
    },
  );

  it('nothing changes by asking', async () => {
    const { id } = await newKey(['*']);
    await explain(id, 'GET', '/me');
    const tables = async () => (await dumpAllTables(service)).filter((line) => !line.includes('APIKey')).sort();
    const before = await tables();
    await explain(id, 'DELETE', `/api-keys/${id}`);
    await explain(id, 'POST', '/webhook-events');
    expect(await tables()).toEqual(before);
    await admin.request('get', `/api-keys/${id}`).expect(200);
  });
});

it('a guard of the whole application counts', async () => {
  @Module({ providers: [{ provide: APP_GUARD, useExisting: ApiKeyGuard }] })
  class GuardedHost {}

  const guarded = await startService({
    database: service.database,
    role: 'api',
    host: { controllers: [HostController], imports: [GuardedHost] },
  });
  try {
    const { id, key } = await newKey([]);
    const explained = await guarded.app
      .get(KeyAccessService)
      .explain(admin.id, id, { method: 'GET', path: '/host/public' });
    expect(codesOf(explained)).toEqual(['permission_missing']);
    await guarded.request('get', '/host/public').set('X-API-Key', key).expect(403);
  } finally {
    await guarded.close();
  }
});

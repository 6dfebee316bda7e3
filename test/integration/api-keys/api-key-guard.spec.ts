import { Controller, Get, Post, Req, UseGuards } from '@nestjs/common';
import { PLATFORM_PERMISSIONS } from '../../../src/app.module';
import { ApiKeyGuard, RequirePermissions, type AuthenticatedRequest } from '../../../src/webhooks';
import { SHOWN_FIELDS, shownKey } from '../../support/api-keys';
import { rawRequest } from '../../support/raw-request';
import { waitFor } from '../../support/wait-for';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

/** What the guard left on the last request. */
let seen: AuthenticatedRequest | undefined;

@Controller('host')
@UseGuards(ApiKeyGuard)
class HostController {
  @Get('open')
  open(@Req() request: AuthenticatedRequest): string {
    seen = request;
    return 'open';
  }

  @Post('messages')
  @RequirePermissions('messages:send')
  send(): string {
    return 'sent';
  }

  @Post('messagesx')
  @RequirePermissions('messagesx:send')
  sendOther(): string {
    return 'sent';
  }

  @Post('both')
  @RequirePermissions('messages:send', 'chatbots:read')
  both(): string {
    return 'both';
  }
}

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  const permissions = [...PLATFORM_PERMISSIONS, { permission: 'message:send' }];
  service = await startService({ permissions, host: { controllers: [HostController] } });
  customer = await service.customer(['messages:*']);
});
afterAll(() => service.stop());

const open = (headers: Record<string, string>) => service.request('get', '/host/open').set(headers);

describe('ApiKeyGuard reads the key', () => {
  it.each([
    ['from X-API-Key', (key: string) => ({ 'X-API-Key': key })],
    ['from Authorization: Bearer', (key: string) => ({ Authorization: `Bearer ${key}` })],
    ['with the scheme in lower case', (key: string) => ({ Authorization: `bearer ${key}` })],
    ['with the scheme in any case', (key: string) => ({ Authorization: `bEARER ${key}` })],
    ['with more white space', (key: string) => ({ Authorization: `Bearer \t  ${key}  ` })],
    ['from both, when they agree', (key: string) => ({ 'X-API-Key': key, Authorization: `Bearer ${key}` })],
    ['from X-API-Key beside a proxy’s Basic', (key: string) => ({ 'X-API-Key': key, Authorization: 'Basic dTpw' })],
  ])('%s', async (_, headers) => {
    await open(headers(customer.key)).expect(200);
  });

  it('[key 16] and puts user, customer and key on the request, without key or digest anywhere', async () => {
    await open({ 'X-API-Key': customer.key }).expect(200);
    const { user, customer: tenant, apiKey } = seen!;
    expect(user).toEqual({ id: customer.userId, createdAt: expect.any(Date) });
    expect(tenant).toEqual({ id: customer.id, userId: customer.userId, name: 'Acme', createdAt: expect.any(Date) });
    expect(Object.keys(apiKey!).sort()).toEqual(SHOWN_FIELDS);
    expect(apiKey).toMatchObject({ id: customer.keyId, name: 'first', permissions: ['messages:*'], isActive: true });
    const [row] = await service.sql<{ key: string }>('SELECT key FROM webhooks."APIKey" WHERE id = $1', customer.keyId);
    expect(row?.key).toMatch(/^[0-9a-f]{64}$/);
    const attached = JSON.stringify({ user, tenant, apiKey });
    expect(attached).not.toContain(row!.key);
    expect(attached).not.toContain(customer.key);
  });
});

describe('ApiKeyGuard refuses with 401', () => {
  const other = `sk_${'A'.repeat(43)}`;

  it.each([
    ['no key', () => ({}), 'credentials_missing'],
    ['an empty header', () => ({ 'X-API-Key': '' }), 'invalid_credentials'],
    [
      'two headers that differ',
      (key: string) => ({ 'X-API-Key': key, Authorization: `Bearer ${other}` }),
      'invalid_credentials',
    ],
    [
      'an unusable header beside a good one',
      (key: string) => ({ 'X-API-Key': key, Authorization: 'Bearer a b' }),
      'invalid_credentials',
    ],
    ['an unknown key', () => ({ 'X-API-Key': other }), 'api_key_unknown'],
    ['a key that is cut off', (key: string) => ({ 'X-API-Key': key.slice(0, -1) }), 'api_key_unknown'],
    ['a key that is too long', (key: string) => ({ 'X-API-Key': `${key}A` }), 'api_key_unknown'],
    ['another prefix', (key: string) => ({ 'X-API-Key': key.replace('sk_', 'pk_') }), 'api_key_unknown'],
    ['a key in another case', (key: string) => ({ 'X-API-Key': key.toUpperCase() }), 'api_key_unknown'],
    ['spaces in the key', (key: string) => ({ 'X-API-Key': key.replace('_', ' ') }), 'invalid_credentials'],
    ['two keys in one header', (key: string) => ({ 'X-API-Key': `${key}, ${key}` }), 'invalid_credentials'],
    ['10 KB', () => ({ 'X-API-Key': `sk_${'x'.repeat(10_240)}` }), 'invalid_credentials'],
    ['10 KB of white space', () => ({ Authorization: `Bearer ${' '.repeat(10_240)}x` }), 'invalid_credentials'],
    ['another scheme', (key: string) => ({ Authorization: `Basic ${key}` }), 'invalid_credentials'],
    ['no scheme', (key: string) => ({ Authorization: key }), 'invalid_credentials'],
    ['letters beyond ASCII', () => ({ 'X-API-Key': 'sk_ü' }), 'invalid_credentials'],
    ['SQL', () => ({ 'X-API-Key': `sk_' OR '1'='1` }), 'invalid_credentials'],
  ])('%s', async (_, headers, code) => {
    const { body, headers: answered } = await open(headers(customer.key)).expect(401);
    expect(body).toMatchObject({ status: 401, code });
    expect(answered['www-authenticate']).toMatch(/^Bearer realm="webhooks"/);
    expect(JSON.stringify(body)).not.toContain(customer.key.slice(3));
  });

  it('without credentials, and then gives no error code in the challenge (RFC 6750, 3.1)', async () => {
    const { headers } = await open({}).expect(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="webhooks"');
  });

  it.each(['X-API-Key: {key}', 'Authorization: Bearer {key}'])('the same header twice: %s', async (line) => {
    const header = line.replace('{key}', customer.key);
    expect((await rawRequest(service.port, ['GET /host/open HTTP/1.1', header])).status).toBe(200);
    const { status, body } = await rawRequest(service.port, ['GET /host/open HTTP/1.1', header, header]);
    expect(status).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ code: 'invalid_credentials' });
  });

  it('[key 7] NUL and other control characters: the connection’s parser refuses them, never a 500', async () => {
    for (const bad of ['\0', '\x01', '\x7f', '\x80\xff']) {
      const line = `X-API-Key: ${customer.key}${bad}`;
      const { status } = await rawRequest(service.port, ['GET /host/open HTTP/1.1', line]);
      expect([400, 401]).toContain(status);
    }
  });

  it('[key 6] a key in the query', async () => {
    await service.request('get', `/host/open?api_key=${customer.key}&X-API-Key=${customer.key}`).expect(401);
  });

  it('a key that was deactivated, past the service too', async () => {
    const { key, keyId } = await service.customer();
    await open({ 'X-API-Key': key }).expect(200);
    await service.sql('UPDATE webhooks."APIKey" SET "isActive" = false WHERE id = $1', keyId);
    const { body } = await waitFor('it is refused', async () => {
      const answer = await open({ 'X-API-Key': key });
      return answer.status === 401 && answer;
    });
    expect(body).toMatchObject({ code: 'api_key_inactive' });
  });

  it('a platform token: this guard is for keys', async () => {
    const { body } = await open({ Authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln' }).expect(401);
    expect(body.code).toBe('api_key_unknown');
  });
});

describe('@RequirePermissions', () => {
  const post = (path: string, key: string) => service.request('post', `/host/${path}`).set('X-API-Key', key);

  it.each([
    ['*', 201, 201],
    ['messages:*', 201, 403],
    ['messages:send', 201, 403],
    ['messages:read', 403, 403],
    ['messagesx:*', 403, 201],
    ['message:*', 403, 403],
  ])('with %s: messages:send %i, messagesx:send %i', async (permission, messages, messagesx) => {
    const { key } = await service.customer([permission]);
    expect((await post('messages', key)).status).toBe(messages);
    expect((await post('messagesx', key)).status).toBe(messagesx);
  });

  it('answers 403 that names what is missing, here and in the challenge', async () => {
    const { key } = await service.customer(['messages:send']);
    const { body, headers } = await post('both', key).expect(403);
    expect(body).toMatchObject({ status: 403, code: 'permission_missing' });
    expect(body.detail).toContain('chatbots:read');
    expect(body.detail).not.toContain('messages:send');
    expect(headers['www-authenticate']).toBe(
      'Bearer realm="webhooks", error="insufficient_scope", scope="messages:send chatbots:read"',
    );
  });

  it('looks at the permissions of this moment', async () => {
    const tenant = await service.customer(['messages:send', 'api-keys:write']);
    await post('messages', tenant.key).expect(201);
    await tenant.request('patch', `/api-keys/${tenant.keyId}`, { permissions: ['api-keys:write'] }).expect(200);
    await post('messages', tenant.key).expect(403);
  });

  it('refuses to load a permission that is not resource:action', () => {
    for (const wrong of ['*', 'messages:*', 'messages', 'Messages:send', '']) {
      expect(() => RequirePermissions(wrong)).toThrow('resource:action');
    }
  });
});

describe('GET /me', () => {
  it('says who the key is, and nothing that is secret', async () => {
    const { id, userId, keyId, request } = await service.customer(['messages:*']);
    const { body } = await request('get', '/me').expect(200);
    expect(body).toEqual({
      user: { id: userId, createdAt: expect.any(String) },
      customer: { id, userId, name: 'Acme', createdAt: expect.any(String) },
      apiKey: shownKey({ id: keyId, name: 'first', permissions: ['messages:*'] }),
    });
  });
});

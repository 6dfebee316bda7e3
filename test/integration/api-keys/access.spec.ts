import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { PLATFORM_PERMISSIONS } from '../../../src/app.module';
import { JWT_SECRET, startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

let service: TestService;
let strict: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  const more = ['messagesx:send', 'api-keysx:read'].map((permission) => ({ permission }));
  service = await startService({ permissions: [...PLATFORM_PERMISSIONS, ...more] });
  strict = await startService({
    database: service.database,
    auth: { secret: JWT_SECRET, issuer: 'https://platform.example', audience: 'webhooks' },
  });
  customer = await service.customer();
});
afterAll(async () => {
  await strict.close();
  await service.stop();
});

/** A token as the platform makes it, with what the test wants to be different. */
function token(claims: JWTPayload = {}, { secret = JWT_SECRET, alg = 'HS256', expiresIn = '1 min' } = {}) {
  return new SignJWT({ sub: customer.userId, customerId: customer.id, ...claims })
    .setProtectedHeader({ alg })
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(new TextEncoder().encode(secret));
}

const listWith = (bearer: string, at = service) =>
  at.request('get', '/api-keys').set('Authorization', `Bearer ${bearer}`);

async function expectRefusal(bearer: string, status: number, code: string, at = service): Promise<string> {
  const { body, headers } = await listWith(bearer, at).expect(status);
  expect(headers['content-type']).toMatch('application/problem+json');
  expect(body).toMatchObject({ status, code });
  return headers['www-authenticate'] ?? '';
}

describe('a platform user with a token', () => {
  it('may do everything for the own customer', async () => {
    const bearer = `Bearer ${await token()}`;
    const { body: created } = await service
      .request('post', '/api-keys', { name: 'by the user', permissions: ['*'] })
      .set('Authorization', bearer)
      .expect(201);
    const path = `/api-keys/${created.id}`;
    await service.request('get', path).set('Authorization', bearer).expect(200);
    await service.request('patch', path, { name: 'renamed' }).set('Authorization', bearer).expect(200);
    await service.request('post', `${path}/deactivate`).set('Authorization', bearer).expect(200);
    await service.request('delete', path).set('Authorization', bearer).expect(204);
  });

  it('may present it as X-API-Key as well', async () => {
    await service
      .request('get', '/api-keys')
      .set('X-API-Key', await token())
      .expect(200);
  });

  it.each([
    ['a wrong signature', () => token({}, { secret: `${JWT_SECRET}!` })],
    ['no signature (alg none)', () => new UnsecuredJWT({ sub: customer.userId, customerId: customer.id }).encode()],
    ['another algorithm', () => token({}, { alg: 'HS512', secret: JWT_SECRET.repeat(2) })],
    ['an expiry in the past', () => token({}, { expiresIn: '-1 min' })],
    ['a start in the future', () => token({ nbf: Math.floor(Date.now() / 1000) + 60 })],
    ['no customerId', () => token({ customerId: undefined })],
    ['an empty customerId', () => token({ customerId: '' })],
    ['a customerId that is no text', () => token({ customerId: { $ne: null } })],
    ['no sub', () => token({ sub: undefined as unknown as string })],
    ['half of it missing', async () => (await token()).slice(0, -20)],
  ])('is refused with 401 for %s', async (_, make) => {
    const challenge = await expectRefusal(await make(), 401, 'token_invalid');
    expect(challenge).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it('is refused for a payload that was changed after signing', async () => {
    const [header, , signature] = (await token()).split('.');
    const forged = Buffer.from(JSON.stringify({ sub: customer.userId, customerId: customer.id })).toString('base64url');
    await expectRefusal(`${header}.${forged}.${signature}`, 401, 'token_invalid');
  });

  it('is refused where issuer and audience are configured and differ or are missing', async () => {
    const right = { iss: 'https://platform.example', aud: 'webhooks' };
    await listWith(await token(right), strict).expect(200);
    await listWith(await token({ ...right, aud: ['other', 'webhooks'] }), strict).expect(200);
    for (const claims of [
      {},
      { ...right, iss: 'https://evil.example' },
      { ...right, aud: 'other' },
      { iss: right.iss },
    ]) {
      await expectRefusal(await token(claims), 401, 'token_invalid', strict);
    }
  });

  it('is refused alike for the customer of another user, for one that is missing, and for ids that cannot be', async () => {
    const other = await service.customer();
    const answers = await Promise.all(
      [other.id, 'customer-that-is-not', 'a\0b', '\ud800', 'x'.repeat(300)].map(async (customerId) => {
        const { status, body } = await listWith(await token({ customerId }));
        return { status, body };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 403, body: { code: 'customer_not_accessible' } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('is refused on a service that has no secret for tokens', async () => {
    const keysOnly = await startService({ database: service.database, auth: undefined });
    try {
      await expectRefusal(await token(), 401, 'token_invalid', keysOnly);
    } finally {
      await keysOnly.close();
    }
  });
});

describe('an API key that manages API keys', () => {
  const grantedTo = async (permissions: string[]) => {
    const { body } = await customer.request('post', '/api-keys', { name: 'manager', permissions }).expect(201);
    const call: TestCustomer['request'] = (...args) => service.request(...args).set('X-API-Key', body.key as string);
    return { call, id: body.id as string };
  };

  it.each([
    ['api-keys:read', true, false],
    ['api-keys:write', false, true],
    ['api-keys:*', true, true],
    ['*', true, true],
    ['api-keysx:read', false, false],
    ['webhook-endpoints:*', false, false],
  ])('with %s may read: %s, write: %s', async (permission, mayRead, mayWrite) => {
    const { call, id } = await grantedTo([permission]);
    for (const path of ['/api-keys', `/api-keys/${id}`]) {
      expect((await call('get', path)).status).toBe(mayRead ? 200 : 403);
    }
    expect((await call('post', '/api-keys', { name: 'child' })).status).toBe(mayWrite ? 201 : 403);
    expect((await call('patch', `/api-keys/${id}`, { name: 'self' })).status).toBe(mayWrite ? 200 : 403);
    expect((await call('post', `/api-keys/${id}/deactivate`)).status).toBe(mayWrite ? 200 : 403);
  });

  it('[key 19] creates no key with more than it holds', async () => {
    const { call } = await grantedTo(['api-keys:write', 'messages:*']);
    await call('post', '/api-keys', { name: 'a', permissions: ['messages:send', 'messages:*'] }).expect(201);
    for (const permissions of [['*'], ['api-keys:*'], ['messages:send', 'chatbots:read'], ['messagesx:send']]) {
      const before = await service.rowCounts();
      const { body } = await call('post', '/api-keys', { name: 'b', permissions }).expect(403);
      expect(body).toMatchObject({ code: 'permission_not_held', errors: [{ field: 'permissions' }] });
      expect(await service.rowCounts()).toEqual(before);
    }
  });

  it('[key 19] gives no key more than it holds, itself included, and may take away', async () => {
    const { call, id } = await grantedTo(['api-keys:write', 'messages:*']);
    const { id: strong } = await grantedTo(['*']);
    for (const target of [id, strong]) {
      const { body } = await call('patch', `/api-keys/${target}`, { permissions: ['chatbots:read'] }).expect(403);
      expect(body.code).toBe('permission_not_held');
    }
    await call('patch', `/api-keys/${strong}`, { permissions: ['messages:send'] }).expect(200);
    await call('patch', `/api-keys/${strong}`, { permissions: ['*'] }).expect(403);
  });

  it('[key 19] switches no key on again that may do more than it', async () => {
    const { call } = await grantedTo(['api-keys:write', 'messages:*']);
    const { id: strong } = await grantedTo(['*']);
    await call('post', `/api-keys/${strong}/deactivate`).expect(200);
    const { body } = await call('patch', `/api-keys/${strong}`, { isActive: true }).expect(403);
    expect(body.code).toBe('permission_not_held');
    await call('patch', `/api-keys/${strong}`, { isActive: true, permissions: ['messages:send'] }).expect(200);
  });
});

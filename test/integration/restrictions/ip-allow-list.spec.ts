import { rawRequest } from '../../support/raw-request';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

let direct: TestService;
let proxied: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  direct = await startService();
  proxied = await startService({ database: direct.database, trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] });
  customer = await direct.customer();
});
afterAll(async () => {
  await proxied.close();
  await direct.stop();
});

const keyFor = async (...allowedCidrs: string[]): Promise<string> => {
  const { body } = await customer.request('post', '/api-keys', { name: 'limited', allowedCidrs }).expect(201);
  return body.key as string;
};
const me = (service: TestService, key: string, forwarded?: string) => {
  const request = service.request('get', '/me').set('X-API-Key', key);
  return forwarded === undefined ? request : request.set('X-Forwarded-For', forwarded);
};

describe('a key with an allow list', () => {
  it('is accepted from there, and elsewhere refused with the address that was seen', async () => {
    await me(direct, await keyFor('203.0.113.0/24', '127.0.0.0/8')).expect(200);
    const { body, headers } = await me(direct, await keyFor('203.0.113.0/24')).expect(403);
    expect(headers['www-authenticate']).toBe('Bearer realm="webhooks"');
    expect(body).toMatchObject({ status: 403, code: 'ip_not_allowed' });
    expect(body.detail).toContain('127.0.0.1');
  });

  it('[key 24] X-Forwarded-For is ignored where no proxy is trusted', async () => {
    await me(direct, await keyFor('203.0.113.0/24'), '203.0.113.9').expect(403);
    await me(direct, await keyFor('127.0.0.0/8'), '203.0.113.9').expect(200);
  });

  it.each([
    ['the client that the proxy names', '203.0.113.9', 200],
    ['a made-up entry before another client', '203.0.113.9, 198.51.100.1', 403],
    ['through a second trusted proxy', '203.0.113.9, 10.1.2.3', 200],
    ['through a second proxy that nobody trusts', '203.0.113.9, 192.0.2.1', 403],
    ['v4-mapped IPv6', '::ffff:203.0.113.9', 200],
    ['with a port', '203.0.113.9:51234', 200],
    ['IPv6', '[2001:db8::7]:443', 200],
    ['IPv6 outside', '2001:db9::7', 403],
    ['garbage', '203.0.113.9, unknown', 403],
  ])('[key 24] behind a trusted proxy: %s', async (_, forwarded, status) => {
    await me(proxied, await keyFor('203.0.113.0/24', '2001:db8::/32'), forwarded).expect(status);
  });

  it('[key 24] several X-Forwarded-For lines are one list', async () => {
    const key = await keyFor('203.0.113.0/24');
    const status = async (...entries: string[]) => {
      const lines = entries.map((entry) => `X-Forwarded-For: ${entry}`);
      return (await rawRequest(proxied.port, ['GET /me HTTP/1.1', `X-API-Key: ${key}`, ...lines])).status;
    };
    expect(await status('203.0.113.9', '10.1.2.3')).toBe(200);
    expect(await status('203.0.113.9', '198.51.100.1')).toBe(403);
  });

  it('an address that cannot be told is refused, and says so', async () => {
    const { body } = await me(proxied, await keyFor('0.0.0.0/0', '::/0'), 'unknown').expect(403);
    expect(body.detail).toContain('an address that cannot be told');
    await me(proxied, await keyFor(), 'unknown').expect(200);
  });

  it('can be given another list, which counts from the next request', async () => {
    const { body: created } = await customer
      .request('post', '/api-keys', { name: 'moving', allowedCidrs: ['203.0.113.0/24'] })
      .expect(201);
    await me(direct, created.key).expect(403);
    await customer.request('patch', `/api-keys/${created.id}`, { allowedCidrs: ['127.0.0.1/32'] }).expect(200);
    await me(direct, created.key).expect(200);
  });

  it.each(['203.0.113.7', '203.0.113.7/24', '10/8', 'localhost', '2001:db8::1/32', 'fe80::%eth0/10'])(
    'cannot hold %s',
    async (range) => {
      const { body } = await customer
        .request('post', '/api-keys', { name: 'wrong', allowedCidrs: [range] })
        .expect(400);
      expect(JSON.stringify(body)).toContain('allowedCidrs');
    },
  );
});

it('notes the address and the program of a key’s last use', async () => {
  const { key, keyId } = await direct.customer();
  await me(proxied, key, '::ffff:203.0.113.9').set('User-Agent', 'acme-bot/1.0').expect(200);
  const used = await waitFor('the use is written', async () => {
    const [row] = await direct.sql<{ ip: string | null; agent: string }>(
      'SELECT "lastUsedIp" AS ip, "lastUsedUserAgent" AS agent FROM webhooks."APIKey" WHERE id = $1',
      keyId,
    );
    return row?.ip !== null && row;
  });
  expect(used).toEqual({ ip: '203.0.113.9', agent: 'acme-bot/1.0' });
});

it('refuses to start with a trusted proxy that is no range', async () => {
  await expect(startService({ database: direct.database, trustedProxies: ['10.0.0.1'] })).rejects.toThrow(
    'trustedProxies: "10.0.0.1"',
  );
});

import { randomBytes } from 'node:crypto';
import { ThrottledVerificationService } from '../../../src/webhooks/verification/throttled-verification.service';
import { PresentedToken } from '../../../src/webhooks/verification/presented-token';
import { VerificationRepository } from '../../../src/webhooks/verification/verification.repository';
import { VerificationService } from '../../../src/webhooks/verification/verification.service';
import { KeyExistenceRepository } from '../../../src/webhooks/verification/key-existence.repository';
import { heapInUse } from '../../support/heap';
import { startTcpProxy } from '../../support/tcp-proxy';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

const PER_MINUTE = 5;

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService({ apiKeys: { unknownPerMinute: PER_MINUTE }, trustedProxies: ['127.0.0.0/8'] });
  customer = await service.customer();
});
afterAll(() => service.stop());
afterEach(() => jest.restoreAllMocks());

const unknownKey = (): string => `sk_${randomBytes(32).toString('base64url')}`;
const malformed = (): string => `sk_${randomBytes(8).toString('hex')}`;
const me = (key: string, address: string, node = service) =>
  node.request('get', '/me').set({ 'X-API-Key': key, 'X-Forwarded-For': address });
/** Past HTTP, which is slower than a flood should be. */
const knock = async (key: string, ip: string) =>
  service.app.get(ThrottledVerificationService).verify(new PresentedToken(key), { ip, userAgent: null });
const times = <T>(count: number, run: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => run(n)));
const exhaust = async (address: string): Promise<void> => {
  for (let n = 0; n <= PER_MINUTE; n += 1) await me(unknownKey(), address);
};

describe('an address that presents unknown keys', () => {
  it.each([
    ['unknown', unknownKey, '192.0.2.1'],
    ['malformed', malformed, '192.0.2.2'],
  ])('[key 12] gets 401 for the first %s ones, then 429 with Retry-After', async (_, make, address) => {
    for (let n = 0; n < PER_MINUTE; n += 1) {
      const { headers } = await me(make(), address).expect(401);
      expect(headers['www-authenticate']).toContain('Bearer realm="webhooks"');
    }
    const { body, headers } = await me(make(), address).expect(429);
    expect(body).toMatchObject({ status: 429, code: 'too_many_unknown_keys' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(50);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('[key 12] of many that are sent at once, no more get 401 than one after the other would', async () => {
    const answers = await times(60, async () => me(unknownKey(), '192.0.2.3'));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(PER_MINUTE);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(60 - PER_MINUTE);
  });

  it('[key 12] does not stop valid keys of that address, known here or not', async () => {
    await exhaust('192.0.2.4');
    const [warm, cold] = [await service.customer(), await service.customer()];
    await me(warm.key, '192.0.2.9').expect(200);
    await me(unknownKey(), '192.0.2.4').expect(429);
    for (const { key } of [warm, cold, warm, cold]) await me(key, '192.0.2.4').expect(200);
    // Known keys are told what is wrong with them, and a key that is gone is one that is none.
    await service.sql('UPDATE webhooks."APIKey" SET "isActive" = false WHERE id = $1', cold.keyId);
    await waitFor('the change is heard', async () => (await me(cold.key, '192.0.2.4')).status === 401);
    expect((await me(cold.key, '192.0.2.4').expect(401)).body.code).toBe('api_key_inactive');
    await service.sql('DELETE FROM webhooks."APIKey" WHERE id = $1', warm.keyId);
    await waitFor('the deletion is heard', async () => (await me(warm.key, '192.0.2.4')).status === 429);
  });

  it('does not stop other addresses; one IPv6 subscriber is one address', async () => {
    await exhaust('2001:db8:0:1::1');
    await me(unknownKey(), '2001:db8:0:1:ffff::2').expect(429);
    await me(unknownKey(), '2001:db8:0:2::1').expect(401);
    await exhaust('::ffff:192.0.2.6');
    await me(unknownKey(), '192.0.2.6').expect(429);
    await me(unknownKey(), '192.0.2.7').expect(401);
  });

  it('does not count valid keys, nor requests without one', async () => {
    for (let n = 0; n < 3 * PER_MINUTE; n += 1) {
      await me(customer.key, '192.0.2.8').expect(200);
      await service.request('get', '/me').set('X-Forwarded-For', '192.0.2.8').expect(401);
    }
    await me(unknownKey(), '192.0.2.8').expect(401);
  });
});

describe('[key 12] a flood', () => {
  const watch = () => ({
    verified: jest.spyOn(service.app.get(VerificationService), 'verify'),
    looked: jest.spyOn(service.app.get(KeyExistenceRepository), 'findExisting'),
  });

  it('of malformed keys costs no query', async () => {
    await exhaust('198.51.100.1');
    const { verified, looked } = watch();
    await times(200, async () => me(malformed(), '198.51.100.1').expect(429));
    expect(verified).not.toHaveBeenCalled();
    expect(looked).not.toHaveBeenCalled();
  });

  it('of well-formed ones from one address costs few queries, one at a time', async () => {
    await exhaust('198.51.100.2');
    const { verified, looked } = watch();
    const outcomes = await times(2_000, () => knock(unknownKey(), '198.51.100.2'));
    expect(outcomes.every(({ outcome }) => outcome === 'throttled')).toBe(true);
    expect(verified).not.toHaveBeenCalled();
    expect(looked.mock.calls.length).toBeLessThanOrEqual(10);
  });

  it('that is more than the database can take is refused unread, and valid keys that were used before are not', async () => {
    await exhaust('198.51.100.3');
    const { key } = await service.customer();
    await me(key, '198.51.100.3').expect(200);
    const flood = times(10_000, () => knock(unknownKey(), '198.51.100.3'));
    const valid = await knock(key, '198.51.100.3');
    expect(valid.outcome).toBe('valid');
    const outcomes = await flood;
    const unread = outcomes.filter((answer) => answer.outcome === 'throttled' && answer.retryAfterMs === 1_000);
    expect(unread.length).toBeGreaterThan(7_000);
  });

  it('from 100,000 addresses is held in bounded memory, few queries, and valid keys work', async () => {
    const network = (n: number) => `2001:db8:${(n >> 16).toString(16)}:${(n & 0xffff).toString(16)}::1`;
    const send = async (from: number, count: number, make: () => string) => {
      for (let n = from; n < from + count; n += 1_000) await times(1_000, (m) => knock(make(), network(n + m)));
    };
    // The first ones fill what is remembered; from then on nothing grows.
    await send(65_536, 50_000, malformed);
    const before = heapInUse();
    await send(200_000, 100_000, malformed);
    expect(heapInUse() - before).toBeLessThan(20 * 1_048_576);

    const queried = jest.spyOn(service.app.get(VerificationRepository), 'findByDigests');
    await send(400_000, 10_000, unknownKey);
    expect(queried.mock.calls.length).toBeLessThanOrEqual(100);
    const flood = send(500_000, 10_000, unknownKey);
    const cold = await service.customer();
    await me(cold.key, '203.0.113.77').expect(200);
    await flood;
  });
});

it('[key 14] while the database is away, a throttled address gets 503 for a key that may be one', async () => {
  const proxy = await startTcpProxy(service.database.url);
  const node = await startService({
    database: service.database,
    databaseUrl: proxy.url,
    role: 'api',
    apiKeys: { unknownPerMinute: 1 },
    trustedProxies: ['127.0.0.0/8'],
  });
  try {
    for (const status of [401, 429]) await me(unknownKey(), '192.0.2.1', node).expect(status);
    await proxy.cut();
    await me(customer.key, '192.0.2.1', node).expect(503);
    await me(malformed(), '192.0.2.1', node).expect(429);
    await proxy.mend();
    await me(customer.key, '192.0.2.1', node).expect(200);
  } finally {
    await node.close();
    await proxy.close();
  }
});

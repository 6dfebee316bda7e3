import { setTimeout as sleep } from 'node:timers/promises';
import { CustomersService } from '../../../src/webhooks';
import { RateLimiterRepository } from '../../../src/webhooks/verification/rate-limiter.repository';
import { RateLimiterService } from '../../../src/webhooks/verification/rate-limiter.service';
import { startTcpProxy } from '../../support/tcp-proxy';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(60_000);

let nodes: [TestService, TestService];
let customer: TestCustomer;

beforeAll(async () => {
  const first = await startService();
  nodes = [first, await startService({ database: first.database })];
  customer = await first.customer();
});
afterAll(async () => {
  await nodes[1].close();
  await nodes[0].stop();
});

interface LimitedKey {
  key: string;
  id: string;
}
const limited = async (limit: number, windowSeconds = 60, permissions: string[] = []): Promise<LimitedKey> => {
  const { body } = await customer
    .request('post', '/api-keys', { name: 'limited', permissions, rateLimit: { limit, windowSeconds } })
    .expect(201);
  return body as LimitedKey;
};
const me = (key: string, node = nodes[0]) => node.request('get', '/me').set('X-API-Key', key);
const times = <T>(count: number, run: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => run(n)));
const startedAgo = (id: string, seconds: number) =>
  nodes[0].sql(
    `UPDATE webhooks."APIKeyRateWindow" SET "startedAt" = now() - make_interval(secs => $2) WHERE "keyId" = $1`,
    id,
    seconds,
  );

describe('a key with a rate limit', () => {
  it('[key 13] is told on every answer what is left, and beyond the limit gets 429 with Retry-After', async () => {
    const { key } = await limited(2);
    const { headers } = await me(key).expect(200);
    expect(headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '60',
      'ratelimit-policy': '"key";q=2;w=60',
      ratelimit: '"key";r=1;t=60',
    });
    expect(headers['retry-after']).toBeUndefined();
    expect((await me(key).expect(200)).headers['ratelimit-remaining']).toBe('0');

    const refused = await me(key).expect(429);
    expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.headers['ratelimit']).toMatch(/^"key";r=0;t=(59|60)$/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(57);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('a refusal for a missing permission counts, and tells what is left', async () => {
    const { key } = await limited(5);
    const { headers } = await nodes[0].request('get', '/api-keys').set('X-API-Key', key).expect(403);
    expect(headers['ratelimit-remaining']).toBe('4');
  });

  it('requests from an address that is not allowed do not use it up', async () => {
    const { key, id } = await limited(1);
    await customer.request('patch', `/api-keys/${id}`, { allowedCidrs: ['203.0.113.0/24'] }).expect(200);
    await me(key).expect(403);
    await customer.request('patch', `/api-keys/${id}`, { allowedCidrs: [] }).expect(200);
    await me(key).expect(200);
  });

  it('exactly its limit of 100 parallel requests over two nodes is accepted', async () => {
    const { key } = await limited(37);
    const answers = await times(100, async (n) => me(key, nodes[n % 2]));
    const accepted = answers.filter(({ status }) => status === 200);
    expect(accepted).toHaveLength(37);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(63);
    const left = accepted.map(({ headers }) => Number(headers['ratelimit-remaining'])).sort((a, b) => a - b);
    expect(left).toEqual(Array.from({ length: 37 }, (_, n) => n));
  });

  it('has a new window when Retry-After has passed, on both nodes', async () => {
    const { key } = await limited(1, 2);
    await me(key).expect(200);
    const { headers } = await me(key).expect(429);
    await me(key, nodes[1]).expect(429);
    await sleep(Number(headers['retry-after']) * 1_000);
    const answers = await times(4, async (n) => me(key, nodes[n % 2]));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429, 429]);
  });

  it('never gets more than its limit per window under load that goes on', async () => {
    const { key } = await limited(10, 1);
    let accepted = 0;
    const started = performance.now();
    await times(8, async (n) => {
      while (performance.now() - started < 3_500) {
        if ((await me(key, nodes[n % 2])).status === 200) accepted += 1;
        await sleep(5);
      }
    });
    // A window begins with its first request, so in 3.5 s four begin, the last of them cut short.
    const windows = Math.floor((performance.now() - started) / 1_000) + 1;
    expect(accepted).toBeGreaterThanOrEqual(30);
    expect(accepted).toBeLessThanOrEqual(10 * windows);
  });

  it('a limit that is raised frees what it should; one that is lowered closes at once', async () => {
    const { key, id } = await limited(2);
    const change = (limit: number) =>
      customer.request('patch', `/api-keys/${id}`, { rateLimit: { limit, windowSeconds: 60 } }).expect(200);
    await me(key).expect(200);
    await me(key).expect(200);
    for (const node of nodes) await me(key, node).expect(429);
    await change(5);
    // The refusal that was counted above may have cost one; what is refused after it costs nothing.
    const answers = await times(10, async () => me(key));
    const more = answers.filter(({ status }) => status === 200).length;
    expect(more).toBeGreaterThanOrEqual(2);
    expect(more).toBeLessThanOrEqual(3);
    await change(1);
    await me(key).expect(429);
    await customer.request('patch', `/api-keys/${id}`, { rateLimit: null }).expect(200);
    expect((await me(key).expect(200)).headers['ratelimit-limit']).toBeUndefined();
  });
});

describe('what it costs', () => {
  const counting = () => nodes.map((node) => jest.spyOn(node.app.get(RateLimiterRepository), 'count'));
  afterEach(() => jest.restoreAllMocks());

  it('nothing for a key without a limit', async () => {
    const [spy] = counting();
    const { headers } = await customer.request('get', '/me').expect(200);
    expect(headers['ratelimit-limit']).toBeUndefined();
    expect(spy).not.toHaveBeenCalled();
  });

  it('one statement for the requests of one moment, of many keys', async () => {
    const rate = { limit: 10, windowSeconds: 60 };
    const keys = await times(20, async () => (await limited(10)).id);
    const [spy] = counting();
    const limiter = nodes[0].app.get(RateLimiterService);
    const decisions = await times(200, (n) => limiter.take(customer.id, keys[n % 20]!, rate));
    expect(decisions.every(({ isAccepted }) => isAccepted)).toBe(true);
    expect(spy!.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('nothing for a window that is known to be exhausted, until it ends', async () => {
    const { key, id } = await limited(1, 1);
    await me(key).expect(200);
    const [spy] = counting();
    await times(50, async () => me(key).expect(429));
    expect(spy).not.toHaveBeenCalled();
    await sleep(1_000);
    await me(key).expect(200);
    expect(spy).toHaveBeenCalledTimes(1);
    expect(spy).toHaveBeenCalledWith([expect.objectContaining({ keyId: id, demand: 1 })]);
  });
});

describe('the windows in the database', () => {
  const repository = (n = 0) => nodes[n]!.app.get(RateLimiterRepository);
  const demand = (keyId: string, more = {}) => ({
    keyId,
    customerId: customer.id,
    limit: 1_000_000,
    windowSeconds: 60,
    demand: 1,
    ...more,
  });

  it('counts many keys from two nodes in any order, without a deadlock and without losing one', async () => {
    const ids = await times(12, async () => (await limited(1)).id);
    await times(60, (n) => {
      const turned = [...ids.slice(n % 12), ...ids.slice(0, n % 12)];
      return repository(n % 2).count((n % 3 === 0 ? turned : turned.reverse()).map((id) => demand(id)));
    });
    const windows = await repository().count(ids.map((id) => demand(id)));
    expect(windows.map(({ used }) => used)).toEqual(ids.map(() => 61));
  });

  it('of a key that was given to another customer go on', async () => {
    const { key, id } = await limited(3);
    await me(key).expect(200);
    const heir = await nodes[0].customer();
    await nodes[0].sql(`UPDATE webhooks."APIKey" SET "customerId" = $2 WHERE id = $1::uuid`, id, heir.id);
    // Until the nodes have heard of it.
    await sleep(1_000);
    const { headers } = await me(key).expect(200);
    expect(headers['ratelimit-remaining']).toBe('1');
    await expect(
      nodes[0].sql(`SELECT "customerId" FROM webhooks."APIKeyRateWindow" WHERE "keyId" = $1::uuid`, id),
    ).resolves.toEqual([{ customerId: heir.id }]);
  });

  it('does not add up what is refused', async () => {
    const { id } = await limited(1);
    const few = { limit: 3, demand: 100 };
    for (let n = 0; n < 3; n += 1) await repository().count([demand(id, few)]);
    const [window] = await repository().count([demand(id, few)]);
    expect(window!.used).toBeGreaterThanOrEqual(3 + 100);
    expect(window!.used).toBeLessThanOrEqual(3 + 2 * 100);
  });

  it('a clock that was set back does not keep a window open', async () => {
    const { key, id } = await limited(1);
    await me(key).expect(200);
    await startedAgo(id, -3_600);
    expect((await me(key, nodes[1]).expect(200)).headers['ratelimit-reset']).toBe('60');
  });

  it('are removed when every window would be over, and not before', async () => {
    const [old, recent] = [await limited(1), await limited(1)];
    for (const { key } of [old, recent]) await me(key).expect(200);
    await startedAgo(old.id, 86_500);
    await startedAgo(recent.id, 86_000);
    // A node that starts has swept, and may do so again at any time.
    await repository().sweep();
    const rows = await nodes[0].sql<{ keyId: string }>(
      'SELECT "keyId" FROM webhooks."APIKeyRateWindow" WHERE "keyId" = ANY($1::uuid[])',
      [old.id, recent.id],
    );
    expect(rows.map(({ keyId }) => keyId)).toEqual([recent.id]);
  });
});

it('a customer that is erased leaves no window behind', async () => {
  const other = await nodes[0].customer();
  const { body } = await other
    .request('post', '/api-keys', { name: 'limited', rateLimit: { limit: 5, windowSeconds: 60 } })
    .expect(201);
  await me(body.key).expect(200);
  const windows = () => nodes[0].sql('SELECT * FROM webhooks."APIKeyRateWindow" WHERE "customerId" = $1', other.id);
  expect(await windows()).toHaveLength(1);
  await nodes[0].app.get(CustomersService).erase(other.id);
  expect(await windows()).toEqual([]);
});

it('[key 14] while the database is away, a limited key gets 503, and is never accepted', async () => {
  const proxy = await startTcpProxy(nodes[0].database.url);
  const node = await startService({ database: nodes[0].database, databaseUrl: proxy.url, role: 'api' });
  try {
    const { key } = await limited(5);
    await me(key, node).expect(200);
    await proxy.cut();
    const answers = await times(5, async () => me(key, node));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
    await proxy.mend();
    const { headers } = await me(key, node).expect(200);
    expect(headers['ratelimit-remaining']).toBe('3');
  } finally {
    await node.close();
    await proxy.close();
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { VerificationRepository } from '../../../src/webhooks/verification/verification.repository';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

/** What a change may take until every node knows of it. */
const BOUND_MS = 1_000;

let here: TestService;
let there: TestService;
let pool: TcpProxy;
let listener: TcpProxy;

beforeAll(async () => {
  here = await startService();
  [pool, listener] = await Promise.all([startTcpProxy(here.database.url), startTcpProxy(here.database.url)]);
  there = await startService({ role: 'api', database: here.database, databaseUrl: pool.url, directUrl: listener.url });
});
afterAll(async () => {
  await there.close();
  await Promise.all([pool.close(), listener.close()]);
  await here.stop();
});

const use = async (node: TestService, key: string): Promise<number> =>
  (await node.request('get', '/api-keys').set('X-API-Key', key)).status;

/** Uses the key on both nodes until they answer from memory. */
async function warm(key: string): Promise<void> {
  for (const node of [here, there]) {
    await waitFor('the key is remembered', async () => {
      expect(await use(node, key)).toBe(200);
      return isRemembered(node);
    });
  }
}

const reads = new WeakMap<TestService, jest.SpyInstance>();

/** Whether the last use of a key cost no look-up. */
async function isRemembered(node: TestService): Promise<boolean> {
  const spy = reads.get(node) ?? jest.spyOn(node.app.get(VerificationRepository), 'findByDigests');
  reads.set(node, spy);
  const before = spy.mock.calls.length;
  await use(node, remembered.key);
  return spy.mock.calls.length === before;
}

let remembered: TestCustomer;

beforeEach(async () => {
  remembered = await here.customer();
  await warm(remembered.key);
});

/** Milliseconds from `changedAt` until the node answers with one of the statuses. */
async function refusedAfter(node: TestService, key: string, changedAt: number, statuses: number[]): Promise<number> {
  for (;;) {
    const status = await use(node, key);
    const after = performance.now() - changedAt;
    if (statuses.includes(status)) return after;
    if (after > 10_000) throw new Error(`Still ${status} after ${after} ms.`);
    await sleep(5);
  }
}

const operator = (path: string) =>
  here.request('post', path).set('Authorization', `Bearer ${OPERATOR_TOKEN}`).expect(200);
const sql = (text: string) => here.sql(text.replaceAll('$id', `'${remembered.keyId}'`));

describe('what takes access away counts on this node at once, and on every other within a second', () => {
  const owner = (): Promise<TestCustomer> => Promise.resolve(remembered);
  const cases: [string, (customer: TestCustomer) => Promise<unknown>, number[]][] = [
    ['deactivate', ({ request, keyId }) => request('post', `/api-keys/${keyId}/deactivate`).expect(200), [401]],
    ['delete', ({ request, keyId }) => request('delete', `/api-keys/${keyId}`).expect(204), [401]],
    [
      'rotate without a grace period',
      ({ request, keyId }) => request('post', `/api-keys/${keyId}/rotate`, { gracePeriodSeconds: 0 }).expect(201),
      [401],
    ],
    [
      'fewer permissions',
      ({ request, keyId }) => request('patch', `/api-keys/${keyId}`, { permissions: [] }).expect(200),
      [403],
    ],
    [
      'an earlier end',
      ({ request, keyId }) =>
        request('patch', `/api-keys/${keyId}`, { expiresAt: new Date(Date.now() + 100).toISOString() })
          .expect(200)
          .then(() => sleep(100)),
      [401],
    ],
    ['revoke by presenting it', ({ request }) => request('post', '/me/revoke').expect(200), [401]],
    ['suspend the customer', ({ id }) => operator(`/customers/${id}/suspend`), [403]],
  ];

  it.each(cases)('[key 10] %s', async (name, change, statuses) => {
    const customer = await owner();
    await change(customer);
    const changedAt = performance.now();
    expect(statuses).toContain(await use(here, customer.key));
    const elsewhere = await refusedAfter(there, customer.key, changedAt, statuses);
    console.info(`${name}: refused by the other node after ${elsewhere.toFixed(1)} ms`);
    expect(elsewhere).toBeLessThan(BOUND_MS);
  });

  it.each([
    ['UPDATE webhooks."APIKey" SET "isActive" = false WHERE id = $id', [401]],
    [`UPDATE webhooks."APIKey" SET permissions = '[]' WHERE id = $id`, [403]],
    ['UPDATE webhooks."APIKey" SET "expiresAt" = now() WHERE id = $id', [401]],
    ['DELETE FROM webhooks."APIKey" WHERE id = $id', [401]],
    [
      'UPDATE webhooks."Customer" SET "suspendedAt" = now() WHERE id = (SELECT "customerId" FROM webhooks."APIKey" WHERE id = $id)',
      [403],
    ],
    ['TRUNCATE webhooks."APIKey" CASCADE', [401]],
  ])('[key 10] by plain SQL, on both nodes: %s', async (statement, statuses) => {
    await sql(statement);
    const changedAt = performance.now();
    const both = [here, there].map((node) => refusedAfter(node, remembered.key, changedAt, statuses));
    const after = await Promise.all(both);
    console.info(`${statement.slice(0, 60)}…: after ${after.map((ms) => ms.toFixed(1)).join(' and ')} ms`);
    for (const ms of after) expect(ms).toBeLessThan(BOUND_MS);
  });

  it('and what gives access back counts as soon', async () => {
    await operator(`/customers/${remembered.id}/suspend`);
    await refusedAfter(there, remembered.key, performance.now(), [403]);
    const { body } = await there.request('get', '/me').set('X-API-Key', remembered.key).expect(403);
    expect(body).toMatchObject({ code: 'customer_suspended' });
    await operator(`/customers/${remembered.id}/resume`);
    const changedAt = performance.now();
    expect(await use(here, remembered.key)).toBe(200);
    expect(await refusedAfter(there, remembered.key, changedAt, [200])).toBeLessThan(BOUND_MS);
  });
});

it('[key 11] a look-up that is under way while a key is revoked is not remembered', async () => {
  const customer = await here.customer();
  const repository = there.app.get(VerificationRepository);
  let release = (): void => undefined;
  let hasLookedUp = false;
  const mayGoOn = new Promise<void>((resolve) => (release = resolve));
  const original = repository.findByDigests.bind(repository);
  const slow = jest.spyOn(repository, 'findByDigests').mockImplementationOnce(async (digests) => {
    const found = await original(digests);
    hasLookedUp = true;
    await mayGoOn;
    return found;
  });
  const underWay = use(there, customer.key);
  await waitFor('the look-up is made', () => Promise.resolve(hasLookedUp));
  await here.sql('UPDATE webhooks."APIKey" SET "isActive" = false WHERE id = $1', customer.keyId);
  await sleep(200);
  release();
  // It came before the change.
  expect(await underWay).toBe(200);
  expect(await use(there, customer.key)).toBe(401);
  slow.mockRestore();
  reads.delete(there);
});

it('noting that keys are used wakes nobody', async () => {
  const customer = await here.customer();
  const client = new Client({ connectionString: here.database.url });
  await client.connect();
  const heard: (string | undefined)[] = [];
  client.on('notification', ({ payload }) => heard.push(payload));
  await client.query('LISTEN webhooks_access');
  await use(here, customer.key);
  await waitFor('the use is noted', async () => {
    const [row] = await here.sql('SELECT "lastUsedAt" FROM webhooks."APIKey" WHERE id = $1', customer.keyId);
    return row?.['lastUsedAt'] !== null;
  });
  await customer.request('patch', `/api-keys/${customer.keyId}`, { name: 'another name' }).expect(200);
  await client.query('SELECT 1');
  expect(heard).toEqual([]);
  await customer.request('patch', `/api-keys/${customer.keyId}`, { isActive: false }).expect(200);
  await client.query('SELECT 1');
  expect(heard.map((payload) => JSON.parse(payload ?? '') as object)).toEqual([
    { schema: 'webhooks', table: 'APIKey', id: customer.keyId },
  ]);
  await client.end();
});

describe('when the database is away', () => {
  afterEach(async () => {
    await Promise.all([pool.cut(), listener.cut()]);
    await Promise.all([pool.mend(), listener.mend()]);
    await waitFor('the key is accepted again', async () => (await use(there, remembered.key)) === 200, 15_000);
  });

  it('a remembered key needs no query, as long as changes would be heard', async () => {
    await pool.cut();
    const { status } = await there.request('get', '/me').set('X-API-Key', remembered.key);
    expect(status).toBe(200);
  });

  it('[key 14] when nothing can be heard either, every key is a 503, and none is accepted', async () => {
    await Promise.all([pool.cut(), listener.cut()]);
    const cutAt = performance.now();
    const after = await refusedAfter(there, remembered.key, cutAt, [503]);
    expect(after).toBeLessThan(BOUND_MS);
    const { body, headers } = await there.request('get', '/me').set('X-API-Key', remembered.key).expect(503);
    expect(body.code).toBe('database_unavailable');
    expect(headers['retry-after']).toBeDefined();
    const unknown = `sk_${'A'.repeat(43)}`;
    await there.request('get', '/me').set('X-API-Key', unknown).expect(503);
    await there.request('get', '/me').set('X-API-Key', 'no key at all').expect(401);
  });

  it('[key 10] a listener whose packets are dropped is noticed: what is revoked meanwhile is refused within a second', async () => {
    listener.blackhole();
    await sleep(300);
    await sql('UPDATE webhooks."APIKey" SET "isActive" = false WHERE id = $id');
    const changedAt = performance.now();
    const after = await refusedAfter(there, remembered.key, changedAt, [401]);
    console.info(`with the listener's packets dropped: refused after ${after.toFixed(1)} ms`);
    expect(after).toBeLessThan(BOUND_MS);
    await sql('UPDATE webhooks."APIKey" SET "isActive" = true WHERE id = $id');
  });

  it('[key 10] the same, when it is revoked in the moment in which packets begin to be dropped', async () => {
    listener.blackhole();
    await sql('UPDATE webhooks."APIKey" SET "isActive" = false WHERE id = $id');
    const changedAt = performance.now();
    expect(await refusedAfter(there, remembered.key, changedAt, [401])).toBeLessThan(BOUND_MS);
    await sql('UPDATE webhooks."APIKey" SET "isActive" = true WHERE id = $id');
  });
});

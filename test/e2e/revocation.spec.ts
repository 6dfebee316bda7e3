import { Client } from 'pg';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { call, clientOf, PLATFORM, putCustomer, type NewCustomer } from '../support/process-client';
import { endProcesses, makeDataDir, startService, type Service } from '../support/process-service';

/** What a change may take until every process knows of it. */
const BOUND_MS = 1_000;
const ROUNDS = 5;

let database: TestDatabase;
let listener: TcpProxy;
let sql: Client;
let env: Record<string, string>;
let nodes: [Service, Service];

beforeAll(async () => {
  database = await createTestDatabase();
  listener = await startTcpProxy(database.url);
  sql = new Client({ connectionString: database.url });
  await sql.connect();
  env = { DATA_DIR: await makeDataDir(), DATABASE_URL: database.url, ...PLATFORM };
  const first = await startService(env);
  nodes = [first, await startService({ ...env, ROLE: 'api', DATABASE_DIRECT_URL: listener.url })];
});

afterAll(async () => {
  await endProcesses();
  await listener.close();
  await sql.end();
  await database.drop();
});

/** A customer whose key both processes remember. */
async function warmCustomer(): Promise<NewCustomer> {
  const customer = await putCustomer(nodes[0].url);
  for (let times = 0; times < 20; times += 1) {
    for (const { url } of nodes) expect(await statusAt(url, customer.apiKey.key)).toBe(200);
  }
  return customer;
}

const statusAt = async (url: string, key: string): Promise<number> =>
  (await call('GET', `${url}/api-keys`, key)).status;

/** Milliseconds until a process refuses the key. */
async function refusedAfter({ url }: Service, key: string, changedAt: number): Promise<number> {
  for (;;) {
    const status = await statusAt(url, key);
    const after = performance.now() - changedAt;
    if (status === 401) return after;
    if (after > 10_000) throw new Error(`Still ${status} after ${after} ms.`);
  }
}

async function measure(name: string, change: (customer: NewCustomer) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const customer = await warmCustomer();
    await change(customer);
    const changedAt = performance.now();
    times.push(await refusedAfter(nodes[1], customer.apiKey.key, changedAt));
    expect(await statusAt(nodes[0].url, customer.apiKey.key)).toBe(401);
  }
  console.info(`${name}: the other process refuses it after ${times.map((ms) => ms.toFixed(1)).join(', ')} ms`);
  for (const ms of times) expect(ms).toBeLessThan(BOUND_MS);
}

it('[key 10] a key that one process revokes is refused by the other', () =>
  measure('revoked over HTTP', ({ apiKey }) =>
    clientOf(nodes[0].url, apiKey.key).post(`/api-keys/${apiKey.id}/deactivate`, undefined),
  ));

it('[key 10] so is one that plain SQL switches off', () =>
  measure('switched off by SQL', ({ apiKey }) =>
    sql.query('UPDATE webhooks."APIKey" SET "isActive" = false WHERE id = $1', [apiKey.id]),
  ));

it('[key 10] also while the packets of the process’s listener are dropped', async () => {
  const customer = await warmCustomer();
  listener.blackhole();
  await sql.query('UPDATE webhooks."APIKey" SET "isActive" = false WHERE id = $1', [customer.apiKey.id]);
  const changedAt = performance.now();
  const after = await refusedAfter(nodes[1], customer.apiKey.key, changedAt);
  console.info(`with a listener that hears nothing: the other process refuses it after ${after.toFixed(1)} ms`);
  expect(after).toBeLessThan(BOUND_MS);
});

import crypto from 'node:crypto';
import { PrismaService } from '../../../src/database/prisma.service';
import { digestOf } from '../../../src/webhooks/api-keys/api-key';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

let service: TestService;
let pool: TcpProxy;
let customer: TestCustomer;

beforeAll(async () => {
  const first = await startService();
  pool = await startTcpProxy(first.database.url);
  await first.close();
  service = await startService({
    database: first.database,
    databaseUrl: pool.url,
    directUrl: first.database.url,
    // Every look-up is a cold one.
    apiKeys: { cacheSize: 0 },
  });
  customer = await service.customer();
});
afterAll(async () => {
  await service.close();
  await pool.close();
  await service.database.drop();
});

const use = (key: string) => service.request('get', '/me').set('X-API-Key', key);

it('[key 8] a malformed key is refused without a query', async () => {
  const malformed = [
    'sk_',
    'sk_short',
    `sk_${'a'.repeat(42)}`,
    `sk_${'a'.repeat(44)}`,
    `skc_${'a'.repeat(43)}000000`,
    `pk_${'a'.repeat(43)}`,
    digestOf(customer.key),
    'a'.repeat(8_000),
  ];
  const query = jest.spyOn(service.app.get(PrismaService), '$queryRawUnsafe');
  for (const key of malformed) expect((await use(key).expect(401)).body.code).toBe('api_key_unknown');
  expect(query).not.toHaveBeenCalled();
  query.mockRestore();
  // Nor does anything else ask: there is nobody who would answer.
  await pool.cut();
  for (const key of malformed) await use(key).expect(401);
  await use(`sk_${'a'.repeat(43)}`).expect(503);
  await pool.mend();
  await use(customer.key).expect(200);
});

it('a cold verification is one query by an index, however many keys there are', async () => {
  await service.sql(
    `INSERT INTO webhooks."APIKey" (id, "customerId", key, name, permissions)
     SELECT gen_random_uuid(), $1, md5(n::text), 'filler', '[]' FROM generate_series(1, 20000) n`,
    customer.id,
  );
  await service.sql('ANALYZE webhooks."APIKey"');
  const query = jest.spyOn(service.app.get(PrismaService), '$queryRawUnsafe');
  await use(customer.key).expect(200);
  // The service's own work in the background asks too; it does not ask for keys.
  const lookUps = query.mock.calls.filter(([statement]) => statement.includes('"APIKey"'));
  query.mockRestore();
  expect(lookUps).toHaveLength(1);
  const [[statement, ...values] = ['']] = lookUps;
  const plan = await service.sql<Record<string, string>>(`EXPLAIN ${statement}`, ...values);
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toContain('APIKey_key_key');
  expect(text).not.toContain('Seq Scan on "APIKey"');
});

it('[key 15] digests and the operator’s token are compared in constant time', async () => {
  const compare = jest.spyOn(crypto, 'timingSafeEqual');
  await use(customer.key).expect(200);
  const digest = Buffer.from(digestOf(customer.key));
  expect(compare.mock.calls).toEqual([[digest, digest]]);
  compare.mockClear();
  const suspend = service.request('post', `/customers/${customer.id}/resume`);
  await suspend.set('Authorization', `Bearer ${OPERATOR_TOKEN}`).expect(200);
  expect(compare).toHaveBeenCalledTimes(1);
  compare.mockRestore();
});

it('[key 2] what is stored of a key opens nothing, in whatever form it is presented', async () => {
  const [row] = await service.sql<{ key: string }>('SELECT key FROM webhooks."APIKey" WHERE id = $1', customer.keyId);
  const digest = row?.key ?? '';
  const raw = Buffer.from(digest, 'hex').toString('base64url');
  for (const presented of [digest, `sk_${digest}`, `sk_${raw}`]) await use(presented).expect(401);
});

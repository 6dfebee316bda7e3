import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { readKeyCsv } from '../../../src/cli/key-csv';
import { ApiKeysService, CustomersService } from '../../../src/webhooks';
import { generateApiKey } from '../../../src/webhooks/api-keys/api-key';
import { KeyImportService } from '../../../src/webhooks/key-import/key-import.service';
import type {
  ImportOptions,
  ImportProgress,
  Rejection,
  RowValues,
  SourceRow,
} from '../../../src/webhooks/key-import/key-import.types';
import { startService, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

const LIMIT = 5;

let service: TestService;
beforeAll(async () => {
  service = await startService({
    role: 'api',
    apiKeys: { importedPrefixes: ['acme_live_'] },
    limits: { apiKeysPerCustomer: LIMIT },
  });
});
afterAll(() => service.stop());

const foreignKey = (): string => `acme_live_${randomBytes(24).toString('base64url')}`;
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
async function* sourceOf(rows: readonly RowValues[]): AsyncGenerator<SourceRow> {
  for (const [index, values] of rows.entries()) yield await Promise.resolve({ line: index + 2, values });
}
async function importRows(
  rows: readonly RowValues[],
  options: ImportOptions = {},
): Promise<ImportProgress & { rejections: Rejection[] }> {
  const rejections: Rejection[] = [];
  const onRejected = (rejection: Rejection) => void rejections.push(rejection);
  const caller = { actor: { type: 'cli' as const }, permissions: ['*'] };
  const result = await service.app.get(KeyImportService).run(sourceOf(rows), { onRejected, ...options }, caller);
  return { ...result, rejections };
}
const customer = async (): Promise<string> => {
  const id = `customer-${randomBytes(4).toString('hex')}`;
  await service.app.get(CustomersService).ensure({ id, userId: `user of ${id}`, name: 'Acme' });
  return id;
};
const me = (key: string) => service.request('get', '/me').set('X-API-Key', key);
const keysOf = (customerId: string) => service.app.get(ApiKeysService).list(customerId);

it('imported keys are accepted at once, in their own form: plain, hashed, and our own', async () => {
  const customerId = await customer();
  const [plain, hashed, own, checked] = [
    foreignKey(),
    foreignKey(),
    generateApiKey(),
    generateApiKey({ checksum: true }),
  ];
  const rights = { permissions: 'api-keys:read;messages:*', labels: '{"env":"prod"}' };
  const result = await importRows([
    { customerId, name: 'plain', key: plain, ...rights, createdAt: '2020-01-31T12:00:00Z' },
    { customerId, name: 'hashed', hash: hashOf(hashed), preview: '…tail' },
    { customerId, name: 'own', key: own },
    { customerId, name: 'own, hashed', hash: hashOf(checked) },
  ]);
  expect(result).toMatchObject({ rows: 4, imported: 4, present: 0, rejected: 0, lastLine: 5 });
  for (const key of [plain, hashed, own, checked]) {
    const { body } = await me(key).expect(200);
    expect(body).toMatchObject({ customer: { id: customerId } });
  }
  // On both guards, by both headers.
  await service.request('get', '/api-keys').set('Authorization', `Bearer ${plain}`).expect(200);
  await service.request('get', '/api-keys').set('Authorization', `Bearer ${hashed}`).expect(403);
  const keys = new Map((await keysOf(customerId)).map((key) => [key.name, key]));
  expect(keys.get('plain')).toMatchObject({
    preview: `acme_live_…${plain.slice(-4)}`,
    permissions: ['api-keys:read', 'messages:*'],
    labels: { env: 'prod' },
    isActive: true,
    createdAt: new Date('2020-01-31T12:00:00Z'),
  });
  expect(keys.get('hashed')).toMatchObject({ preview: '…tail', permissions: [] });
  expect(keys.get('own, hashed')).toMatchObject({ preview: null });
});

it('[key 2] the hash itself opens nothing', async () => {
  const customerId = await customer();
  const hash = hashOf(foreignKey());
  await importRows([{ customerId, name: 'n', hash }]);
  await me(hash).expect(401);
});

it('what was inactive or has expired is refused as that', async () => {
  const customerId = await customer();
  const [inactive, expired] = [foreignKey(), foreignKey()];
  await importRows([
    { customerId, name: 'inactive', key: inactive, isActive: 'false' },
    { customerId, name: 'expired', key: expired, expiresAt: '2021-01-01T00:00:00Z' },
  ]);
  expect((await me(inactive).expect(401)).body).toMatchObject({ code: 'api_key_inactive' });
  expect((await me(expired).expect(401)).body).toMatchObject({ code: 'api_key_expired' });
});

it('[key 26] every imported key has its row in the audit log, by the command line, without the key', async () => {
  const customerId = await customer();
  const key = foreignKey();
  await importRows([
    { customerId, name: 'plain', key, permissions: 'messages:send' },
    { customerId, name: 'hashed', hash: hashOf(foreignKey()) },
  ]);
  const rows = await service.sql<{ action: string; actorType: string; targetId: string; after: { name: string } }>(
    'SELECT action, "actorType", "targetId", after FROM webhooks."AuditLog" WHERE "customerId" = $1 AND action <> \'customer.created\'',
    customerId,
  );
  expect(rows.map(({ action, actorType }) => `${actorType} ${action}`)).toEqual(Array(2).fill('cli api-key.imported'));
  const ids = new Map((await keysOf(customerId)).map(({ id, name }) => [name, id]));
  for (const { targetId, after } of rows) expect(targetId).toBe(ids.get(after.name));
  expect(rows.find(({ after }) => after.name === 'plain')?.after).toMatchObject({ permissions: ['messages:send'] });
  for (const secret of [key, hashOf(key)]) expect(JSON.stringify(rows)).not.toContain(secret);
});

it('[key 20] a permission that does not exist is a rejected row, which does not quote it', async () => {
  const customerId = await customer();
  const { imported, rejections } = await importRows([
    { customerId, name: 'known', key: foreignKey(), permissions: 'messages:send;webhook-events:*' },
    { customerId, name: 'unknown', key: foreignKey(), permissions: 'messages:send;messages:sned' },
  ]);
  expect(imported).toBe(1);
  expect(rejections).toEqual([
    {
      line: 3,
      column: 'permissions',
      reason: 'names a permission that does not exist; GET /permissions lists those that do',
    },
  ]);
});

it('the same rows again change nothing, whatever became of the keys since', async () => {
  const customerId = await customer();
  const rows = [1, 2, 3].map((number) => ({ customerId, name: `key ${number}`, key: foreignKey() }));
  await importRows(rows);
  const [first, second] = await keysOf(customerId);
  await service.app.get(ApiKeysService).delete(customerId, first?.id ?? '');
  await service.app.get(ApiKeysService).deactivate(customerId, second?.id ?? '');
  const before = await keysOf(customerId);
  expect(await importRows(rows)).toMatchObject({ imported: 0, present: 3, rejected: 0 });
  expect(await keysOf(customerId)).toEqual(before);
});

it('two imports of the same rows at the same time import each key once', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, customer));
  const rows = Array.from({ length: 60 }, (_, index) => ({
    customerId: ids[index % ids.length]!,
    name: 'n',
    key: foreignKey(),
  }));
  const results = await Promise.all([
    importRows(rows, { batchSize: 7 }),
    importRows([...rows].reverse(), { batchSize: 11 }),
  ]);
  expect(results[0].imported + results[1].imported).toBe(60);
  expect(results[0].present + results[1].present).toBe(60);
  const [audit] = await service.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM webhooks."AuditLog" WHERE "customerId" = ANY($1) AND action = 'api-key.imported'`,
    ids,
  );
  expect(audit?.count).toBe(60);
});

it('[key 17] a key of another customer is refused, and stays where it is', async () => {
  const [owner, other] = [await customer(), await customer()];
  const key = foreignKey();
  await importRows([{ customerId: owner, name: 'n', key }]);
  const result = await importRows([
    { customerId: other, name: 'n', key },
    { customerId: other, name: 'n', hash: hashOf(key) },
  ]);
  const foreign = { column: 'key', reason: 'belongs to another customer already' };
  expect(result.rejections).toEqual([
    { line: 2, ...foreign },
    { line: 3, ...foreign },
  ]);
  expect((await me(key).expect(200)).body).toMatchObject({ customer: { id: owner } });
});

it('[key 23] a customer gets no more keys than it may have, over all batches, unless that is asked for', async () => {
  const customerId = await customer();
  const rows = Array.from({ length: LIMIT + 3 }, () => ({ customerId, name: 'n', key: foreignKey() }));
  const planned = await importRows(rows, { dryRun: true, batchSize: 2 });
  const result = await importRows(rows, { batchSize: 2 });
  for (const { imported, rejections } of [planned, result]) {
    expect(imported).toBe(LIMIT);
    expect(rejections.map(({ line }) => line)).toEqual([7, 8, 9]);
  }
  expect(await importRows(rows, { ignoreLimits: true })).toMatchObject({ imported: 3, present: LIMIT });
  expect(await keysOf(customerId)).toHaveLength(LIMIT + 3);
});

it('customers are made only when that is asked for, and only for the user in the row', async () => {
  const id = `new-${randomBytes(4).toString('hex')}`;
  const rows = [
    { customerId: id, name: 'n', key: foreignKey() },
    { customerId: id, userId: 'somebody', name: 'n', key: foreignKey() },
    { customerId: id, userId: 'somebody else', name: 'n', key: foreignKey() },
    { customerId: id, name: 'n', key: foreignKey() },
  ];
  expect((await importRows(rows)).rejections.map(({ column }) => column)).toEqual(Array(4).fill('customerId'));
  for (const dryRun of [true, false]) {
    const result = await importRows(rows, { createCustomers: true, dryRun, batchSize: 1 });
    expect(result).toMatchObject({ imported: 2, customersCreated: 1 });
    expect(result.rejections).toEqual([
      { line: 2, column: 'userId', reason: 'must be there: the customer has to be made' },
      { line: 4, column: 'userId', reason: 'is not the user whom the customer belongs to' },
    ]);
  }
  expect(await service.app.get(CustomersService).get(id)).toMatchObject({ userId: 'somebody', name: id });
  const audited = await service.sql(
    `SELECT "actorType" FROM webhooks."AuditLog" WHERE "customerId" = $1 AND action = 'customer.created'`,
    id,
  );
  expect(audited).toEqual([{ actorType: 'cli' }]);
});

it('an import never renames a customer, and takes none that is being erased', async () => {
  const customerId = await customer();
  await importRows([{ customerId, name: 'n', key: foreignKey() }], { createCustomers: true });
  expect(await service.app.get(CustomersService).get(customerId)).toMatchObject({ name: 'Acme' });
  await service.sql('UPDATE webhooks."Customer" SET "erasingAt" = now() WHERE id = $1', customerId);
  const row = { customerId, userId: `user of ${customerId}`, name: 'n', key: foreignKey() };
  for (const createCustomers of [false, true]) {
    expect(await importRows([row], { createCustomers })).toMatchObject({ imported: 0, rejected: 1 });
  }
});

it('[key 20] an unknown permission is refused, and not quoted: it may be a key', async () => {
  const customerId = await customer();
  const wrong = { customerId, name: 'n', key: foreignKey(), permissions: 'api-keys:raed' };
  const right = { customerId, name: 'n', key: foreignKey(), permissions: 'api-keys:read;api-keys:*' };
  const { rejections, imported } = await importRows([wrong, right, wrong]);
  const rejection = { column: 'permissions', reason: expect.stringContaining('does not exist') as string };
  expect(rejections).toEqual([
    { line: 2, ...rejection },
    { line: 4, ...rejection },
  ]);
  expect(imported).toBe(1);
});

it('a dry run finds what a run would, and writes nothing', async () => {
  const customerId = await customer();
  const before = await service.rowCounts();
  const result = await importRows(
    [
      { customerId, name: 'n', key: foreignKey() },
      { customerId, name: 'n', key: 'acme_live_short' },
      { customerId: 'nobody', name: 'n', key: foreignKey() },
    ],
    { dryRun: true },
  );
  expect(result).toMatchObject({ rows: 3, imported: 1, rejected: 2 });
  expect(await service.rowCounts()).toEqual(before);
});

it('it ends after the batch under way when it is told to', async () => {
  const customerId = await customer();
  const rows = Array.from({ length: 4 }, () => ({ customerId, name: 'n', key: foreignKey() }));
  const stop = new AbortController();
  const result = await importRows(rows, { batchSize: 2, signal: stop.signal, onProgress: () => stop.abort() });
  expect(result).toMatchObject({ rows: 2, imported: 2, lastLine: 3 });
  expect(await importRows(rows)).toMatchObject({ imported: 2, present: 2 });
});

it('a batch is there whole or not at all', async () => {
  const customerId = await customer();
  await service.sql(`CREATE FUNCTION webhooks.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no space left'; END $$`);
  await service.sql(`CREATE TRIGGER refuse BEFORE INSERT ON webhooks."AuditLog" EXECUTE FUNCTION webhooks.refuse()`);
  await expect(importRows([{ customerId, name: 'n', key: foreignKey() }])).rejects.toThrow('no space left');
  await service.sql('DROP FUNCTION webhooks.refuse CASCADE');
  expect(await keysOf(customerId)).toEqual([]);
});

it('the example of docs/import-keys.md', async () => {
  const page = readFileSync(join(__dirname, '../../../docs/import-keys.md'), 'utf8');
  const example = /```csv\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const rejections: Rejection[] = [];
  const options = { createCustomers: true, onRejected: (rejection: Rejection) => void rejections.push(rejection) };
  const result = await service.app
    .get(KeyImportService)
    .run(readKeyCsv(Readable.from([Buffer.from(example)])), options);
  expect(rejections).toEqual([]);
  expect(result).toMatchObject({ rows: 2, imported: 2, customersCreated: 1 });
  const [, key = ''] = /,(acme_live_\w+),/.exec(example) ?? [];
  await me(key).expect(200);
});

import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ApiKeysService } from '../../../src/webhooks';
import { startService, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

let service: TestService;
beforeAll(async () => (service = await startService({ role: 'api' })));
afterAll(() => service.stop());

interface Told {
  action: string;
  after: { source: string; ip: string | null; userAgent: string | null };
}

const decoyOf = async (customerId: string): Promise<{ id: string; key: string }> =>
  service.app.get(ApiKeysService).create(customerId, { name: 'decoy', permissions: ['*'], isCanary: true });
const present = (key: string, userAgent = 'thief/1.0') =>
  service.request('get', '/me').set('X-API-Key', key).set('User-Agent', userAgent);
const told = async (customerId: string): Promise<Told[]> =>
  service.sql<Told>(
    `SELECT action, after FROM webhooks."AuditLog" WHERE "customerId" = $1 AND action = 'api-key.leaked' ORDER BY id`,
    customerId,
  );
const eventually = async (customerId: string, count: number): Promise<Told[]> =>
  waitFor(`the customer is told ${count} times`, async () => {
    const rows = await told(customerId);
    return rows.length >= count && rows;
  });

it('a canary key is answered as an unknown key is, and its customer is told who used it', async () => {
  const customer = await service.customer();
  const { id, key } = await decoyOf(customer.id);
  const [used, unknown] = [await present(key), await present(`sk_${'A'.repeat(43)}`)];
  expect(used.status).toBe(401);
  expect(used.text).toBe(unknown.text);
  const comparable = ({ headers }: typeof used) => ({ ...headers, date: '', 'x-request-id': '' });
  expect(comparable(used)).toEqual(comparable(unknown));

  expect(await eventually(customer.id, 1)).toEqual([
    {
      action: 'api-key.leaked',
      after: {
        source: 'canary',
        url: null,
        ip: expect.stringContaining('127.0.0.1') as string,
        userAgent: 'thief/1.0',
      },
    },
  ]);
  expect(await service.app.get(ApiKeysService).get(customer.id, id)).toMatchObject({
    isActive: true,
    lastUsedAt: null,
  });
  expect(service.logs.filter((line) => line.includes(id) && line.includes('thief/1.0'))).toHaveLength(1);
  expect(service.logs.join('\n')).not.toContain(key);
});

it('its customer’s endpoints get an event with who used it', async () => {
  const customer = await service.customer();
  const endpoint = await customer.endpoint('http://127.0.0.1:9/hook', { events: ['api_key.leaked'] });
  const { id, key } = await decoyOf(customer.id);
  await present(key);
  const [event] = await waitFor('the event is there', async () => {
    const rows = await service.sql<{ payload: { data: object } }>(
      `SELECT payload FROM webhooks."WebhookEvent" WHERE "endpointId" = $1`,
      endpoint.id,
    );
    return rows.length > 0 && rows;
  });
  expect(event?.payload.data).toEqual({
    apiKeyId: id,
    name: 'decoy',
    preview: expect.stringMatching(/^sk_….{4}$/) as string,
    source: 'canary',
    ip: expect.stringContaining('127.0.0.1') as string,
    userAgent: 'thief/1.0',
  });
});

it('it alarms at most once a minute, each key by itself', async () => {
  const customer = await service.customer();
  const [first, second] = [await decoyOf(customer.id), await decoyOf(customer.id)];
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([present(first.key).expect(401), present(second.key).expect(401)]);
  }
  expect(await eventually(customer.id, 2)).toHaveLength(2);
});

it('what a program calls itself is no danger', async () => {
  const customer = await service.customer();
  const { key } = await decoyOf(customer.id);
  await present(key, `\t${'ÿ'.repeat(300)}`);
  const [{ after } = {}] = await eventually(customer.id, 1);
  expect(after?.userAgent?.length).toBeLessThanOrEqual(255);
});

it('a canary key that is switched off or deleted is an unknown one: no alarm for what is not there', async () => {
  const customer = await service.customer();
  const { id, key } = await decoyOf(customer.id);
  await service.app.get(ApiKeysService).delete(customer.id, id);
  await present(key).expect(401);
  await customer.request('get', '/me').expect(200);
  expect(await told(customer.id)).toEqual([]);
});

it('the request does not wait for the alarm to be written', async () => {
  const customer = await service.customer();
  const { key } = await decoyOf(customer.id);
  const blocker = new Client({ connectionString: service.database.url });
  await blocker.connect();
  await blocker.query('BEGIN');
  await blocker.query('LOCK TABLE webhooks."AuditLog" IN ACCESS EXCLUSIVE MODE');
  await present(key).expect(401);
  await blocker.query('ROLLBACK');
  await blocker.end();
  await eventually(customer.id, 1);
});

it('an alarm that cannot be written is tried again, and in the log anyway', async () => {
  const customer = await service.customer();
  const { id, key } = await decoyOf(customer.id);
  await service.sql(`CREATE FUNCTION webhooks.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no space left'; END $$`);
  await service.sql(`CREATE TRIGGER refuse BEFORE INSERT ON webhooks."AuditLog" EXECUTE FUNCTION webhooks.refuse()`);
  await present(key).expect(401);
  expect(service.logs.filter((line) => line.includes(id))).toHaveLength(1);
  await sleep(800);
  expect(await told(customer.id)).toEqual([]);
  await service.sql('DROP FUNCTION webhooks.refuse CASCADE');
  await eventually(customer.id, 1);
});

it('a service that stops tries once more and does not wait', async () => {
  const other = await startService({ role: 'api' });
  const customer = await other.customer();
  const { id, key } = await other.app.get(ApiKeysService).create(customer.id, { name: 'decoy', isCanary: true });
  await other.sql('ALTER TABLE webhooks."AuditLog" RENAME TO "Elsewhere"');
  await other.request('get', '/me').set('X-API-Key', key).expect(401);
  const at = Date.now();
  await other.stop();
  expect(Date.now() - at).toBeLessThan(5_000);
  expect(other.logs.filter((line) => line.includes('is not told') && line.includes(id))).toHaveLength(1);
});

import { Client } from 'pg';
import { PlatformTokens } from '../../../src/auth/platform-tokens';
import { CustomersService } from '../../../src/webhooks';
import { ErasureRepository } from '../../../src/webhooks/erasure/erasure.repository';
import { bulkRows, daysAgo } from '../../support/bulk-rows';
import { dumpAllTables } from '../../support/dump';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

let service: TestService;
let customer: TestCustomer;

beforeEach(async () => {
  // A process that only answers: what it begins, nobody goes on with, unless a test says so.
  service = await startService({ role: 'api' });
  customer = await service.customer(['*'], { userId: 'zebra-user' });
});
afterEach(async () => {
  await closeReceivers();
  await service.stop();
});

const erase = (id: string, token = OPERATOR_TOKEN) =>
  service.request('delete', `/customers/${id}`).set('Authorization', `Bearer ${token}`);
const customers = (): CustomersService => service.app.get(CustomersService);

/** A customer with a name, URLs, payloads and answers that can be found again, and some thousand rows. */
async function fill(of: TestCustomer, word: string, count: number): Promise<void> {
  await customers().ensure({ id: of.id, userId: of.userId, name: `${word}-name` });
  const { id } = await of.endpoint(`http://127.0.0.1:9/${word}-url`, { description: `${word}-description` });
  const identity = { userId: of.userId, customerId: of.id };
  await service
    .request('post', `/webhook-endpoints/${id}/recover`, { since: '2020-01-01' })
    .set('Authorization', `Bearer ${await service.app.get(PlatformTokens, { strict: false }).issue(identity, 60)}`)
    .expect(202);
  await bulkRows(service, { customerId: of.id, endpointId: id, count, at: daysAgo(1), text: `${word}-text` });
  await bulkRows(service, { customerId: of.id, endpointId: id, count: 10, at: daysAgo(2), status: 'PENDING' });
  await service.sql(
    `INSERT INTO webhooks."WebhookReplay" (id, "customerId", filter) VALUES (gen_random_uuid(), $1, $2)`,
    of.id,
    JSON.stringify({ word: `${word}-filter` }),
  );
  await customers().setRetention(of.id, { payloadDays: 7 });
}

describe('erasing a customer', () => {
  it('leaves no trace of it in any table, and touches nobody else', async () => {
    const other = await service.customer(['*'], { userId: 'heron-user' });
    await fill(customer, 'zebra', 3_000);
    await fill(other, 'heron', 100);
    const traces = ['zebra', customer.id, customer.keyId];
    const find = async (words: string[]): Promise<string[]> =>
      (await dumpAllTables(service)).filter((line) => words.some((word) => line.includes(word)));
    // But for the use of its key, which is written behind.
    const findOther = async (): Promise<string[]> =>
      (await find(['heron', other.id, other.keyId])).filter((line) => !/^webhooks\."APIKey(?:Usage)?":/.test(line));
    const before = await findOther();
    expect((await find(traces)).length).toBeGreaterThan(9_000);

    expect(await customers().erase(customer.id)).toBe(true);
    expect(await find(traces)).toEqual([]);
    expect(await findOther()).toEqual(before);
    await other.request('get', '/me').expect(200);
    expect(await service.rowCounts()).toMatchObject({ User: 1, Customer: 1, WebhookEvent: 110, WebhookAttempt: 110 });
  });

  it('keeps what was done in the audit log, under a pseudonym', async () => {
    await fill(customer, 'zebra', 5);
    await erase(customer.id).expect(202);
    await customers().erase(customer.id);
    const log = await service.sql(
      'SELECT "customerId", "actorType", action, "targetId", before, after FROM webhooks."AuditLog" ORDER BY id',
    );
    const pseudonym = log[0]!['customerId'];
    expect(pseudonym).toMatch(/^erased-/);
    const row = { customerId: pseudonym, targetId: pseudonym, before: null, after: null };
    const hashed = { ...row, targetId: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(log).toEqual([
      { ...row, actorType: 'system', action: 'customer.created' },
      { ...hashed, actorType: 'system', action: 'api-key.created' },
      { ...row, actorType: 'system', action: 'customer.renamed' },
      { ...hashed, actorType: 'api-key', action: 'endpoint.created' },
      { ...hashed, actorType: 'user', action: 'replay.created' },
      { ...row, actorType: 'system', action: 'customer.retention-changed' },
      { ...row, actorType: 'operator', action: 'customer.erasure-started' },
      { ...row, actorType: 'operator', action: 'customer.erased', after: { pseudonymisedRows: 7 } },
    ]);
  });

  it('ends its access at once, before anything else is deleted', async () => {
    await fill(customer, 'zebra', 5);
    const { body } = await erase(customer.id).expect(202);
    expect(body).toEqual({ id: customer.id, erasingAt: expect.any(String) });
    expect(await service.rowCounts()).toMatchObject({ Customer: 1, APIKey: 0, WebhookEvent: 15 });

    expect((await customer.request('get', '/me').expect(401)).body.code).toBe('api_key_unknown');
    const emit = service.webhooks.triggerWebhook(customer.id, 'message.received', {} as never);
    await expect(emit).rejects.toMatchObject({ code: 'not_found' });
    await expect(customers().get(customer.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(customers().setRetention(customer.id, {})).rejects.toMatchObject({ code: 'not_found' });
    const again = { id: customer.id, userId: customer.userId, name: 'again' };
    await expect(customers().ensure(again)).rejects.toMatchObject({ kind: 'conflict', code: 'customer_being_erased' });
  });

  it('can be asked for again while it goes on, and is a 404 when nothing is left', async () => {
    const { body: first } = await erase(customer.id).expect(202);
    const { body: second } = await erase(customer.id).expect(202);
    expect(second).toEqual(first);
    expect(await customers().erase(customer.id)).toBe(true);
    expect((await erase(customer.id).expect(404)).body.code).toBe('not_found');
    await expect(customers().erase(customer.id)).rejects.toMatchObject({ code: 'not_found' });
    await customers().ensure({ id: customer.id, userId: customer.userId, name: 'a new one' });
  });

  it('is for the operator alone, and for customers that exist', async () => {
    await erase(customer.id, customer.key).expect(401);
    await service.request('delete', `/customers/${customer.id}`).expect(401);
    for (const id of ['nobody', 'a%00b', 'x'.repeat(256)]) {
      expect((await erase(id).expect(404)).body.code).toBe('not_found');
    }
    await customer.request('get', '/me').expect(200);
  });

  it('keeps the user as long as it has another customer', async () => {
    const sibling = await service.customer(['*'], { userId: customer.userId });
    await customers().erase(customer.id);
    expect(await service.rowCounts()).toMatchObject({ User: 1, Customer: 1 });
    await customers().erase(sibling.id);
    expect(await service.rowCounts()).toMatchObject({ User: 0, Customer: 0 });
  });

  it('goes on where a process stopped that was killed in the middle', async () => {
    await fill(customer, 'zebra', 2_000);
    await erase(customer.id).expect(202);
    const repository = service.app.get(ErasureRepository);
    expect(await repository.deleteBatch('WebhookEvent', customer.id, 500)).toBe(500);
    expect(await repository.finish(customer.id)).toBe(false);
    expect(await service.rowCounts()).toMatchObject({ Customer: 1, WebhookEvent: 1_510 });

    const worker = await startService({ role: 'worker', database: service.database });
    await waitFor('the erasure has ended', async () => (await service.rowCounts())['Customer'] === 0, 30_000);
    await worker.close();
    expect(await service.rowCounts()).toMatchObject({
      User: 0,
      WebhookEvent: 0,
      WebhookMessage: 0,
      WebhookEndpoint: 0,
    });
  });

  it('is done within moments where one process does everything', async () => {
    await fill(customer, 'zebra', 500);
    const all = await startService({ database: service.database });
    try {
      const call = all.request('delete', `/customers/${customer.id}`);
      await call.set('Authorization', `Bearer ${OPERATOR_TOKEN}`).expect(202);
      await waitFor('the erasure has ended', async () => (await all.rowCounts())['Customer'] === 0, 4_000);
    } finally {
      await all.close();
    }
  });

  it('may be done by several at once', async () => {
    await fill(customer, 'zebra', 2_000);
    const results = await Promise.all([1, 2, 3].map(() => customers().erase(customer.id)));
    expect(results).toEqual([true, true, true]);
    const [row] = await service.sql(
      `SELECT count(*)::int AS n FROM webhooks."AuditLog" WHERE action = 'customer.erased'`,
    );
    expect(row).toEqual({ n: 1 });
  });

  it('waits for nobody who works on a row, and deletes it in the end', async () => {
    await fill(customer, 'zebra', 20);
    const worker = new Client({ connectionString: service.database.url });
    await worker.connect();
    await worker.query('BEGIN; SELECT id FROM webhooks."WebhookEvent" ORDER BY id LIMIT 1 FOR UPDATE');
    const erasing = customers().erase(customer.id);
    const left = async (): Promise<boolean> => (await service.rowCounts())['WebhookEvent'] === 1;
    await waitFor('one delivery is left', left);
    await worker.query('COMMIT');
    await worker.end();
    expect(await erasing).toBe(true);
    expect(await service.rowCounts()).toMatchObject({ Customer: 0, WebhookEvent: 0 });
  });

  it('is a 404 for an emit that began a moment before', async () => {
    await customer.endpoint('http://127.0.0.1:9/hook');
    const eraser = new Client({ connectionString: service.database.url });
    await eraser.connect();
    await eraser.query('BEGIN');
    await eraser.query('DELETE FROM webhooks."Customer" WHERE id = $1', [customer.id]);
    // It still sees the customer, and its insert waits for the deletion.
    const emit = service.webhooks.triggerWebhook(customer.id, 'message.received', {} as never);
    const outcome = expect(emit).rejects.toMatchObject({ kind: 'not-found', code: 'not_found' });
    await waitFor('the emit waits', async () => {
      const [row] = await service.sql(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return row !== undefined;
    });
    await eraser.query('COMMIT');
    await outcome;
    await eraser.end();
  });
});

describe('deliveries under way when their customer is erased', () => {
  it('stop, and the worker goes on with the others', async () => {
    const worker = await startService({ role: 'worker', database: service.database });
    try {
      let release: (status: number) => void = () => undefined;
      const receiver = await recordingReceiver(() => new Promise<number>((resolve) => (release = resolve)));
      await customer.endpoint(receiver.url);
      const { eventIds } = await customer.emit();
      await receiver.arrivals(1);
      await customers().erase(customer.id);
      release(500);
      await waitFor('the attempt is told', () => worker.logs.some((line) => line.includes(eventIds[0]!)));
      expect(worker.logs.find((line) => line.includes(eventIds[0]!))).toContain('STALE');

      const other = await service.customer();
      const second = await recordingReceiver();
      await other.endpoint(second.url);
      await other.emit();
      await second.arrivals(1);
      expect(receiver.requests).toHaveLength(1);
    } finally {
      await worker.close();
    }
  });
});

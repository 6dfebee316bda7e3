import { Client } from 'pg';
import { CustomersService } from '../../../src/webhooks';
import { RetentionService, type RetentionReport } from '../../../src/webhooks/retention/retention.service';
import { bulkRows, daysAgo } from '../../support/bulk-rows';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(60_000);

let service: TestService;
let customer: TestCustomer;
let endpointId: string;

beforeEach(async () => {
  service = await startService();
  customer = await service.customer();
  endpointId = (await customer.endpoint('http://127.0.0.1:9/hook', { events: ['chatbot.updated'] })).id;
  // That its key was created was announced, to nobody: retention is to look at the rows of the tests alone.
  await service.sql('DELETE FROM webhooks."WebhookMessage"');
});
afterEach(async () => {
  await closeReceivers();
  await service.stop();
});

const sweep = async (): Promise<RetentionReport> => service.app.get(RetentionService).sweep();
const rows = async (count: number, days: number, more: object = {}): Promise<void> =>
  bulkRows(service, { customerId: customer.id, endpointId, count, at: daysAgo(days), ...more });
const nothing: RetentionReport = {
  expired: 0,
  emptied: 0,
  deletedEvents: 0,
  deletedMessages: 0,
  deletedReplays: 0,
  deletedEndpoints: 0,
  forgottenKeys: 0,
};

describe('retention', () => {
  it('empties the bodies and answers of finished deliveries after 30 days, and says so', async () => {
    await rows(3, 31);
    // Only the text of a body may be read: an operator like ->> fails at this one.
    const body0 = '{"event":"message.received","timestamp":"x","data":{"content":"\\u0000"}}';
    await service.sql('UPDATE webhooks."WebhookEvent" SET payload = $1::json', body0);
    await rows(2, 29);
    expect(await sweep()).toEqual({ ...nothing, emptied: 3 });
    const { body } = await customer.request('get', '/webhook-events').expect(200);
    expect(body.data).toHaveLength(5);
    const [young, old] = [body.data[0], body.data[4]];
    const { body: emptied } = await customer.request('get', `/webhook-events/${old.id}`).expect(200);
    expect(emptied).toMatchObject({ payload: null, payloadErasedAt: expect.any(String), status: 'SENT' });
    expect(emptied.attemptLog).toMatchObject([{ attempt: 1, statusCode: 200, responseBody: null }]);
    const { body: whole } = await customer.request('get', `/webhook-events/${young.id}`).expect(200);
    expect(whole).toMatchObject({ payload: { data: { content: 'Hello!' } }, payloadErasedAt: null });

    const row = await service.event(old.id);
    const timestamp = new Date(old.createdAt).toISOString();
    expect(row.body).toBe(`{"event":"message.received","timestamp":"${timestamp}","data":null}`);
    expect(await sweep()).toEqual(nothing);
  });

  it('deletes deliveries, their attempts and their messages after 90 days', async () => {
    await rows(5, 91);
    await rows(4, 60);
    expect(await sweep()).toEqual({ ...nothing, deletedEvents: 5, deletedMessages: 5, emptied: 4 });
    expect(await service.rowCounts()).toMatchObject({ WebhookEvent: 4, WebhookMessage: 4, WebhookAttempt: 4 });
  });

  it('gives up what is held for longer than that, and keeps the body of what still waits', async () => {
    await rows(2, 91, { status: 'PENDING' });
    await rows(2, 60, { status: 'PENDING' });
    const report = await sweep();
    expect(report).toEqual({ ...nothing, expired: 2, deletedEvents: 2, deletedMessages: 2 });
    const { body } = await customer.request('get', '/webhook-events').expect(200);
    expect(body.data).toMatchObject([{ status: 'PENDING' }, { status: 'PENDING' }]);
    const { body: waiting } = await customer.request('get', `/webhook-events/${body.data[0].id}`).expect(200);
    expect(waiting).toMatchObject({ payload: { data: { content: 'Hello!' } }, payloadErasedAt: null });
  });

  it('keeps a customer’s own limits, set over HTTP or in process', async () => {
    const other = await service.customer();
    const own = await other.endpoint('http://127.0.0.1:9/hook', { events: ['chatbot.updated'] });
    await bulkRows(service, { customerId: other.id, endpointId: own.id, count: 3, at: daysAgo(40) });
    await rows(3, 40);
    const { body } = await service
      .request('put', `/customers/${other.id}`, {
        userId: other.userId,
        name: 'Acme',
        retention: { payloadDays: 60, eventDays: null },
      })
      .set('Authorization', `Bearer ${OPERATOR_TOKEN}`)
      .expect(200);
    expect(body.retention).toEqual({ payloadDays: 60, eventDays: 90 });
    expect(await sweep()).toEqual({ ...nothing, emptied: 3 });

    const customers = service.app.get(CustomersService);
    expect(await customers.setRetention(other.id, { eventDays: 35 })).toEqual({ payloadDays: 60, eventDays: 35 });
    expect(await sweep()).toEqual({ ...nothing, deletedEvents: 3, deletedMessages: 3 });
  });

  it('forgets idempotency keys after a day', async () => {
    await rows(2, 3);
    await rows(1, 0.5);
    await service.sql(`UPDATE webhooks."WebhookMessage" SET "idempotencyKey" = id::text, "bodyHash" = '\\x00'`);
    expect(await sweep()).toEqual({ ...nothing, forgottenKeys: 2 });
    const left = await service.sql('SELECT id FROM webhooks."WebhookMessage" WHERE "idempotencyKey" IS NOT NULL');
    expect(left).toHaveLength(1);
  });

  it('deletes endpoints that were deleted, once no delivery refers to them, and replays that have ended', async () => {
    await rows(1, 91);
    await customer.request('delete', `/webhook-endpoints/${endpointId}`).expect(204);
    await service.sql(`UPDATE webhooks."WebhookEndpoint" SET "deletedAt" = now() - interval '91 days'`);
    await service.sql(
      `INSERT INTO webhooks."WebhookReplay" (id, "customerId", status, filter)
       VALUES ('00000000-0000-7000-8000-000000000001', $1, 'DONE', '{}'), ('00000000-0000-7000-8000-000000000002', $1, 'RUNNING', '{}')`,
      customer.id,
    );
    expect(await sweep()).toMatchObject({ deletedEvents: 1, deletedReplays: 1, deletedEndpoints: 1 });
    expect(await service.rowCounts()).toMatchObject({ WebhookEndpoint: 0, WebhookEvent: 0 });
  });

  it('works through thousands of rows, while emits and deliveries go on as ever', async () => {
    await rows(3_000, 91);
    await rows(3_000, 40);
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url, { events: ['message.received'] });
    const state = { isSwept: false };
    const sweeping = sweep().finally(() => (state.isSwept = true));
    const times: number[] = [];
    while (!state.isSwept) {
      const start = performance.now();
      await customer.emit();
      times.push(performance.now() - start);
    }
    expect(await sweeping).toEqual({ ...nothing, deletedEvents: 3_000, deletedMessages: 3_000, emptied: 3_000 });
    await receiver.arrivals(times.length, 20_000);
    expect(times.length).toBeGreaterThan(10);
    expect(Math.max(...times)).toBeLessThan(1_000);
  });

  it('waits for no row that somebody works on, and finds it the next time', async () => {
    await rows(3, 91);
    const worker = new Client({ connectionString: service.database.url });
    await worker.connect();
    await worker.query('BEGIN');
    await worker.query('SELECT id FROM webhooks."WebhookEvent" ORDER BY id LIMIT 1 FOR UPDATE');
    expect(await sweep()).toMatchObject({ deletedEvents: 2, deletedMessages: 2 });
    await worker.query('COMMIT');
    await worker.end();
    expect(await sweep()).toMatchObject({ deletedEvents: 1, deletedMessages: 1 });
  });

  it('is done by one node at a time', async () => {
    await rows(3, 91);
    const other = new Client({ connectionString: service.database.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query(`SELECT pg_advisory_xact_lock(hashtextextended('webhooks:retention:webhooks', 0))`);
    expect(await sweep()).toEqual(nothing);
    await other.query('COMMIT');
    await other.end();
    expect(await sweep()).toMatchObject({ deletedEvents: 3 });
  });

  it('leaves everything alone that belongs to a customer being erased', async () => {
    await rows(3, 91);
    await service.sql(`UPDATE webhooks."Customer" SET "erasingAt" = now()`);
    expect((await sweep()).deletedEvents).toBe(0);
  });
});

describe('a retention override', () => {
  const put = (retention: unknown) =>
    service
      .request('put', `/customers/${customer.id}`, { userId: customer.userId, name: 'Acme', retention })
      .set('Authorization', `Bearer ${OPERATOR_TOKEN}`);
  const retentionLog = () =>
    service.sql(
      `SELECT "customerId", "actorType", "actorId", "targetType", "targetId", before, after
         FROM webhooks."AuditLog" WHERE action = 'customer.retention-changed'`,
    );

  it('is written into the audit log, once per change', async () => {
    await put({ payloadDays: 7 }).expect(200);
    await put({ payloadDays: 7 }).expect(200);
    await put(undefined).expect(200);
    expect(await retentionLog()).toEqual([
      {
        customerId: customer.id,
        actorType: 'operator',
        actorId: null,
        targetType: 'customer',
        targetId: customer.id,
        before: { payloadDays: null },
        after: { payloadDays: 7 },
      },
    ]);
  });

  it.each([
    ['zero days', { payloadDays: 0 }, 'retention.payloadDays'],
    ['a fraction', { eventDays: 1.5 }, 'retention.eventDays'],
    ['eleven years', { eventDays: 4_000 }, 'retention.eventDays'],
    ['a text', { eventDays: '30' }, 'retention.eventDays'],
    ['an unknown field', { days: 3 }, 'retention.days'],
    ['null', null, 'retention'],
    ['a list', [], 'retention'],
    ['a number', 30, 'retention'],
  ])('of %s is a 400', async (_, retention, field) => {
    const { body } = await put(retention).expect(400);
    expect(body.errors[0].field).toBe(field);
    expect(await retentionLog()).toEqual([]);
  });

  it('that is unusable, or of nobody, is a clear error in process', async () => {
    const customers = service.app.get(CustomersService);
    await expect(customers.setRetention(customer.id, { eventDays: 0 })).rejects.toMatchObject({
      code: 'invalid_retention',
      fields: [{ field: 'eventDays' }],
    });
    await expect(customers.setRetention('nobody', { eventDays: 1 })).rejects.toMatchObject({ code: 'not_found' });
  });
});

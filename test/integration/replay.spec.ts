import { join } from 'node:path';
import type { Replay } from '../../src/webhooks/replays/replay.types';
import { runTypeScript } from '../support/child';
import { closeReceivers } from '../support/receivers';
import { recordingReceiver } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { waitFor } from '../support/wait-for';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

/** Deliveries of an endpoint that are over, one a second, the last an hour ago. */
async function seed(service: TestService, customer: TestCustomer, endpointId: string, count: number, more = {}) {
  const { status, event, isTest, erased } = {
    status: 'FAILED',
    event: 'message.received',
    isTest: false,
    erased: false,
    ...more,
  };
  await service.sql(
    `WITH made AS (
       SELECT to_timestamp(floor(extract(epoch FROM now())) - 3600 - n) AS at, gen_random_uuid()::text AS random
         FROM generate_series(0, $3::int - 1) AS n
     ), ids AS (
       SELECT at, (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || substr(random, 14) )::uuid AS id
         FROM (SELECT at, random, lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') AS hex FROM made) AS m
     ), messages AS (
       INSERT INTO webhooks."WebhookMessage" (id, "customerId", event, "createdAt", outcomes)
       SELECT id, $1, $5, at, '[]' FROM ids
     )
     INSERT INTO webhooks."WebhookEvent" (id, "customerId", "endpointId", "messageId", url, event, payload, status,
                                          attempts, "lastError", "createdAt", "processedAt", "isTest", "payloadErasedAt")
     SELECT id, $1, $2::uuid, id, 'http://127.0.0.1/', $5, '{}', $4::webhooks."WebhookStatus", 3, 'HTTP 500', at, at,
            $6, CASE WHEN $7::boolean THEN now() END FROM ids`,
    customer.id,
    endpointId,
    count,
    status,
    event,
    isTest,
    erased,
  );
}

/** How many deliveries of an endpoint there are, by status and round. */
const counts = async (service: TestService, endpointId: string): Promise<Record<string, number>> => {
  const rows = await service.sql<{ key: string; count: number }>(
    `SELECT status || ' ' || round AS key, count(*)::int AS count FROM webhooks."WebhookEvent"
      WHERE "endpointId" = $1 GROUP BY 1`,
    endpointId,
  );
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
};

async function read(customer: TestCustomer, id: string): Promise<Replay> {
  const { body } = await customer.request('get', `/webhook-replays/${id}`).expect(200);
  return body as Replay;
}

const finished = (customer: TestCustomer, id: string): Promise<Replay> =>
  waitFor(`replay ${id} is over`, async () => {
    const replay = await read(customer, id);
    return replay.status !== 'RUNNING' && replay;
  });

describe('a replay', () => {
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    service = await startService({ delivery: { reconcileIntervalMs: 50 } });
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  it('sends what an endpoint missed again, with progress', async () => {
    const receiver = await recordingReceiver();
    const { id: endpointId } = await customer.endpoint(receiver.url);
    await seed(service, customer, endpointId, 30);
    const since = hoursAgo(2);
    const { body } = await customer.request('post', `/webhook-endpoints/${endpointId}/recover`, { since }).expect(202);
    expect(body).toEqual({
      id: expect.any(String),
      status: 'RUNNING',
      endpointId,
      event: null,
      statuses: ['FAILED'],
      from: since,
      to: expect.any(String),
      matched: 30,
      resent: 0,
      progress: 0,
      createdAt: expect.any(String),
      finishedAt: null,
    });
    const done = await finished(customer, body.id);
    expect(done).toMatchObject({
      status: 'DONE',
      matched: 30,
      resent: 30,
      progress: 1,
      finishedAt: expect.any(String),
    });
    await receiver.arrivals(30);
    expect(new Set(receiver.ids()).size).toBe(30);
    expect(receiver.requests[0]?.headers['x-webhook-attempt']).toBe('4');
    await waitFor('all are SENT', async () => (await counts(service, endpointId))['SENT 1'] === 30);
  });

  it('takes only what its filter says, and neither test sends nor erased bodies', async () => {
    const receiver = await recordingReceiver();
    const [wanted, other] = [await customer.endpoint(receiver.url), await customer.endpoint(receiver.url)];
    await seed(service, customer, wanted.id, 3, { status: 'SENT', event: 'message.sent' });
    await seed(service, customer, wanted.id, 4, { status: 'SENT' });
    await seed(service, customer, wanted.id, 5, { event: 'message.sent' });
    await seed(service, customer, wanted.id, 6, { status: 'SENT', event: 'message.sent', isTest: true });
    await seed(service, customer, wanted.id, 7, { status: 'SENT', event: 'message.sent', erased: true });
    await seed(service, customer, other.id, 8, { status: 'SENT', event: 'message.sent' });
    const filter = { endpointId: wanted.id, event: 'message.sent', statuses: ['SENT'] };
    const early = { ...filter, from: hoursAgo(4), to: hoursAgo(3) };
    const nothing = await customer.request('post', '/webhook-replays', early).expect(202);
    expect(await finished(customer, nothing.body.id)).toMatchObject({ status: 'DONE', matched: 0, resent: 0 });
    const { body } = await customer.request('post', '/webhook-replays', { ...filter, from: hoursAgo(2) }).expect(202);
    expect(await finished(customer, body.id)).toMatchObject({ status: 'DONE', matched: 3, resent: 3 });
    await waitFor('they are SENT', async () => (await counts(service, wanted.id))['SENT 1'] === 3);
    expect(await counts(service, other.id)).toEqual({ 'SENT 0': 8 });
  });

  it('holds what it resends to a paused endpoint', async () => {
    const receiver = await recordingReceiver();
    const { id: endpointId } = await customer.endpoint(receiver.url);
    await seed(service, customer, endpointId, 5);
    await customer.request('patch', `/webhook-endpoints/${endpointId}`, { isActive: false }).expect(200);
    const { body } = await customer.request('post', '/webhook-replays', { from: hoursAgo(2) }).expect(202);
    expect(await finished(customer, body.id)).toMatchObject({ resent: 5 });
    const held = await customer.request('get', '/webhook-events?status=PENDING').expect(200);
    expect(held.body.data).toHaveLength(5);
    expect(held.body.data[0]).toMatchObject({ heldReason: 'endpoint paused', nextAttemptAt: null });
    expect(receiver.requests).toHaveLength(0);
  });

  it('resends no delivery twice when two of the same run at once', async () => {
    const receiver = await recordingReceiver('never');
    const { id: endpointId } = await customer.endpoint(receiver.url);
    await seed(service, customer, endpointId, 700);
    const start = () => customer.request('post', '/webhook-replays', { from: hoursAgo(2) }).expect(202);
    const replays = await Promise.all([start(), start(), start()]);
    const over = await Promise.all(replays.map(({ body }) => finished(customer, body.id)));
    expect(over.map(({ status }) => status)).toEqual(['DONE', 'DONE', 'DONE']);
    expect(over.reduce((sum, { resent }) => sum + resent, 0)).toBe(700);
    expect(await counts(service, endpointId)).toEqual({ 'PENDING 1': 700 });
  });

  it('is listed, newest first, in pages', async () => {
    for (const hours of [4, 3, 2]) {
      await customer.request('post', '/webhook-replays', { from: hoursAgo(hours) }).expect(202);
    }
    const first = await customer.request('get', '/webhook-replays?limit=2').expect(200);
    expect(first.body.data).toHaveLength(2);
    const second = await customer
      .request('get', `/webhook-replays?limit=2&cursor=${first.body.nextCursor}`)
      .expect(200);
    expect(second.body).toMatchObject({ data: [expect.anything()], nextCursor: null });
    const times = [...first.body.data, ...second.body.data].map(({ from }: { from: string }) => from);
    expect(times).toEqual([...times].sort().reverse());
  });

  it.each([
    ['no time', {}, 400, 'invalid_request'],
    ['a range that ends before it begins', { from: hoursAgo(2), to: hoursAgo(3) }, 400, 'invalid_range'],
    ['a time to come', { from: hoursAgo(-1) }, 400, 'invalid_range'],
    ['deliveries that are PENDING', { from: hoursAgo(2), statuses: ['PENDING'] }, 400, 'invalid_request'],
    ['no status', { from: hoursAgo(2), statuses: [] }, 400, 'invalid_request'],
    ['statuses that are no list', { from: hoursAgo(2), statuses: 'FAILED' }, 400, 'invalid_request'],
    ['an unknown field', { from: hoursAgo(2), position: 1 }, 400, 'invalid_request'],
    ['an endpoint id that is no UUID', { from: hoursAgo(2), endpointId: '1' }, 400, 'invalid_request'],
    ['an unknown event', { from: hoursAgo(2), event: 'no.such' }, 422, 'unknown_event_type'],
    [
      'an unknown endpoint',
      { from: hoursAgo(2), endpointId: '00000000-0000-4000-8000-000000000000' },
      404,
      'not_found',
    ],
  ])('is refused with %s', async (_, input, status, code) => {
    const { body } = await customer.request('post', '/webhook-replays', input).expect(status);
    expect(body).toMatchObject({ code });
    expect((await customer.request('get', '/webhook-replays')).body.data).toEqual([]);
  });

  it('[webhook 33] of another customer is not there, nor is another customer’s endpoint', async () => {
    const { id: endpointId } = await customer.endpoint('http://127.0.0.1:9/');
    const { body: replay } = await customer.request('post', '/webhook-replays', { from: hoursAgo(2) }).expect(202);
    const other = await service.customer();
    const missing = '00000000-0000-4000-8000-000000000000';
    const pairs: ['get' | 'post', string, string, object?][] = [
      ['get', `/webhook-replays/${replay.id}`, `/webhook-replays/${missing}`],
      ['post', `/webhook-replays/${replay.id}/cancel`, `/webhook-replays/${missing}/cancel`],
      [
        'post',
        `/webhook-endpoints/${endpointId}/recover`,
        `/webhook-endpoints/${missing}/recover`,
        { since: hoursAgo(1) },
      ],
    ];
    for (const [method, theirs, none, body] of pairs) {
      const [a, b] = [await other.request(method, theirs, body), await other.request(method, none, body)];
      expect([a.status, b.status]).toEqual([404, 404]);
      expect(a.body).toEqual(b.body);
    }
    expect((await other.request('get', '/webhook-replays')).body.data).toEqual([]);
  });

  it('needs webhook-events:write; looking needs webhook-events:read', async () => {
    const reader = await service.customer(['webhook-events:read']);
    await reader.request('get', '/webhook-replays').expect(200);
    await reader.request('post', '/webhook-replays', { from: hoursAgo(1) }).expect(403);
    const writer = await service.customer(['webhook-events:write']);
    await writer.request('get', '/webhook-replays').expect(403);
  });
});

describe('a replay without a worker', () => {
  let service: TestService;
  let customer: TestCustomer;

  beforeEach(async () => {
    service = await startService({ role: 'api' });
    customer = await service.customer();
  });
  afterEach(async () => {
    await service.stop();
    await closeReceivers();
  });

  /** Nothing is due any more, so that the next batch may follow. */
  const makeRoom = () =>
    service.sql(
      `UPDATE webhooks."WebhookEvent" SET "heldReason" = NULL, "nextAttemptAt" = now() + interval '1 hour',
              "enqueueAfter" = now() + interval '1 hour' WHERE status = 'PENDING'`,
    );

  it('can be cancelled, twice if need be, but not when it is over', async () => {
    const { body } = await customer.request('post', '/webhook-replays', { from: hoursAgo(2) }).expect(202);
    const cancel = () => customer.request('post', `/webhook-replays/${body.id}/cancel`);
    const cancelled = await cancel().expect(200);
    expect(cancelled.body).toMatchObject({ status: 'CANCELLED', finishedAt: expect.any(String), progress: 0 });
    expect((await cancel().expect(200)).body).toEqual(cancelled.body);
    await service.sql(`UPDATE webhooks."WebhookReplay" SET status = 'DONE'`);
    expect((await cancel().expect(409)).body).toMatchObject({ code: 'replay_done' });
  });

  it('is one of ten at most', async () => {
    const start = () => customer.request('post', '/webhook-replays', { from: hoursAgo(2) });
    for (let count = 0; count < 10; count += 1) await start().expect(202);
    expect((await start().expect(409)).body).toMatchObject({ code: 'too_many_replays' });
  });

  it('goes on after the last committed batch when its worker is killed, and resends nothing twice', async () => {
    const receiver = await recordingReceiver('never');
    const { id: endpointId } = await customer.endpoint(receiver.url);
    await seed(service, customer, endpointId, 2_300);
    const { body } = await customer.request('post', '/webhook-replays', { from: hoursAgo(2) }).expect(202);
    const program = join(__dirname, 'replay-worker.program.ts');
    const first = runTypeScript(program, service.database.url, service.queuePrefix);
    expect(await first.next()).toEqual({ started: true });
    // Two batches are under way and the receiver says nothing: no more are resent for now.
    await waitFor('two batches', async () => (await read(customer, body.id)).resent === 1_000, 20_000);
    await receiver.arrivals(1, 20_000);
    expect(await read(customer, body.id)).toMatchObject({ status: 'RUNNING', matched: 2_300, resent: 1_000 });
    await first.kill();
    expect(await counts(service, endpointId)).toEqual({ 'PENDING 1': 1_000, 'FAILED 0': 1_300 });

    await makeRoom();
    const second = runTypeScript(program, service.database.url, service.queuePrefix);
    try {
      expect(await second.next()).toEqual({ started: true });
      await waitFor('two more batches', async () => (await read(customer, body.id)).resent === 2_000, 20_000);
      await makeRoom();
      expect(await finished(customer, body.id)).toMatchObject({ status: 'DONE', matched: 2_300, resent: 2_300 });
    } finally {
      await second.kill();
    }
    expect(await counts(service, endpointId)).toEqual({ 'PENDING 1': 2_300 });
  });

  it('is worked off by several workers together, each delivery once', async () => {
    const receiver = await recordingReceiver();
    const { id: endpointId } = await customer.endpoint(receiver.url);
    await customer.request('patch', `/webhook-endpoints/${endpointId}`, { isActive: false }).expect(200);
    await seed(service, customer, endpointId, 3_200);
    const { body } = await customer.request('post', '/webhook-replays', { from: hoursAgo(2) }).expect(202);
    const worker = () =>
      startService({ role: 'worker', database: service.database, delivery: { reconcileIntervalMs: 10 } });
    const workers = await Promise.all([worker(), worker(), worker()]);
    try {
      expect(await finished(customer, body.id)).toMatchObject({ status: 'DONE', matched: 3_200, resent: 3_200 });
      expect(await counts(service, endpointId)).toEqual({ 'PENDING 1': 3_200 });
      const batches = workers.flatMap(({ logs }) => logs.filter((line) => line.includes(`"replayId":"${body.id}"`)));
      expect(batches).toHaveLength(7);
    } finally {
      await Promise.all(workers.map((each) => each.close()));
    }
  });

  it('stops after the batch under way when it is cancelled', async () => {
    const receiver = await recordingReceiver('never');
    const { id: endpointId } = await customer.endpoint(receiver.url);
    await seed(service, customer, endpointId, 1_600);
    const { body } = await customer.request('post', '/webhook-replays', { from: hoursAgo(2) }).expect(202);
    const worker = await startService({
      role: 'worker',
      database: service.database,
      delivery: { timeoutMs: 5_000, reconcileIntervalMs: 50 },
    });
    try {
      await waitFor('two batches', async () => (await read(customer, body.id)).resent === 1_000);
      const cancelled = await customer.request('post', `/webhook-replays/${body.id}/cancel`).expect(200);
      expect(cancelled.body).toMatchObject({ status: 'CANCELLED', resent: 1_000, progress: 0.625 });
      await makeRoom();
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await counts(service, endpointId)).toEqual({ 'PENDING 1': 1_000, 'FAILED 0': 600 });
    } finally {
      await closeReceivers();
      await worker.close();
    }
  });
});

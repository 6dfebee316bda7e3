import { closeReceivers } from '../support/receivers';
import { recordingReceiver } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { waitFor } from '../support/wait-for';

jest.setTimeout(30_000);

const MISSING = '00000000-0000-4000-8000-000000000000';

describe('the statistics of an endpoint', () => {
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    service = await startService();
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  const stats = (endpointId: string, query = '', by = customer) =>
    by.request('get', `/webhook-endpoints/${endpointId}/stats${query}`);

  /** An endpoint with one delivery, and attempts of it as given: minutes after the hour, duration, status. */
  async function endpointWith(attempts: [at: string, durationMs: number, statusCode: number | null][]) {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    await customer.request('patch', `/webhook-endpoints/${id}`, { isActive: false }).expect(200);
    const { eventIds } = await customer.emit();
    for (const [index, [at, durationMs, statusCode]] of attempts.entries()) {
      await service.sql(
        `INSERT INTO webhooks."WebhookAttempt" ("eventId", attempt, "customerId", "endpointId", url, "startedAt", "durationMs",
                                                "statusCode") VALUES ($1, $2, $3, $4, '', $5, $6, $7)`,
        eventIds[0],
        index + 1,
        customer.id,
        id,
        at,
        durationMs,
        statusCode,
      );
    }
    return { id, receiver };
  }

  it('count attempts, their success and their duration, hour by hour, the empty hours too', async () => {
    const { id } = await endpointWith([
      ['2026-05-01T09:59:59.999Z', 9_000, 200],
      ['2026-05-01T10:00:00.000Z', 100, 200],
      ['2026-05-01T10:30:00.000Z', 200, 299],
      ['2026-05-01T10:59:59.999Z', 300, 500],
      ['2026-05-01T12:10:00.000Z', 400, null],
      ['2026-05-01T13:00:00.000Z', 9_000, 200],
    ]);
    const { body } = await stats(id, '?from=2026-05-01T10:00:00Z&to=2026-05-01T13:00:00Z').expect(200);
    expect(body).toEqual({
      endpointId: id,
      from: '2026-05-01T10:00:00.000Z',
      to: '2026-05-01T13:00:00.000Z',
      attempts: { total: 4, succeeded: 2, failed: 2, successRate: 0.5 },
      latencyMs: { p50: 250, p95: 385, p99: 397 },
      deliveries: { PENDING: 0, SENT: 0, FAILED: 0 },
      backlog: { pending: 1, held: 1, oldestPendingAt: expect.any(String), oldestPendingAgeMs: expect.any(Number) },
      hours: [
        { hour: '2026-05-01T10:00:00.000Z', attempts: 3, succeeded: 2, failed: 1 },
        { hour: '2026-05-01T11:00:00.000Z', attempts: 0, succeeded: 0, failed: 0 },
        { hour: '2026-05-01T12:00:00.000Z', attempts: 1, succeeded: 0, failed: 1 },
      ],
    });
  });

  it('begin and end within an hour, if asked for', async () => {
    const { id } = await endpointWith([
      ['2026-05-01T10:10:00Z', 10, 200],
      ['2026-05-01T10:20:00Z', 10, 200],
      ['2026-05-01T11:20:00Z', 10, 200],
    ]);
    const { body } = await stats(id, '?from=2026-05-01T10:15:00Z&to=2026-05-01T11:15:00Z').expect(200);
    expect(body.attempts.total).toBe(1);
    expect(body.hours).toMatchObject([{ attempts: 1 }, { attempts: 0 }]);
  });

  it('are about real deliveries of the last 24 hours, unless told otherwise', async () => {
    const receiver = await recordingReceiver([200, 500, 500, 500]);
    const { id } = await customer.endpoint(receiver.url);
    const [sent, failed] = [await customer.emit(), await customer.emit()];
    for (const { eventIds } of [sent, failed]) await service.settled(eventIds[0]!);
    await customer.request('post', `/webhook-endpoints/${id}/test`).expect(200);
    const { body } = await stats(id).expect(200);
    expect(body.attempts).toEqual({ total: 4, succeeded: 1, failed: 3, successRate: 0.25 });
    expect(body.deliveries).toEqual({ PENDING: 0, SENT: 1, FAILED: 1 });
    expect(body.backlog).toEqual({ pending: 0, held: 0, oldestPendingAt: null, oldestPendingAgeMs: null });
    expect(body.hours.length).toBeGreaterThanOrEqual(24);
    expect(new Date(body.to).getTime() - new Date(body.from).getTime()).toBe(24 * 3_600_000);
  });

  it('are null where there is nothing to divide', async () => {
    const { id } = await customer.endpoint((await recordingReceiver()).url);
    const { body } = await stats(id).expect(200);
    expect(body.attempts).toEqual({ total: 0, succeeded: 0, failed: 0, successRate: null });
    expect(body.latencyMs).toEqual({ p50: null, p95: null, p99: null });
  });

  it('tell what waits: held, or due', async () => {
    const receiver = await recordingReceiver('never');
    const { id } = await customer.endpoint(receiver.url);
    await customer.emit();
    await receiver.arrivals(1);
    const { body: due } = await stats(id).expect(200);
    expect(due.backlog).toMatchObject({ pending: 1, held: 0 });
    await customer.request('patch', `/webhook-endpoints/${id}`, { isActive: false }).expect(200);
    await customer.emit();
    await waitFor('two are held', async () => (await stats(id)).body.backlog.held === 2);
  });

  it('come from an index of their own', async () => {
    const { id } = await endpointWith([]);
    const plan = await service.sql<{ 'QUERY PLAN': string }>(
      `EXPLAIN (COSTS OFF) SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY "durationMs")
         FROM webhooks."WebhookAttempt" WHERE "endpointId" = '${id}' AND "startedAt" >= now() - interval '1 day'`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('WebhookAttempt_endpoint_idx');
  });

  it.each([
    ['?from=yesterday', 'invalid_request'],
    ['?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z', 'invalid_range'],
    ['?from=2026-05-01T00:00:00Z&to=2026-05-01T00:00:00Z', 'invalid_range'],
    ['?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:01Z', 'range_too_long'],
    ['?since=2026-01-01T00:00:00Z', 'invalid_request'],
  ])('refuse %s', async (query, code) => {
    const { id } = await customer.endpoint('http://127.0.0.1:9/');
    expect((await stats(id, query).expect(400)).body).toMatchObject({ code });
  });

  it('take 31 days', async () => {
    const { id } = await customer.endpoint('http://127.0.0.1:9/');
    const { body } = await stats(id, '?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z').expect(200);
    expect(body.hours).toHaveLength(744);
  });

  it('[webhook 33] are not there for another customer’s endpoint', async () => {
    const { id } = await customer.endpoint('http://127.0.0.1:9/');
    const other = await service.customer();
    const [theirs, missing] = [await stats(id, '', other).expect(404), await stats(MISSING, '', other).expect(404)];
    expect(theirs.body).toEqual(missing.body);
  });

  it('need the permission webhook-endpoints:read', async () => {
    await stats(MISSING, '', await service.customer(['webhook-events:read'])).expect(403);
  });
});

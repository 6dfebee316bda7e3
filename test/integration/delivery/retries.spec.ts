import { Webhook } from 'standardwebhooks';
import { describeEachBackend } from '../../support/backends';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver, refusingUrl, type RecordedRequest } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

const attemptNumbers = (requests: readonly RecordedRequest[]) =>
  requests.map(({ headers }) => headers['x-webhook-attempt']);

describeEachBackend('a delivery that fails', (backend) => {
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    service = await startService({ redisUrl: backend.redisUrl, delivery: { timeoutMs: 1_000 } });
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  it('is tried three times, 1 s and 2 s after the end of the failed attempt, with the same bytes', async () => {
    const receiver = await recordingReceiver({ status: 500, body: 'oh no \0' });
    const { secret } = await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit({ content: 'x\0y', list: [1, 2] });
    const id = eventIds[0]!;
    const [first, second, third] = await receiver.arrivals(3);
    for (const [earlier, later, wait] of [
      [first, second, 1_000],
      [second, third, 2_000],
    ] as const) {
      const waited = later!.arrivedAt - earlier!.answeredAt!;
      expect(waited).toBeGreaterThanOrEqual(wait);
      expect(waited).toBeLessThan(wait + 600);
    }
    const row = await service.settled(id);
    expect(row).toMatchObject({ status: 'FAILED', attempts: 3, lastError: 'HTTP 500', nextAttemptAt: null });
    expect(row.processedAt).not.toBeNull();

    expect(attemptNumbers(receiver.requests)).toEqual(['1', '2', '3']);
    expect(receiver.ids()).toEqual([id, id, id]);
    for (const { body, headers } of receiver.requests) {
      expect(body).toEqual(Buffer.from(row.body));
      new Webhook(secret).verify(body, headers as Record<string, string>);
    }
    const timestamps = receiver.requests.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(timestamps[2]! - timestamps[0]!).toBeGreaterThanOrEqual(2);

    const { attemptLog } = await customer.delivery(id);
    expect(attemptLog).toMatchObject(
      [1, 2, 3].map((attempt) => ({
        attempt,
        statusCode: 500,
        error: 'HTTP 500',
        responseBody: 'oh no \ufffd',
        url: receiver.url,
      })),
    );
  });

  it('and then works keeps its lastError', async () => {
    const receiver = await recordingReceiver([503, 200]);
    await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit();
    await receiver.arrivals(1);
    const { status, attempts } = await service.event(eventIds[0]!);
    expect([status, attempts <= 1]).toEqual(['PENDING', true]);
    const row = await service.settled(eventIds[0]!);
    expect(row).toMatchObject({ status: 'SENT', attempts: 2, lastError: 'HTTP 503', nextAttemptAt: null });
    expect(attemptNumbers(receiver.requests)).toEqual(['1', '2']);
  });

  it('says why in words that a person understands', async () => {
    const elsewhere = await recordingReceiver();
    const causes = [
      [(await recordingReceiver(404)).url, 'HTTP 404', 404],
      [
        (await recordingReceiver({ status: 302, headers: { Location: elsewhere.url } })).url,
        'HTTP 302: redirects are not followed',
        302,
      ],
      [(await recordingReceiver('never')).url, 'timed out after 1000 ms', null],
      [await refusingUrl(), 'connection refused', null],
    ] as const;
    for (const [url] of causes) await customer.endpoint(url);
    const { eventIds } = await customer.emit();
    const details = await Promise.all(
      eventIds.map(async (id) => {
        await service.settled(id);
        return customer.delivery(id);
      }),
    );
    for (const [url, message, statusCode] of causes) {
      const { attemptLog, ...event } = details.find((each) => each.url === url)!;
      expect(event).toMatchObject({ status: 'FAILED', attempts: 3, lastError: message });
      const attempts = [1, 2, 3].map((attempt) => ({ attempt, error: message, statusCode, url }));
      expect(attemptLog).toMatchObject(attempts);
    }
    expect(elsewhere.requests).toHaveLength(0);
  });

  it('[webhook 31] with 429 or 503 and Retry-After waits that long instead, but not less than the schedule', async () => {
    const throttled = await Promise.all(
      [429, 503].map((status) =>
        recordingReceiver([
          { status, headers: { 'Retry-After': '2' } },
          { status, headers: { 'Retry-After': '0' } },
          200,
        ]),
      ),
    );
    for (const { url } of throttled) await customer.endpoint(url);
    const { eventIds } = await customer.emit();
    for (const receiver of throttled) {
      const [first, second, third] = await receiver.arrivals(3);
      expect(second!.arrivedAt - first!.answeredAt!).toBeGreaterThanOrEqual(2_000);
      expect(second!.arrivedAt - first!.answeredAt!).toBeLessThan(2_600);
      expect(third!.arrivedAt - second!.answeredAt!).toBeGreaterThanOrEqual(2_000);
    }
    for (const id of eventIds) expect(await service.settled(id)).toMatchObject({ status: 'SENT', attempts: 3 });
  });

  it('[webhook 31] with 500 and Retry-After keeps to the schedule', async () => {
    const receiver = await recordingReceiver([{ status: 500, headers: { 'Retry-After': '30' } }, 200]);
    await customer.endpoint(receiver.url);
    await customer.emit();
    const [first, second] = await receiver.arrivals(2);
    expect(second!.arrivedAt - first!.answeredAt!).toBeLessThan(1_600);
  });

  it('at one endpoint delays no other', async () => {
    const [bad, good] = [await recordingReceiver('never'), await recordingReceiver()];
    await customer.endpoint(bad.url);
    await customer.endpoint(good.url);
    for (let count = 0; count < 5; count += 1) await customer.emit({ count });
    const arrived = await good.arrivals(5, 1_000);
    expect(arrived).toHaveLength(5);
  });
});

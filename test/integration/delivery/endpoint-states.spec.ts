import { describeEachBackend } from '../../support/backends';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

describeEachBackend('the state of an endpoint', (backend) => {
  let service: TestService;
  let customer: TestCustomer;

  beforeAll(async () => {
    // One at a time, so that the order of arrival is the order of the queue.
    service = await startService({
      redisUrl: backend.redisUrl,
      delivery: { concurrency: 1, reconcileIntervalMs: 100 },
    });
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  const change = (id: string, changes: object) =>
    customer.request('patch', `/webhook-endpoints/${id}`, changes).expect(200);

  it('paused holds what is emitted; active delivers it, oldest first', async () => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    await change(id, { isActive: false });
    const ids: string[] = [];
    for (let count = 0; count < 8; count += 1) ids.push((await customer.emit({ count })).eventIds[0]!);

    const { body: held } = await customer.request('get', `/webhook-events/${ids[0]}`).expect(200);
    expect(held).toMatchObject({ status: 'PENDING', attempts: 0, nextAttemptAt: null, heldReason: 'endpoint paused' });
    // Another endpoint is served meanwhile: the held ones are not just late.
    const other = await recordingReceiver();
    await customer.endpoint(other.url);
    await customer.emit();
    await other.arrivals(1);
    expect(receiver.requests).toHaveLength(0);

    await change(id, { isActive: true });
    await receiver.arrivals(9);
    expect(receiver.ids().slice(0, 8)).toEqual(ids);
    for (const each of ids) {
      const row = await service.settled(each);
      expect(row).toMatchObject({ status: 'SENT', attempts: 1, heldReason: null });
    }
  });

  it('paused between two attempts holds the next one; active goes on counting, with a fresh round', async () => {
    const receiver = await recordingReceiver([500, 200]);
    const { id } = await customer.endpoint(receiver.url);
    const [eventId] = (await customer.emit()).eventIds;
    await receiver.arrivals(1);
    await change(id, { isActive: false });
    const held = await waitFor('the row is held', async () => {
      const row = await service.event(eventId!);
      return row.heldReason !== null && row;
    });
    expect(held).toMatchObject({ status: 'PENDING', attempts: 1, nextAttemptAt: null, enqueueAfter: null });
    await change(id, { isActive: true });
    await receiver.arrivals(2);
    expect(receiver.requests[1]?.headers['x-webhook-attempt']).toBe('2');
    expect(await service.settled(eventId!)).toMatchObject({ status: 'SENT', attempts: 2 });
  });

  it('deleted fails what waits, and takes nothing new', async () => {
    const receiver = await recordingReceiver(500);
    const { id } = await customer.endpoint(receiver.url);
    const [retrying] = (await customer.emit()).eventIds;
    await receiver.arrivals(1);
    await waitFor('the attempt is recorded', async () => (await service.event(retrying!)).attempts === 1);
    await change(id, { isActive: false });
    const [held] = (await customer.emit()).eventIds;
    await customer.request('delete', `/webhook-endpoints/${id}`).expect(204);

    for (const eventId of [retrying!, held!]) {
      const { body } = await customer.request('get', `/webhook-events/${eventId}`).expect(200);
      expect(body).toMatchObject({
        status: 'FAILED',
        lastError: 'endpoint deleted',
        nextAttemptAt: null,
        heldReason: null,
      });
      expect(body.processedAt).not.toBeNull();
    }
    expect((await customer.emit()).eventIds).toEqual([]);
    // A later delivery elsewhere passes the deleted one's retry by.
    const other = await recordingReceiver([500, 500, 200]);
    await customer.endpoint(other.url);
    await customer.emit();
    await other.arrivals(3);
    expect(receiver.requests).toHaveLength(1);
    expect(await service.event(retrying!)).toMatchObject({ status: 'FAILED', attempts: 1 });
  });

  it('an attempt under way when the endpoint is deleted changes the row no more', async () => {
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const receiver = await recordingReceiver(async () => gate.then(() => 200 as const));
    const { id } = await customer.endpoint(receiver.url);
    const [eventId] = (await customer.emit()).eventIds;
    await receiver.arrivals(1);
    await customer.request('delete', `/webhook-endpoints/${id}`).expect(204);
    release?.();
    await waitFor('the stale attempt is reported', () => service.logs.some((line) => line.includes('STALE')));
    expect(await service.event(eventId!)).toMatchObject({
      status: 'FAILED',
      attempts: 0,
      lastError: 'endpoint deleted',
    });
  });

  it('[webhook 31] 410 disables it: what waits is held, what comes is skipped and said so; active delivers again', async () => {
    const receiver = await recordingReceiver([410, 200]);
    const { id } = await customer.endpoint(receiver.url);
    const [eventId] = (await customer.emit()).eventIds;
    await waitFor('the row is held', async () => (await service.event(eventId!)).heldReason === 'endpoint disabled');
    expect(await service.event(eventId!)).toMatchObject({ status: 'PENDING', attempts: 1, lastError: 'HTTP 410' });
    const { body: disabled } = await customer.request('get', `/webhook-endpoints/${id}`).expect(200);
    expect(disabled).toMatchObject({ isActive: false, state: 'disabled' });

    const skipped = await customer.emit();
    expect(skipped.eventIds).toEqual([]);
    const [message] = await service.sql(
      'SELECT outcomes FROM webhooks."WebhookMessage" WHERE id = $1',
      skipped.messageId,
    );
    expect(message).toEqual({ outcomes: [{ endpointId: id, outcome: 'disabled' }] });

    await change(id, { isActive: true });
    expect(await service.settled(eventId!)).toMatchObject({ status: 'SENT', attempts: 2, lastError: 'HTTP 410' });
    expect(receiver.requests).toHaveLength(2);
  });

  it('has a reason to be disabled only while it is', async () => {
    const receiver = await recordingReceiver(410);
    const { id } = await customer.endpoint(receiver.url);
    await customer.emit();
    const shown = async () => (await customer.request('get', `/webhook-endpoints/${id}`).expect(200)).body as object;
    await waitFor(
      'it is disabled',
      async () => ((await shown()) as { disabledReason: string }).disabledReason === 'gone',
    );
    await change(id, { isActive: false });
    expect(await shown()).toMatchObject({ state: 'paused', disabledReason: null });
  });

  it('a changed URL counts from the next attempt on, for deliveries that wait as well', async () => {
    const before = await recordingReceiver(500);
    const after = await recordingReceiver(200);
    const { id } = await customer.endpoint(before.url);
    const [eventId] = (await customer.emit()).eventIds;
    await before.arrivals(1);
    await change(id, { url: after.url });
    await service.settled(eventId!);
    const { body } = await customer.request('get', `/webhook-events/${eventId}`).expect(200);
    expect(body.url).toBe(before.url);
    expect((body.attemptLog as { url: string }[]).map(({ url }) => url)).toEqual([before.url, after.url]);
  });
});

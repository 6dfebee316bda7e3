import type { EventTimeline, MessageTimeline } from '../../src/webhooks/events/timeline.types';
import { closeReceivers } from '../support/receivers';
import { recordingReceiver } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { waitFor } from '../support/wait-for';

jest.setTimeout(30_000);

const MISSING = '00000000-0000-4000-8000-000000000000';

describe('why did this not arrive? The timeline', () => {
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

  const ofMessage = async (id: string): Promise<MessageTimeline> =>
    (await customer.request('get', `/webhook-messages/${id}/timeline`).expect(200)).body as MessageTimeline;
  const ofEvent = async (id: string): Promise<EventTimeline> =>
    (await customer.request('get', `/webhook-events/${id}/timeline`).expect(200)).body as EventTimeline;

  it('of an emit shows what became of it endpoint by endpoint', async () => {
    const [good, bad] = [await recordingReceiver(), await recordingReceiver({ status: 500, body: 'oops' })];
    const delivered = await customer.endpoint(good.url);
    const failed = await customer.endpoint(bad.url);
    const filtered = await customer.endpoint(good.url, { events: ['chatbot.created'] });
    const paused = await customer.endpoint(good.url);
    await customer.request('patch', `/webhook-endpoints/${paused.id}`, { isActive: false }).expect(200);
    const gone = await customer.endpoint(good.url);
    await service.sql(
      `UPDATE webhooks."WebhookEndpoint" SET state = 'disabled', "disabledReason" = 'gone' WHERE id = $1`,
      gone.id,
    );
    const { messageId, eventIds } = await customer.emit();
    await Promise.all([service.settled(eventIds[0]!), service.settled(eventIds[1]!)]);
    const timeline = await ofMessage(messageId);
    expect(timeline).toMatchObject({
      messageId,
      event: 'message.received',
      acceptedAt: expect.any(String),
      summary: '3 deliveries: 1 delivered, 1 failed, 1 held; 2 endpoints passed over.',
    });
    expect(
      timeline.endpoints.map(({ endpointId, eventId, endpointState, state, summary, entries }) => ({
        endpointId,
        eventId,
        endpointState,
        state,
        summary,
        whats: entries.map(({ what }) => what).join(' '),
      })),
    ).toEqual([
      {
        endpointId: delivered.id,
        eventId: eventIds[0],
        endpointState: 'active',
        state: 'delivered',
        summary: 'Delivered: attempt 1 was answered with HTTP 200.',
        whats: 'accepted queued attempt delivered',
      },
      {
        endpointId: failed.id,
        eventId: eventIds[1],
        endpointState: 'active',
        state: 'failed',
        summary: 'Not delivered: all 3 attempts failed, the last one with HTTP 500.',
        whats: 'accepted queued attempt attempt attempt failed',
      },
      {
        endpointId: filtered.id,
        eventId: null,
        endpointState: 'active',
        state: 'passed-over',
        summary: 'Not sent: the endpoint does not ask for message.received.',
        whats: 'accepted passed-over',
      },
      {
        endpointId: paused.id,
        eventId: eventIds[2],
        endpointState: 'paused',
        state: 'held',
        summary: 'Held, because of "endpoint paused": it goes out when the endpoint is active again.',
        whats: 'accepted queued held',
      },
      {
        endpointId: gone.id,
        eventId: null,
        endpointState: 'disabled',
        state: 'passed-over',
        summary: 'Not sent: the endpoint was disabled, because its receiver had answered HTTP 410 (gone).',
        whats: 'accepted passed-over',
      },
    ]);
    const { endpoints, summary: _, ...message } = timeline;
    expect(await ofEvent(eventIds[1]!)).toEqual({ ...message, ...endpoints[1] });
  });

  it('of an emit that matched no endpoint says so', async () => {
    const { messageId } = await customer.emit();
    expect(await ofMessage(messageId)).toMatchObject({
      summary: 'Sent to nobody: there was no endpoint when it was accepted.',
      endpoints: [],
    });
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url, { events: ['chatbot.created'] });
    const other = await customer.emit();
    expect((await ofMessage(other.messageId)).summary).toMatch(/^Sent to nobody: 1 endpoint passed over/);
  });

  it('of a delivery follows it through failure, resend and success', async () => {
    const receiver = await recordingReceiver('never');
    const { id } = await customer.endpoint(receiver.url);
    const { eventIds } = await customer.emit();
    const [eventId] = eventIds as [string];
    expect(await ofEvent(eventId)).toMatchObject({
      state: 'waiting',
      summary: 'Not delivered yet: attempt 1 is under way or about to be made.',
    });
    await waitFor('the first attempt has failed', async () => (await service.event(eventId)).attempts === 1);
    expect((await ofEvent(eventId)).summary).toMatch(/attempt 1 failed with timed out after 1000 ms, and attempt 2 is/);
    receiver.answerWith(404);
    await service.settled(eventId);
    receiver.answerWith(204);
    await customer.request('post', `/webhook-events/${eventId}/resend`).expect(202);
    await waitFor('it is SENT', async () => (await service.event(eventId)).status === 'SENT');
    const timeline = await ofEvent(eventId);
    expect(timeline).toMatchObject({
      endpointId: id,
      state: 'delivered',
      summary: 'Delivered: attempt 4 was answered with HTTP 204.',
      nextAttemptAt: null,
    });
    expect(timeline.entries.map(({ what }) => what)).toEqual([
      'accepted',
      'queued',
      'attempt',
      'attempt',
      'attempt',
      'resent',
      'attempt',
      'delivered',
    ]);
    expect(timeline.entries[2]).toMatchObject({
      attempt: 1,
      statusCode: null,
      errorCode: 'timeout',
      durationMs: expect.any(Number),
    });
  });

  it('of a test send says that it was one', async () => {
    const receiver = await recordingReceiver(500);
    const { id } = await customer.endpoint(receiver.url);
    const { body } = await customer.request('post', `/webhook-endpoints/${id}/test`).expect(200);
    expect(await ofEvent(body.eventId)).toMatchObject({
      state: 'failed',
      summary: 'Not delivered: its only attempt failed with HTTP 500.',
    });
  });

  it('of a deleted endpoint still says what happened', async () => {
    const receiver = await recordingReceiver();
    const { id } = await customer.endpoint(receiver.url);
    await customer.request('patch', `/webhook-endpoints/${id}`, { isActive: false }).expect(200);
    const { eventIds } = await customer.emit();
    await customer.request('delete', `/webhook-endpoints/${id}`).expect(204);
    expect(await ofEvent(eventIds[0]!)).toMatchObject({
      endpointState: 'deleted',
      state: 'failed',
      summary: 'Not delivered: endpoint deleted.',
    });
  });

  it('[webhook 33] of another customer’s emit or delivery is not there', async () => {
    await customer.endpoint((await recordingReceiver()).url);
    const { messageId, eventIds } = await customer.emit();
    const other = await service.customer();
    for (const [path, id] of [
      ['webhook-messages', messageId],
      ['webhook-events', eventIds[0]],
    ]) {
      const theirs = await other.request('get', `/${path}/${id}/timeline`).expect(404);
      const missing = await other.request('get', `/${path}/${MISSING}/timeline`).expect(404);
      expect(theirs.body).toEqual(missing.body);
    }
  });

  it('needs the permission webhook-events:read, and a UUID', async () => {
    const writer = await service.customer(['webhook-events:write', 'webhook-events:publish']);
    for (const path of ['webhook-messages', 'webhook-events']) {
      await writer.request('get', `/${path}/${MISSING}/timeline`).expect(403);
      await customer.request('get', `/${path}/1/timeline`).expect(400);
    }
  });
});

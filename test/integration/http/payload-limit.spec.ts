import { closeReceivers } from '../../support/receivers';
import { recordingReceiver, type RecordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

const LIMIT = 4_096;

let service: TestService;
let receiver: RecordingReceiver;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService({ delivery: { maxPayloadBytes: LIMIT } });
  receiver = await recordingReceiver();
  customer = await service.customer();
  await customer.endpoint(receiver.url);
});
afterAll(async () => {
  await closeReceivers();
  await service.stop();
});

/** `data` with which the body that is sent has this many bytes: two in UTF-8 for each character, but one at most. */
function dataFor(bytes: number): { content: string } {
  const rest = bytes - JSON.stringify({ event: 'message.sent', timestamp: new Date(0), data: { content: '' } }).length;
  return { content: 'ü'.repeat(Math.floor(rest / 2)) + 'x'.repeat(rest % 2) };
}

const publish = (data: object) => customer.request('post', '/webhook-events', { event: 'message.sent', data });

it('[webhook 35] a body of exactly the limit is accepted, and arrives whole', async () => {
  const { body } = await publish(dataFor(LIMIT)).expect(202);
  const { eventIds } = body as { eventIds: string[] };
  expect((await service.settled(eventIds[0]!)).status).toBe('SENT');
  const sent = receiver.requests.find(({ headers }) => headers['x-webhook-id'] === eventIds[0]);
  expect(sent?.body).toHaveLength(LIMIT);
});

it('[webhook 35] a byte more is a 413 that says both numbers, and nothing is written', async () => {
  const before = await service.rowCounts();
  const { body } = await publish(dataFor(LIMIT + 1)).expect(413);
  expect(body).toMatchObject({ status: 413, code: 'payload_too_large' });
  expect((body as { detail: string }).detail).toContain(`${LIMIT + 1} bytes; at most ${LIMIT}`);
  expect(await service.rowCounts()).toEqual(before);
});

it('[webhook 35] in process it is an error of the same code, and nothing is written', async () => {
  const before = await service.rowCounts();
  const data = { conversationId: 'c', messageId: 'm', timestamp: new Date(), ...dataFor(LIMIT) };
  await expect(service.webhooks.triggerWebhook(customer.id, 'message.sent', data)).rejects.toMatchObject({
    kind: 'too-large',
    code: 'payload_too_large',
  });
  expect(await service.rowCounts()).toEqual(before);
});

it('[webhook 35] in a batch it is refused alone', async () => {
  const events = [LIMIT + 1, LIMIT].map((bytes) => ({ event: 'message.sent', data: dataFor(bytes) }));
  const { body } = await customer.request('post', '/webhook-events/batch', { events }).expect(200);
  expect(body).toMatchObject({ results: [{ status: 413, code: 'payload_too_large' }, { status: 202 }] });
});

it('[webhook 35] a request far beyond it is a 413 before it is read to its end', async () => {
  const before = await service.rowCounts();
  const { body } = await publish({ content: 'x'.repeat(4 * LIMIT + 70_000) }).expect(413);
  expect(body).toMatchObject({ code: 'payload_too_large' });
  expect(await service.rowCounts()).toEqual(before);
});

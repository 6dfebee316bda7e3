import { Webhook } from 'standardwebhooks';
import { call, clientOf } from './process-client';
import { recordArrivals, type Arrival } from './process-receiver';

/** Data that does not survive being parsed, copied and written again by anything careless. */
const DATA =
  '{"conversationId":"c-1","content":"Grüße 👋 \\u0000 \\ud800","__proto__":{"a":1},"n":1.50e1,"big":12345678901234567890,"constructor":null}';

/** Early by this is on time: clocks and timers differ by a little. */
const EARLY_MS = 50;
const LATE_MS = 900;

/**
 * What a customer's developer does first: makes a key over REST, registers a receiver, and emits; the receiver fails
 * twice. Checks every byte, header, number and time of what arrives.
 */
export async function checkFirstDelivery(url: string, firstKey: string): Promise<void> {
  const permissions = ['webhook-endpoints:*', 'webhook-events:publish', 'webhook-events:read'];
  const created = await call('POST', `${url}/api-keys`, firstKey, { name: 'integration', permissions });
  expect(created.status).toBe(201);
  const client = clientOf(url, created.body.key);

  const receiver = await recordArrivals(({ attempt }) => (attempt < 3 ? 500 : 204));
  const endpoint = await client.post('/webhook-endpoints', { url: receiver.url, events: ['message.sent'] });
  expect(endpoint.status).toBe(201);
  const emittedAt = Date.now();
  const emitted = await client.post('/webhook-events', `{"event":"message.sent","data":${DATA}}`);
  expect(emitted).toMatchObject({
    status: 202,
    body: { messageId: expect.any(String), eventIds: [expect.any(String)] },
  });
  const [id] = emitted.body.eventIds as [string];

  const delivery = await client.settled(id);
  expect(delivery).toMatchObject({ status: 'SENT', attempts: 3, lastError: 'HTTP 500', nextAttemptAt: null });
  expect(delivery.attemptLog.map(({ attempt, statusCode, url }) => [attempt, statusCode, url])).toEqual([
    [1, 500, receiver.url],
    [2, 500, receiver.url],
    [3, 204, receiver.url],
  ]);
  expect(receiver.arrivals).toHaveLength(3);
  checkBodies(receiver.arrivals, emittedAt);
  for (const [index, arrival] of receiver.arrivals.entries())
    checkHeaders(arrival, id, index + 1, endpoint.body.secret);
  checkTimes(receiver.arrivals);
}

function checkBodies(arrivals: readonly Arrival[], emittedAt: number): void {
  const text = arrivals[0]!.body.toString();
  const timestamp = /^\{"event":"message\.sent","timestamp":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)",/.exec(
    text,
  )?.[1];
  expect(Math.abs(Date.parse(timestamp!) - emittedAt)).toBeLessThan(5_000);
  // What JSON.stringify makes of the data, key by key in the order they came.
  const data = JSON.stringify(JSON.parse(DATA));
  expect(text).toBe(`{"event":"message.sent","timestamp":"${timestamp}","data":${data}}`);
  expect(text).toContain('\\u0000 \\ud800","__proto__":{"a":1}');
  for (const { body } of arrivals) expect(body.equals(arrivals[0]!.body)).toBe(true);
}

function checkHeaders({ headers, body, path }: Arrival, id: string, attempt: number, secret: string): void {
  expect(path).toBe('/hook');
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(body.length),
    'user-agent': 'ChatbotSaaS-Webhook/1.0',
    'x-webhook-event': 'message.sent',
    'x-webhook-id': id,
    'x-webhook-attempt': String(attempt),
    'webhook-id': id,
  });
  expect(headers).not.toHaveProperty('x-api-key');
  expect(headers).not.toHaveProperty('authorization');
  // The reference implementation of Standard Webhooks throws on a wrong signature or an old timestamp.
  expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
}

function checkTimes([first, second, third]: readonly Arrival[]): void {
  const afterFirst = second!.at - first!.at;
  const afterSecond = third!.at - second!.at;
  expect(afterFirst).toBeGreaterThan(1_000 - EARLY_MS);
  expect(afterFirst).toBeLessThan(1_000 + LATE_MS);
  expect(afterSecond).toBeGreaterThan(2_000 - EARLY_MS);
  expect(afterSecond).toBeLessThan(2_000 + LATE_MS);
}

import { gzipSync } from 'node:zlib';
import { closeReceivers, receive, receiveTcp, type Receiver } from '../support/receivers';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { waitFor } from '../support/wait-for';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService({ delivery: { timeoutMs: 400 } });
});
beforeEach(async () => {
  customer = await service.customer();
});
afterEach(closeReceivers);
afterAll(() => service.stop());

interface Attempt {
  attempt: number;
  statusCode: number | null;
  error: string | null;
  responseBody: string | null;
}

/** What the log says of the first attempt at a delivery to this receiver, and of the delivery then. */
async function attemptAt(receiver: Receiver, path = '/'): Promise<Attempt & { eventId: string; status: string }> {
  await customer.endpoint(`http://127.0.0.1:${receiver.port}${path}`);
  const { eventIds } = await customer.emit();
  const eventId = eventIds[0]!;
  await waitFor('an attempt', async () => (await service.event(eventId)).attempts > 0);
  const { body } = await customer.request('get', `/webhook-events/${eventId}`).expect(200);
  return { ...(body.attemptLog as Attempt[])[0]!, eventId, status: body.status as string };
}

/** Writes these bytes once a request is there. */
const raw = (...parts: (string | Buffer)[]) =>
  receiveTcp((socket) => socket.once('data', () => parts.forEach((part) => socket.write(part))));

const http = (head: string, body: string | Buffer) =>
  raw(`HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`, body);

it('[webhook 21] logs a redirect as a failure', async () => {
  const log = await attemptAt(await http('302 Found\r\nLocation: http://127.0.0.1:1/', ''));
  expect(log).toMatchObject({ statusCode: 302, error: 'HTTP 302: redirects are not followed' });
});

it('[webhook 22] logs a receiver that drips as timed out', async () => {
  const drips = await receiveTcp((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('X-Drip: 1\r\n'), 50);
    socket.on('close', () => clearInterval(timer));
  });
  expect(await attemptAt(drips)).toMatchObject({ statusCode: null, error: 'timed out after 400 ms' });
});

it('[webhook 23] keeps the start of a large body', async () => {
  const log = await attemptAt(await http('200 OK', 'x'.repeat(1_000_000)));
  expect(log).toMatchObject({ statusCode: 200, status: 'SENT', responseBody: 'x'.repeat(4_096) });
});

it('[webhook 24] keeps no compressed body, and unpacks none', async () => {
  const bomb = gzipSync(Buffer.alloc(5_000_000));
  const log = await attemptAt(await http('200 OK\r\nContent-Encoding: gzip', bomb));
  expect(log).toMatchObject({ status: 'SENT', responseBody: `[gzip, ${bomb.length} bytes read]` });
});

it('[webhook 25] stores and shows a body of NULs, broken UTF-8 and lone surrogates', async () => {
  const body = Buffer.concat([Buffer.from('a\0b'), Buffer.from([0xff, 0xc0, 0xed, 0xa0, 0x80, 0xf0, 0x9f])]);
  const log = await attemptAt(await http('500 Oops', body));
  expect(log).toMatchObject({ statusCode: 500, error: 'HTTP 500' });
  expect(log.responseBody).toMatch(/^a\uFFFDb\uFFFD+$/);
});

it('[webhook 26] survives odd headers, and fails on huge ones, with a log that can be read', async () => {
  const names = Array.from({ length: 500 }, (_, index) => `X-${index}: \xff\xfe`).join('\r\n');
  const odd = Buffer.from(
    `HTTP/1.1 200 \xff\r\n__proto__: x\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n${names}\r\nContent-Length: 2\r\n\r\nok`,
    'latin1',
  );
  expect(await attemptAt(await raw(odd))).toMatchObject({ statusCode: 200, responseBody: 'ok', status: 'SENT' });
  customer = await service.customer();
  const huge = await raw(`HTTP/1.1 200 OK\r\nX-Huge: ${'x'.repeat(100_000)}\r\n\r\n`);
  expect(await attemptAt(huge)).toMatchObject({ statusCode: null, error: 'response headers too large' });
});

it('[webhook 27] takes a 2xx for a success when its body breaks off', async () => {
  const breaks = await receive((request, response) =>
    request.resume().on('end', () => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('ab', () => response.socket?.resetAndDestroy());
    }),
  );
  expect(await attemptAt(breaks)).toMatchObject({ statusCode: 200, error: null, status: 'SENT' });
});

it('[webhook 30] sends nothing that the log does not show', async () => {
  let requests = 0;
  const breaks = await receive((request, response) => {
    requests += 1;
    // The first keeps its connection for the next; then that connection dies under each request.
    if (requests === 1) request.resume().on('end', () => response.end());
    else request.socket.destroy();
  });
  const first = await attemptAt(breaks);
  const { eventIds } = await customer.emit();
  const row = await service.settled(eventIds[0]!);
  expect(row).toMatchObject({ status: 'FAILED', attempts: 3, lastError: 'connection reset' });
  const [logged] = await service.sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM webhooks."WebhookAttempt" WHERE "eventId" = ANY($1)',
    [first.eventId, eventIds[0]],
  );
  expect([requests, logged?.count]).toEqual([4, 4]);
});

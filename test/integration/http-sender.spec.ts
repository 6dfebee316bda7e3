import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpSender } from '../../src/webhooks/delivery/http-sender';
import type { HttpSenderOptions, SendResult } from '../../src/webhooks/delivery/http-sender';
import { compileUrlPolicy } from '../../src/webhooks/endpoints/url-policy';
import { closeReceivers, receive, receiveTcp, sendWithEnvironment } from '../support/receivers';
import type { Receiver } from '../support/receivers';

const urlPolicy = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['127.0.0.0/8'] });
const headers = { 'Content-Type': 'application/json', 'User-Agent': 'ChatbotSaaS-Webhook/1.0' };
const body = Buffer.from('{"event":"message.sent"}');

const senders: HttpSender[] = [];

function makeSender(options: Partial<HttpSenderOptions> = {}): HttpSender {
  const sender = new HttpSender({ urlPolicy, timeoutMs: 2_000, ...options });
  senders.push(sender);
  return sender;
}

function send(receiver: Receiver, options: Partial<HttpSenderOptions> = {}): Promise<SendResult> {
  return makeSender(options).send({ url: `http://127.0.0.1:${receiver.port}/hook`, headers, body });
}

/** A receiver that answers each request once its body is there. */
const answering = (answer: (response: ServerResponse, request: IncomingMessage) => unknown) =>
  receive((request, response) => request.resume().on('end', () => answer(response, request)));

/** A receiver that writes these bytes to each connection and keeps it open. */
const writing = (...parts: (string | Buffer)[]) =>
  receiveTcp((socket) => socket.once('data', () => parts.forEach((part) => socket.write(part))));

afterEach(async () => {
  senders.splice(0).forEach((sender) => sender.close());
  await closeReceivers();
});

describe('what is sent', () => {
  it('[webhook 1] sends the exact bytes, the headers as spelled, and nothing of its own but the necessary', async () => {
    const bytes = Buffer.from('{"a":1.0,\n "b":"\\u0000 ü 😀"} \0\xff');
    const received: Buffer[] = [];
    let request: IncomingMessage | undefined;
    const receiver = await receive((incoming, response) => {
      request = incoming.on('data', (chunk: Buffer) => received.push(chunk));
      incoming.on('end', () => response.writeHead(201).end('thanks'));
    });
    const url = `http://127.0.0.1:${receiver.port}/p?q=%2F`;
    const own = { ...headers, 'X-Webhook-ID': 'id', 'webhook-id': 'id', 'x-oDD': 'é' };
    const result = await makeSender().send({ url, headers: own, body: bytes });

    expect(result).toMatchObject({ statusCode: 201, error: null, errorCode: null, responseBody: 'thanks' });
    expect(result.startedAt.getTime()).toBeLessThanOrEqual(Date.now());
    expect(Buffer.concat(received)).toEqual(bytes);
    expect([request?.method, request?.url]).toEqual(['POST', '/p?q=%2F']);
    expect(request?.rawHeaders).toEqual(
      [
        ['host', `127.0.0.1:${receiver.port}`],
        ['connection', 'keep-alive'],
        ['Accept', '*/*'],
        ['Accept-Encoding', 'identity'],
        ...Object.entries(own),
        ['content-length', String(bytes.length)],
      ].flat(),
    );
  });

  it.each([
    ['Host', 'other.example'],
    ['content-length', '1'],
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'upgrade'],
    ['Expect', '100-continue'],
    ['X-A', 'b\r\nX-C: d'],
    ['X-A\r\nX-C', 'd'],
    ['X A', 'b'],
    ['X-A', 'snow ☃'],
  ])('[webhook 28] does not send with the header %j: %j', async (name, value) => {
    const receiver = await answering((response) => response.end());
    const url = `http://127.0.0.1:${receiver.port}/`;
    const result = await makeSender().send({ url, headers: { ...headers, [name]: value }, body });
    expect(result).toMatchObject({ statusCode: null, errorCode: 'invalid-request', responseBody: null });
    expect(receiver.connections).toHaveLength(0);
  });

  it('uses a connection again, and not one whose server announces to close it within the second', async () => {
    const receiver = await answering((response) => response.end('ok'));
    const sender = makeSender();
    const url = `http://127.0.0.1:${receiver.port}/`;
    for (let i = 0; i < 5; i += 1) await sender.send({ url, headers, body });
    expect(receiver.connections).toHaveLength(1);

    const hasty = await answering((response) => response.setHeader('Keep-Alive', 'timeout=1').end('ok'));
    for (let i = 0; i < 2; i += 1) await sender.send({ url: `http://127.0.0.1:${hasty.port}/`, headers, body });
    expect(hasty.connections).toHaveLength(2);
  });

  it('[webhook 30] does not send again when a used connection breaks', async () => {
    let requests = 0;
    const receiver = await receive((request, response) => {
      requests += 1;
      if (requests === 1) request.resume().on('end', () => response.end('ok'));
      else request.socket.destroy();
    });
    const sender = makeSender();
    const url = `http://127.0.0.1:${receiver.port}/`;
    expect(await sender.send({ url, headers, body })).toMatchObject({ statusCode: 200 });
    expect(await sender.send({ url, headers, body })).toMatchObject({ error: 'connection reset', errorCode: 'reset' });
    await sleep(50);
    expect([requests, receiver.connections.length]).toEqual([2, 1]);
  });

  it('[webhook 18] ignores proxies in the environment', async () => {
    const receiver = await answering((response) => response.end('direct'));
    const proxy = 'http://127.0.0.1:1';
    const variables = { HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy, NODE_USE_ENV_PROXY: '1', NO_PROXY: '' };
    const result = await sendWithEnvironment(`http://receiver.example:${receiver.port}/`, variables);
    expect(result).toMatchObject({ statusCode: 200, responseBody: 'direct' });
  });
});

describe('what the receiver does', () => {
  it.each([400, 404, 410, 429, 500, 503])('takes %d for a failure', async (status) => {
    const receiver = await answering((response) => response.writeHead(status).end('why'));
    const expected = { statusCode: status, error: `HTTP ${status}`, errorCode: 'http-status', responseBody: 'why' };
    expect(await send(receiver)).toMatchObject(expected);
  });

  it.each([301, 302, 303, 307, 308])('[webhook 21] takes %d for a failure and does not follow it', async (status) => {
    const other = await answering((response) => response.end());
    const location = `http://127.0.0.1:${other.port}/`;
    const receiver = await answering((response) => response.writeHead(status, { location }).end());
    expect(await send(receiver)).toMatchObject({ statusCode: status, errorCode: 'redirect', retryAfterMs: null });
    expect(other.connections).toHaveLength(0);
  });

  it('[webhook 31] reads Retry-After', async () => {
    const receiver = await answering((response) => response.writeHead(429, { 'Retry-After': '120' }).end());
    expect(await send(receiver)).toMatchObject({ statusCode: 429, retryAfterMs: 120_000 });
    const garbage = await answering((response) => response.writeHead(503, { 'Retry-After': 'soon' }).end());
    expect(await send(garbage)).toMatchObject({ statusCode: 503, retryAfterMs: null });
  });

  it('reports a refused and a reset connection', async () => {
    const receiver = await receiveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await send(receiver)).toMatchObject({ statusCode: null, error: 'connection reset', errorCode: 'reset' });
    const hangsUp = await receiveTcp((socket) => socket.end());
    expect(await send(hangsUp)).toMatchObject({ statusCode: null, error: 'connection reset', errorCode: 'reset' });
    await receiver.close();
    expect(await send(receiver)).toMatchObject({ error: 'connection refused', errorCode: 'connection-refused' });
  });

  it.each([
    ['says nothing', []],
    ['drips headers', ['HTTP/1.1 200 OK\r\n', 'X-A: b\r\n']],
    ['only hints', ['HTTP/1.1 103 Early Hints\r\n\r\n', 'HTTP/1.1 102 Processing\r\n\r\n']],
  ])('[webhook 22] gives up on a receiver that %s', async (_, parts) => {
    const receiver = await writing(...parts);
    const result = await send(receiver, { timeoutMs: 150 });
    expect(result).toMatchObject({ statusCode: null, error: 'timed out after 150 ms', errorCode: 'timeout' });
    expect(result.durationMs).toBeLessThan(1_000);
    expect(await closing(receiver)).toBe(true);
  });

  it('takes the answer that follows early hints', async () => {
    const receiver = await writing(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    );
    expect(await send(receiver)).toMatchObject({ statusCode: 200, responseBody: 'ok', error: null });
  });

  it('[webhook 26] does not go on with a receiver that says to continue what is sent already', async () => {
    const receiver = await writing('HTTP/1.1 100 Continue\r\n\r\n');
    expect(await send(receiver, { timeoutMs: 1_000 })).toMatchObject({ statusCode: null, errorCode: 'reset' });
    expect(await closing(receiver)).toBe(true);
  });

  it('[webhook 22] counts the wait for a free connection, and sends nothing after it', async () => {
    const receiver = await receiveTcp((socket) => socket.resume());
    const sender = makeSender({ timeoutMs: 200, maxSocketsPerHost: 1 });
    const url = `http://127.0.0.1:${receiver.port}/`;
    const first = sender.send({ url, headers, body });
    await sleep(100);
    const second = await sender.send({ url, headers, body });
    expect(await first).toMatchObject({ errorCode: 'timeout' });
    expect(second).toMatchObject({ errorCode: 'timeout' });
    expect(second.durationMs).toBeLessThan(1_000);
  });

  it('[webhook 27] takes a 2xx for a success when its body drips, breaks off or is cut', async () => {
    const drips = await writing('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n', 'a');
    const result = await send(drips, { timeoutMs: 150 });
    expect(result).toMatchObject({ statusCode: 200, error: null, errorCode: null, responseBody: 'a' });
    expect(result.durationMs).toBeGreaterThanOrEqual(140);

    const breaks = await answering((response) => response.write('ab', () => response.socket?.resetAndDestroy()));
    expect(await send(breaks)).toMatchObject({ statusCode: 200, error: null });
    const badChunk = await writing('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n');
    expect(await send(badChunk)).toMatchObject({ statusCode: 200, error: null });
  });

  it('[webhook 22] keeps the status when the body of a failure drips', async () => {
    const receiver = await writing('HTTP/1.1 500 Oops\r\nContent-Length: 9\r\n\r\n', 'a');
    expect(await send(receiver, { timeoutMs: 150 })).toMatchObject({
      statusCode: 500,
      error: 'HTTP 500',
      responseBody: 'a',
    });
  });

  it('[webhook 23] stops reading a body of 100 MB and closes the connection', async () => {
    let written = 0;
    const chunk = Buffer.alloc(65_536, 'x');
    const receiver = await answering((response) => {
      const pump = () => {
        while (written < 100_000_000 && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', pump);
      pump();
    });
    expect(await send(receiver)).toMatchObject({ statusCode: 200, error: null, responseBody: 'x'.repeat(4_096) });
    expect(await closing(receiver)).toBe(true);
    expect(written).toBeLessThan(20_000_000);
  });

  it('[webhook 24] does not unpack a compressed body', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const receiver = await answering((response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb));
    expect(await send(receiver)).toMatchObject({
      statusCode: 200,
      error: null,
      responseBody: `[gzip, ${bomb.length} bytes read]`,
    });
  });

  it('[webhook 25] makes any body storable', async () => {
    const receiver = await answering((response) => response.end(Buffer.from([0x61, 0, 0xff, 0xf0, 0x9f])));
    expect(await send(receiver)).toMatchObject({ responseBody: 'a\uFFFD\uFFFD\uFFFD' });
  });

  it('[webhook 26] survives huge and odd headers', async () => {
    const huge = await writing(`HTTP/1.1 200 OK\r\nX-Huge: ${'x'.repeat(100_000)}\r\n\r\n`);
    expect(await send(huge)).toMatchObject({ error: 'response headers too large', errorCode: 'invalid-response' });

    const odd =
      'Set-Cookie: a\r\nSet-Cookie: b\r\n__proto__: x\r\nconstructor: y\r\nX-Odd: \xff\xfe\r\nRetry-After: 1\r\nRetry-After: 9';
    const head = Buffer.from(`HTTP/1.1 200 \xff\r\n${odd}\r\nContent-Length: 2\r\n\r\nok`, 'latin1');
    expect(await send(await writing(head))).toMatchObject({ statusCode: 200, responseBody: 'ok', retryAfterMs: 1_000 });
  });

  it.each([
    ['SSH-2.0-OpenSSH_9.0\r\n', 'invalid-response'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 'invalid-response'],
    ['HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n', 'reset'],
  ])('[webhook 26] survives %j', async (answer, errorCode) => {
    expect(await send(await writing(answer))).toMatchObject({ statusCode: null, errorCode });
  });

  it('ends what is under way when it is closed', async () => {
    const receiver = await receiveTcp((socket) => socket.resume());
    const sender = makeSender();
    const result = sender.send({ url: `http://127.0.0.1:${receiver.port}/`, headers, body });
    await sleep(50);
    sender.close();
    expect(await result).toMatchObject({ error: 'connection reset', errorCode: 'reset' });
  });
});

/** Whether the sender closes its first connection, soon. */
async function closing(receiver: Receiver): Promise<boolean> {
  for (let i = 0; i < 100 && receiver.connections[0]?.closed === false; i += 1) await sleep(10);
  return receiver.connections[0]?.closed ?? false;
}

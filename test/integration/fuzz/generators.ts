import fc from 'fast-check';

/** Headers that the service, or a library of its, reads. */
export const HOSTILE_HEADERS = [
  'x-api-key',
  'authorization',
  'idempotency-key',
  'content-type',
  'accept',
  'x-forwarded-for',
  'x-request-id',
  'traceparent',
  'if-none-match',
  'origin',
  'range',
  'cookie',
];

/** What a field would be given by somebody who means well, so that what lies behind the first check is reached too. */
const SOUND: Record<string, unknown[]> = {
  url: ['https://hooks.example.com/in', 'http://127.0.0.1:9/hook'],
  events: [[], ['message.sent'], ['message.*']],
  event: ['message.sent'],
  data: [{}, { content: 'Hello!' }],
  name: ['integration'],
  permissions: [[], ['*'], ['webhook-events:read']],
  isActive: [true, false],
  limit: ['1', '100'],
  from: ['2026-01-01'],
  to: ['2026-12-31T00:00:00Z'],
  userId: ['user-1'],
  retryPolicy: [null, { attempts: 3, schedule: { type: 'list', delaysMs: [1] } }],
  timeoutMs: [1_000],
  headers: [{}, { 'x-custom': 'a' }],
  filter: [null, {}],
};

/** What careless code trips over. */
const ODD: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2_147_483_648,
  9_007_199_254_740_991,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  '2026-02-30',
  '-271822-01-01T00:00:00Z',
  'http://[::1',
  'https://user:password@example.com',
  [],
  [[]],
  {},
  { __proto__: null, toString: 1 },
  [null],
  { type: 'exponential', baseMs: 1e308, factor: 1e308, maxMs: 1e308 },
];

/** Something to put into a field: sound, odd, or anything that is JSON. */
export function valueOf(field: string, ids: readonly string[]): fc.Arbitrary<unknown> {
  const sound = fc.constantFrom(...(SOUND[field] ?? ids));
  return fc.oneof(
    { weight: 4, arbitrary: sound },
    { weight: 3, arbitrary: fc.constantFrom(...ODD) },
    { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  );
}

/** A request with one or two things wrong with it, or plain noise. */
export function malformedRequest(key: string): fc.Arbitrary<Buffer> {
  const noise = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes));
  const line = fc.constantFrom(
    'GET /me HTTP/1.1',
    'POST /webhook-events HTTP/1.1',
    'get /me HTTP/1.1',
    'GET  /me  HTTP/1.1',
    'GET /me HTTP/9.9',
    'GET /me',
    'GET http://127.0.0.1/me HTTP/1.1',
    'GET /%zz%00 HTTP/1.1',
    'GET /../../etc/passwd HTTP/1.1',
    'CONNECT 127.0.0.1:1 HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'PRI * HTTP/2.0',
    `GET /${'a'.repeat(20_000)} HTTP/1.1`,
  );
  const header = fc.oneof(
    fc.constantFrom(
      'Host: a',
      'Host: a\r\nHost: b',
      'Content-Length: 5',
      'Content-Length: -1',
      'Content-Length: 99999999999999999999',
      'Content-Length: 1\r\nTransfer-Encoding: chunked',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: xchunked',
      'Transfer-Encoding: gzip, chunked',
      'Expect: 100-continue',
      'Expect: nonsense',
      'Upgrade: websocket\r\nConnection: Upgrade',
      'Content-Type: application/json; charset=utf-99',
      'Content-Encoding: gzip',
      'Content-Encoding: nonsense',
      `X-Long: ${'a'.repeat(20_000)}`,
      ': no name',
      'No colon',
      ' folded: yes',
      'X-Nul: a\u0000b',
      `X-API-Key: ${key}`,
      'X-API-Key: \u00ff',
    ),
    fc.string({ unit: 'binary-ascii', maxLength: 40 }),
  );
  const body = fc.oneof(
    fc.constantFrom('', 'hello', '{', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\nhello', 'ffffffffffffffff\r\n', '{"event":1}'),
    fc.string({ unit: 'binary-ascii', maxLength: 100 }),
  );
  const request = fc
    .tuple(line, fc.array(header, { maxLength: 4 }), body)
    .map(([first, headers, text]) => Buffer.from(`${[first, ...headers].join('\r\n')}\r\n\r\n${text}`, 'latin1'));
  const cut = fc
    .tuple(request, fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([bytes, share]) => bytes.subarray(0, Math.floor(bytes.length * share)));
  return fc.oneof(
    noise,
    { weight: 3, arbitrary: request },
    cut,
    fc.tuple(request, request).map(([a, b]) => Buffer.concat([a, b])),
  );
}

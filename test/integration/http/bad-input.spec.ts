import { rawRequest } from '../../support/raw-request';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

const MAX_PAYLOAD = 4_096;

let service: TestService;
let customer: TestCustomer;
let rows: Record<string, number>;

beforeAll(async () => {
  service = await startService({ delivery: { maxPayloadBytes: MAX_PAYLOAD } });
  customer = await service.customer();
  await customer.endpoint('https://hooks.example.com/in');
  rows = await service.rowCounts();
});
afterEach(async () => expect(await service.rowCounts()).toEqual(rows));
afterAll(() => service.stop());

interface Expected {
  status: number;
  code: string;
  field?: string;
}

function expectProblem(answer: { status: number; contentType: string; body: unknown }, expected: Expected): void {
  const { status, code, field } = expected;
  expect(answer).toMatchObject({ status, body: { type: 'about:blank', status, code } });
  expect(answer.contentType).toMatch(/^application\/problem\+json/);
  const { title, detail, errors } = answer.body as { title: string; detail: string; errors?: { field: string }[] };
  expect(title).toEqual(expect.any(String));
  expect(detail).not.toBe('');
  if (field !== undefined) expect(errors?.map((error) => error.field)).toContain(field);
}

/** Sends these bytes as they are. */
async function send(path: string, body: Buffer | string, contentType = 'application/json', method = 'POST') {
  const lines = [`${method} ${path} HTTP/1.1`, `X-API-Key: ${customer.key}`, `Content-Type: ${contentType}`];
  const answer = await rawRequest(service.port, lines, body);
  return { status: answer.status, contentType: answer.headers['content-type'] ?? '', body: JSON.parse(answer.body) };
}

const publish = (data: string) => `{"event":"message.sent","data":${data}}`;
const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;

describe.each(['/api-keys', '/webhook-endpoints', '/webhook-events'])('POST %s refuses a body', (path) => {
  const invalid: Expected = { status: 400, code: 'invalid_request' };
  const wrongType: Expected = { status: 400, code: 'invalid_body' };
  it.each<[string, Buffer | string, Expected]>([
    ['that is not JSON', 'name=x', invalid],
    ['that is half of JSON', '{"name":"x"', invalid],
    ['with something after the JSON', '{} {}', invalid],
    ['with a byte order mark inside', '{"name":\ufeff"x"}', invalid],
    ['with NaN', '{"name":NaN}', invalid],
    ['that is empty', '', invalid],
    ['that is a list', '[]', wrongType],
    ['that is a list of objects', '[{"name":"x"}]', wrongType],
    ['that is null', 'null', invalid],
    ['that is a text', '"name"', invalid],
    ['that is a number', '1', invalid],
    ['that is true', 'true', invalid],
    [
      'with an unknown field',
      '{"name":"x","url":"https://a.example","event":"message.sent","data":{},"colour":1}',
      { ...invalid, field: 'colour' },
    ],
    ['with __proto__', '{"__proto__":{"isAdmin":true}}', { ...invalid, field: '__proto__' }],
    ['with toString', '{"toString":"x"}', { ...invalid, field: 'toString' }],
    ['with constructor', '{"constructor":{"prototype":{"isAdmin":true}}}', { ...invalid, field: 'constructor' }],
    ['that is nested 10,000 deep', `{"name":${nested(10_000)}}`, { status: 400, code: 'nested_too_deeply' }],
    ['that is no UTF-8', Buffer.from('{"name":"\xff\xfe"}', 'latin1'), invalid],
    [
      'that is cut inside a character',
      Buffer.concat([Buffer.from('{"name":"'), Buffer.from('😀').subarray(0, 3), Buffer.from('"}')]),
      invalid,
    ],
    [
      'over the limit',
      `{"name":"${'x'.repeat(4 * MAX_PAYLOAD + 70_000)}"}`,
      { status: 413, code: 'payload_too_large' },
    ],
  ])('%s', async (_, body, expected) => {
    expectProblem(await send(path, body), expected);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    'application/jsonp',
    '',
  ])('of the type %j', async (type) => {
    expectProblem(await send(path, '{"name":"x"}', type), { status: 415, code: 'unsupported_media_type' });
  });

  it('in a character set or an encoding that is unknown', async () => {
    const latin = await send(path, '{"name":"x"}', 'application/json; charset=iso-8859-1');
    expectProblem(latin, { status: 415, code: 'unsupported_media_type' });
    const packed = await send(path, '{"name":"x"}', 'application/json\r\nContent-Encoding: zip');
    expectProblem(packed, { status: 415, code: 'unsupported_media_type' });
  });
});

it('nothing of these leaked into the prototypes of this process', () => {
  expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
});

describe('POST /api-keys refuses a name', () => {
  it.each<[string, unknown]>([
    ['that is missing', undefined],
    ['of 0 characters', ''],
    ['of white space', ' \u00a0\u2003'],
    ['of 300 characters', 'x'.repeat(300)],
    ['of 256 characters', 'x'.repeat(256)],
    ['with U+0000', 'a\0b'],
    ['with a line break', 'a\nb'],
    ['with a lone surrogate', 'a\ud800b'],
    ['that is a number', 1],
    ['that is null', null],
    ['that is a list', ['x']],
    ['that is an object', { toString: 'x' }],
    ['that pretends to have a length', { length: 5 }],
  ])('%s', async (_, name) => {
    expectProblem(await send('/api-keys', JSON.stringify({ name })), {
      status: 400,
      code: 'invalid_request',
      field: 'name',
    });
  });
});

describe('an id that is no UUID', () => {
  it.each([
    '1',
    'undefined',
    '..',
    '%00',
    "'%20OR%20'1'='1",
    'a'.repeat(5_000),
    '01890000-0000-7000-8000-00000000000g',
    '%7B01890000-0000-7000-8000-000000000000%7D',
  ])('%s', async (id) => {
    for (const [method, path] of [
      ['GET', `/api-keys/${id}`],
      ['PATCH', `/api-keys/${id}`],
      ['DELETE', `/api-keys/${id}`],
      ['POST', `/api-keys/${id}/deactivate`],
      ['GET', `/webhook-endpoints/${id}`],
      ['PATCH', `/webhook-endpoints/${id}`],
      ['DELETE', `/webhook-endpoints/${id}`],
      ['GET', `/webhook-events/${id}`],
    ] as const) {
      const sent = method === 'PATCH' ? '{}' : '';
      expectProblem(await send(path, sent, 'application/json', method), {
        status: 400,
        code: 'invalid_id',
        field: 'id',
      });
    }
  });
});

describe('GET /webhook-events refuses', () => {
  const cursorOf = (bytes: number[]) => Buffer.from(bytes).toString('base64url');
  it.each<[string, string, string?]>([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=100000', 'limit'],
    ['limit=abc', 'limit'],
    ['limit=', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=0x10', 'limit'],
    ['limit=%2010', 'limit'],
    ['limit=99999999999999999999', 'limit'],
    ['limit=10&limit=20', 'limit'],
    ['limit[]=10', 'limit[]'],
    ['limit[a]=10', 'limit[a]'],
    ['cursor=abc', 'cursor', 'invalid_cursor'],
    ['cursor=', 'cursor', 'invalid_cursor'],
    ['cursor=01890000-0000-7000-8000-000000000000', 'cursor', 'invalid_cursor'],
    [`cursor=${cursorOf([2, ...Array<number>(16).fill(1)])}`, 'cursor', 'invalid_cursor'],
    [`cursor=${cursorOf([1, ...Array<number>(15).fill(1)])}`, 'cursor', 'invalid_cursor'],
    [`cursor=${cursorOf([1, ...Array<number>(16).fill(1)])}%3D`, 'cursor', 'invalid_cursor'],
    [`cursor=${'x'.repeat(101)}`, 'cursor'],
    ['cursor=a&cursor=b', 'cursor'],
    ['status=sent', 'status'],
    ['status=', 'status'],
    ['status=SENT&status=FAILED', 'status'],
    ['event=message.sent&event=message.received', 'event'],
    ['endpointId=1', 'endpointId'],
    ['endpointId=', 'endpointId'],
    ['messageId=x', 'messageId'],
    ['from=yesterday', 'from'],
    ['from=', 'from'],
    ['from=2026-02-30T00:00:00Z', 'from'],
    ['from=2026-W05', 'from'],
    ['from=2026-032', 'from'],
    ['from=20260131T120000Z', 'from'],
    ['from=2026-01-31T12Z', 'from'],
    ['to=2026-01-31T12:00:00%2B99:00', 'to'],
    ['to=2026-01-31T24:00:01Z', 'to'],
    ['to=1767225600000', 'to'],
    ['from=2026-01-31T12:00:00', 'from'],
    ['from=%2B275760-09-13T00:00:00Z', 'from'],
    ['from=2026-01-31&from=2026-01-30', 'from'],
    ['page=2', 'page'],
    ['__proto__=x', '__proto__'],
    ['constructor=x', 'constructor'],
    ['toString=x', 'toString'],
    ['customerId=other', 'customerId'],
  ])('%s', async (query, field, code = 'invalid_request') => {
    const { status, headers, body } = await customer.request('get', `/webhook-events?${query}`);
    expectProblem({ status, contentType: headers['content-type'] ?? '', body }, { status: 400, code, field });
  });

  it('an event that does not exist', async () => {
    for (const event of ['message.deleted', '', '__proto__', 'toString']) {
      const { status, headers, body } = await customer.request('get', '/webhook-events').query({ event });
      expectProblem(
        { status, contentType: headers['content-type'] ?? '', body },
        { status: 422, code: 'unknown_event_type', field: 'event' },
      );
    }
  });
});

describe('POST /webhook-events refuses', () => {
  it.each<[string, string, Expected]>([
    ['no event', '{"data":{}}', { status: 400, code: 'invalid_request', field: 'event' }],
    ['an event that is a number', '{"event":1,"data":{}}', { status: 400, code: 'invalid_request', field: 'event' }],
    [
      'an event of 101 characters',
      `{"event":"${'x'.repeat(101)}","data":{}}`,
      { status: 400, code: 'invalid_request', field: 'event' },
    ],
    [
      'an unknown event',
      '{"event":"message.deleted","data":{}}',
      { status: 422, code: 'unknown_event_type', field: 'event' },
    ],
    ['the event __proto__', '{"event":"__proto__","data":{}}', { status: 422, code: 'unknown_event_type' }],
    ['the event toString', '{"event":"toString","data":{}}', { status: 422, code: 'unknown_event_type' }],
    ['an event with U+0000', '{"event":"message.sent\\u0000","data":{}}', { status: 422, code: 'unknown_event_type' }],
    ['no data', '{"event":"message.sent"}', { status: 400, code: 'invalid_request', field: 'data' }],
    ['data that is null', publish('null'), { status: 400, code: 'invalid_event_data', field: 'data' }],
    ['data that is a list', publish('[]'), { status: 400, code: 'invalid_event_data', field: 'data' }],
    ['data that is a text', publish('"x"'), { status: 400, code: 'invalid_event_data', field: 'data' }],
    ['data that is false', publish('false'), { status: 400, code: 'invalid_event_data', field: 'data' }],
    ['data of 65 levels', publish(nested(65)), { status: 400, code: 'nested_too_deeply' }],
    ['data of 10,000 levels', publish(nested(10_000)), { status: 400, code: 'nested_too_deeply' }],
    [
      'data of 10,000 lists',
      publish(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
      { status: 400, code: 'nested_too_deeply' },
    ],
    [
      'a body over the payload limit, in characters',
      publish(`{"a":"${'x'.repeat(MAX_PAYLOAD)}"}`),
      { status: 413, code: 'payload_too_large' },
    ],
    [
      'a body over the payload limit, in bytes only',
      publish(`{"a":"${'€'.repeat(MAX_PAYLOAD / 2)}"}`),
      { status: 413, code: 'payload_too_large' },
    ],
    [
      'an unknown field',
      '{"event":"message.sent","data":{},"customerId":"other"}',
      { status: 400, code: 'invalid_request', field: 'customerId' },
    ],
    [
      '__proto__ beside data',
      '{"event":"message.sent","data":{},"__proto__":{}}',
      { status: 400, code: 'invalid_request', field: '__proto__' },
    ],
  ])('%s', async (_, body, expected) => {
    expectProblem(await send('/webhook-events', body), expected);
  });

  it('a caller without the permission, before it looks at the body', async () => {
    const { key } = await service.customer(['webhook-events:read']);
    rows = await service.rowCounts();
    const { body } = await service
      .request('post', '/webhook-events', { nonsense: 1 })
      .set('X-API-Key', key)
      .expect(403);
    expect(body.code).toBe('permission_missing');
  });
});

describe('what is not there', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/nothing'],
    ['POST', '/nothing'],
    ['PUT', '/api-keys'],
    ['GET', '/api-keys/01890000-0000-7000-8000-000000000000/deactivate'],
    ['DELETE', '/webhook-events/01890000-0000-7000-8000-000000000000'],
    ['GET', '/..%2f..%2fetc%2fpasswd'],
  ])('%s %s is a 404 problem', async (method, path) => {
    expectProblem(await send(path, '', 'application/json', method), { status: 404, code: 'no_such_route' });
  });

  it('a delivery of another tenant is a 404 like a missing one', async () => {
    const { body } = await customer.request('get', '/webhook-events/01890000-0000-7000-8000-000000000000').expect(404);
    expect(body).toEqual(expect.objectContaining({ status: 404, code: 'not_found' }));
  });
});

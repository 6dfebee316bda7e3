import { EndpointsService } from '../../../src/webhooks';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

const MISSING = '01890000-0000-7000-8000-000000000000';
const URL_OF_OTHERS = 'https://hooks.example.com/in';

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService();
});
beforeEach(async () => {
  customer = await service.customer();
});
afterAll(() => service.stop());

const create = (body: object) => customer.request('post', '/webhook-endpoints', body);

describe('POST /webhook-endpoints', () => {
  it('answers 201 with the endpoint and its secret, and says that nobody may cache it', async () => {
    const { body, headers } = await create({ url: URL_OF_OTHERS }).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      url: URL_OF_OTHERS,
      description: null,
      events: [],
      isActive: true,
      state: 'active',
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]+={0,2}$/),
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      signatureScheme: 'v1',
      publicKey: null,
      previousPublicKey: null,
      previousSecretExpiresAt: null,
      tls: null,
      disabledReason: null,
      retryPolicy: { attempts: 3, schedule: { type: 'list', delaysMs: [1_000, 2_000] } },
      timeoutMs: null,
      ratePerSecond: null,
      concurrency: null,
      ordered: false,
      headers: [],
      filter: null,
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('takes a description and a filter of events', async () => {
    const more = { description: 'Bücher 📚', events: ['message.sent', 'chatbot.created'] };
    const { body } = await create({ url: URL_OF_OTHERS, ...more }).expect(201);
    expect(body).toMatchObject(more);
    const { body: none } = await create({ url: URL_OF_OTHERS, description: null, events: [] }).expect(201);
    expect(none).toMatchObject({ description: null, events: [] });
  });

  it('[webhook 4, 34] makes a secret of its own for each, shows it once, and keeps it encrypted', async () => {
    const one = await customer.endpoint(URL_OF_OTHERS);
    const two = await customer.endpoint(URL_OF_OTHERS);
    expect(one.secret).not.toBe(two.secret);
    const bytes = Buffer.from(one.secret.slice('whsec_'.length), 'base64');
    expect(bytes.length).toBeGreaterThanOrEqual(24);
    expect(bytes.length).toBeLessThanOrEqual(64);

    const rows = await service.sql<{ id: string; row: string; secret: string }>(
      'SELECT id, e::text AS row, secret FROM webhooks."WebhookEndpoint" e',
    );
    for (const spelling of [one.secret.slice(6), bytes.toString('hex'), bytes.toString('base64url')]) {
      for (const { row } of rows) expect(row).not.toContain(spelling);
    }
    const stored = rows.find(({ id }) => id === one.id);
    expect(stored?.secret).toMatch(/^v1\./);

    const path = `/webhook-endpoints/${one.id}`;
    for (const answer of [
      await customer.request('get', path).expect(200),
      await customer.request('get', '/webhook-endpoints').expect(200),
      await customer.request('patch', path, { description: 'x' }).expect(200),
    ]) {
      expect(answer.text).not.toMatch(/secret|whsec_|v1\./);
    }
    expect(service.logs.join('\n')).not.toContain(one.secret.slice(6));
  });

  it.each([
    ['a private address', 'https://10.1.2.3/x'],
    ['another private address', 'http://192.168.0.1/x'],
    ['a loopback address outside the allowed range', 'http://[::1]:8080/x'],
    ['cloud metadata', 'http://169.254.169.254/latest/meta-data'],
    ['cloud metadata in IPv6', 'https://[fd00:ec2::254]/'],
    ['0.0.0.0', 'http://0.0.0.0/'],
    ['an IPv4 address inside IPv6', 'https://[::ffff:10.0.0.1]/'],
    ['a decimal address', 'http://2130706433/'],
    ['an octal address', 'http://0177.0.0.1/'],
    ['a hexadecimal address', 'http://0x7f000001/'],
    ['a short address', 'http://127.1/'],
    ['full-width digits', 'http://１２７.0.0.1/'],
    ['a zone', 'http://[fe80::1%25eth0]/'],
    ['a trailing dot', 'https://example.com./'],
    ['user and password', 'https://user:pw@example.com/'],
    ['an empty user', 'https://@example.com/'],
    ['javascript:', 'javascript:alert(1)'],
    ['file:', 'file:///etc/passwd'],
    ['ftp:', 'ftp://example.com/'],
    ['no scheme', 'example.com/hook'],
    ['a relative URL', '//example.com/hook'],
    ['an empty text', ''],
    ['a backslash', 'https://example.com\\@10.0.0.1/'],
    ['a line break', 'https://example.com/\r\nX-Evil: 1'],
    ['a space in front', ' https://example.com/'],
    ['U+0000', 'https://example.com/\0'],
    ['a lone surrogate', 'https://example.com/\ud800'],
    ['port 0', 'https://example.com:0/'],
    ['a fragment', 'https://example.com/#x'],
    ['2,049 characters', `https://example.com/${'x'.repeat(2029)}`],
  ])('refuses %s', async (_, url) => {
    const before = await service.rowCounts();
    const { body, headers } = await create({ url }).expect(400);
    expect(headers['content-type']).toMatch('application/problem+json');
    expect(body).toMatchObject({ status: 400, code: 'url_not_allowed', errors: [{ field: 'url' }] });
    expect(await service.rowCounts()).toEqual(before);
  });

  it('refuses http: and loopback unless the service permits them', async () => {
    const strict = await startService({ database: service.database, delivery: { allowHttp: false, allowedCidrs: [] } });
    try {
      for (const url of ['http://example.com/', 'https://127.0.0.1/', 'https://localhost/']) {
        const call = strict.request('post', '/webhook-endpoints', { url }).set('X-API-Key', customer.key);
        expect((await call.expect(400)).body.code).toBe('url_not_allowed');
      }
      const allowed = strict.request('post', '/webhook-endpoints', { url: 'https://example.com/' });
      await allowed.set('X-API-Key', customer.key).expect(201);
    } finally {
      await strict.close();
    }
    await create({ url: 'http://127.0.0.1:9/x' }).expect(201);
  });

  it.each([
    ['no url', {}, 'url'],
    ['a url that is no text', { url: 1 }, 'url'],
    ['a secret', { url: URL_OF_OTHERS, secret: 'whsec_mine' }, 'secret'],
    ['a state', { url: URL_OF_OTHERS, state: 'active' }, 'state'],
    ['a customerId', { url: URL_OF_OTHERS, customerId: 'other' }, 'customerId'],
    ['U+0000 in the description', { url: URL_OF_OTHERS, description: 'a\0b' }, 'description'],
    ['a description of 1,001 characters', { url: URL_OF_OTHERS, description: 'x'.repeat(1001) }, 'description'],
    ['events that are no list', { url: URL_OF_OTHERS, events: 'message.sent' }, 'events'],
    ['an event twice', { url: URL_OF_OTHERS, events: ['message.sent', 'message.sent'] }, 'events'],
    ['an event that is no text', { url: URL_OF_OTHERS, events: [null] }, 'events'],
    ['events that are null', { url: URL_OF_OTHERS, events: null }, 'events'],
  ])('refuses %s', async (_, sent, field) => {
    const before = await service.rowCounts();
    const { body } = await create(sent).expect(400);
    expect(body.code).toBe('invalid_request');
    expect([...new Set((body.errors as { field: string }[]).map((error) => error.field))]).toEqual([field]);
    expect(await service.rowCounts()).toEqual(before);
  });

  it.each([
    'message.deleted',
    'Message.sent',
    'message',
    '*.sent',
    'mess*',
    'messag.*',
    'message.sent.*',
    '.*',
    '',
    '__proto__',
    'constructor',
  ])('answers 422 for the unknown event %j in the filter, on create and on change', async (name) => {
    const before = await service.rowCounts();
    const refused = await create({ url: URL_OF_OTHERS, events: ['message.sent', name] }).expect(422);
    expect(refused.body).toMatchObject({ code: 'unknown_event_type', errors: [{ field: 'events' }] });
    expect(refused.body.detail).toContain('message.received');
    expect(await service.rowCounts()).toEqual(before);
    const { id } = await customer.endpoint(URL_OF_OTHERS, { events: ['message.sent'] });
    await customer.request('patch', `/webhook-endpoints/${id}`, { events: [name] }).expect(422);
    expect((await customer.request('get', `/webhook-endpoints/${id}`)).body.events).toEqual(['message.sent']);
  });

  it('takes the wildcards of known events, also of those that only the system emits', async () => {
    for (const pattern of ['*', 'message.*', 'api_key.*', 'endpoint.*']) {
      const { body } = await create({ url: URL_OF_OTHERS, events: [pattern] }).expect(201);
      await customer.request('patch', `/webhook-endpoints/${body.id}`, { events: [pattern] }).expect(200);
    }
  });

  it('says of a wildcard that no known event is like it, and which there are', async () => {
    const { body } = await create({ url: URL_OF_OTHERS, events: ['messag.*'] }).expect(422);
    expect(body.detail).toMatch(/^events: matches no known event type; known are .*message\.received, message\.sent$/);
  });

  it('holds the limit under 30 creates at once', async () => {
    const small = await startService({ database: service.database, limits: { endpointsPerCustomer: 5 } });
    try {
      const call = () =>
        small.request('post', '/webhook-endpoints', { url: URL_OF_OTHERS }).set('X-API-Key', customer.key);
      const answers = await Promise.all(Array.from({ length: 30 }, call));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
      const { body } = await call().expect(409);
      expect(body.code).toBe('too_many_endpoints');
      const { body: endpoints } = await customer.request('get', '/webhook-endpoints').expect(200);
      expect(endpoints).toHaveLength(5);
      await customer.request('delete', `/webhook-endpoints/${endpoints[0].id}`).expect(204);
      await call().expect(201);
    } finally {
      await small.close();
    }
  });
});

describe('GET, PATCH and DELETE', () => {
  it('list newest first, show one, change fields one by one, delete once', async () => {
    const { id: older } = await customer.endpoint('https://a.example.com/');
    const { id } = await customer.endpoint('https://b.example.com/', { description: 'b' });
    const path = `/webhook-endpoints/${id}`;
    const { body: list } = await customer.request('get', '/webhook-endpoints').expect(200);
    expect((list as { id: string }[]).map((endpoint) => endpoint.id)).toEqual([id, older]);
    const { body: shown } = await customer.request('get', path).expect(200);
    expect(shown).toEqual(list[0]);

    const patch = async (changes: object) =>
      (await customer.request('patch', path, changes).expect(200)).body as object;
    expect(await patch({})).toEqual(shown);
    expect(await patch({ url: 'https://c.example.com/' })).toEqual({ ...shown, url: 'https://c.example.com/' });
    expect(await patch({ description: null })).toMatchObject({ description: null });
    expect(await patch({ events: ['message.sent'] })).toMatchObject({ events: ['message.sent'] });
    expect(await patch({ isActive: false })).toMatchObject({ isActive: false, state: 'paused' });
    expect(await patch({ isActive: true })).toMatchObject({ isActive: true, state: 'active' });

    await customer.request('delete', path).expect(204);
    for (const call of [
      customer.request('delete', path),
      customer.request('get', path),
      customer.request('patch', path, {}),
    ]) {
      expect((await call.expect(404)).body.code).toBe('not_found');
    }
    expect((await customer.request('get', '/webhook-endpoints')).body).toHaveLength(1);
  });

  it('check a changed URL like a new one', async () => {
    const { id } = await customer.endpoint(URL_OF_OTHERS);
    for (const url of ['http://10.0.0.1/', 'javascript:alert(1)', '']) {
      const { body } = await customer.request('patch', `/webhook-endpoints/${id}`, { url }).expect(400);
      expect(body.code).toBe('url_not_allowed');
    }
    expect((await customer.request('get', `/webhook-endpoints/${id}`)).body.url).toBe(URL_OF_OTHERS);
  });

  it('answer for the id of another tenant exactly as for one that is missing', async () => {
    const { id } = await customer.endpoint(URL_OF_OTHERS);
    const other = await service.customer();
    for (const [method, sent] of [['get'], ['patch', { isActive: false }], ['delete']] as const) {
      const theirs = await other.request(method, `/webhook-endpoints/${id}`, sent).expect(404);
      const missing = await other.request(method, `/webhook-endpoints/${MISSING}`, sent).expect(404);
      expect(theirs.body).toEqual(missing.body);
    }
    const { body } = await customer.request('get', `/webhook-endpoints/${id}`).expect(200);
    expect(body).toMatchObject({ isActive: true });
  });

  it('need webhook-endpoints:read and webhook-endpoints:write', async () => {
    const reader = await service.customer(['webhook-endpoints:read']);
    await reader.request('get', '/webhook-endpoints').expect(200);
    await reader.request('post', '/webhook-endpoints', { url: URL_OF_OTHERS }).expect(403);
    const writer = await service.customer(['webhook-endpoints:write']);
    const { id } = await writer.endpoint(URL_OF_OTHERS);
    await writer.request('get', '/webhook-endpoints').expect(403);
    await writer.request('patch', `/webhook-endpoints/${id}`, { isActive: false }).expect(200);
    await writer.request('delete', `/webhook-endpoints/${id}`).expect(204);
  });
});

it('EndpointsService refuses an unknown customer and an unknown event in process, too', async () => {
  const endpoints = service.app.get(EndpointsService);
  await expect(endpoints.create('nobody', { url: URL_OF_OTHERS })).rejects.toMatchObject({ code: 'not_found' });
  const unknown = endpoints.create(customer.id, { url: URL_OF_OTHERS, events: ['message.deleted'] });
  await expect(unknown).rejects.toMatchObject({ kind: 'unprocessable', code: 'unknown_event_type' });
});

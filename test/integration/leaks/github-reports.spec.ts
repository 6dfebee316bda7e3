import { createHash } from 'node:crypto';
import { ApiKeysService } from '../../../src/webhooks';
import { signed, signingKey, startKeyServer, type KeyServer } from '../../support/github-keys';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

const PATH = '/leaked-keys/github';
const TYPE = 'acme_api_key';
const PLACE = 'https://github.com/octocat/Hello-World/blob/12345600b9cbe38a219f39a9941c9319b600c002/foo/bar.txt';

const github = signingKey();
let keyServer: KeyServer;
let service: TestService;

beforeAll(async () => {
  keyServer = await startKeyServer(signingKey(), github, signingKey('P-384'));
  service = await startService({ role: 'api', apiKeys: { githubKeysUrl: keyServer.url, importedPrefixes: ['acme_'] } });
});
afterAll(async () => {
  await service.stop();
  await keyServer.close();
});

const reportOf = (...tokens: string[]): string =>
  JSON.stringify(tokens.map((token) => ({ token, type: TYPE, url: PLACE, source: 'content' })));
/** A body as the bytes that were signed. */
const send = (body: string, headers = signed(github, body)) => service.request('post', PATH).set(headers).send(body);
const feedback = (token: string, label: string) => ({
  token_hash: createHash('sha256').update(token).digest('hex'),
  token_type: TYPE,
  label,
});
/** A customer that wants to hear of its keys. */
async function subscriber(): Promise<TestCustomer> {
  const customer = await service.customer();
  await customer.endpoint('http://127.0.0.1:9/hook', { events: ['api_key.leaked', 'api_key.revoked'] });
  return customer;
}
const tells = async (key: string): Promise<number> =>
  (await service.request('get', '/me').set('X-API-Key', key)).status;
const eventsOf = async (customerId: string): Promise<string[]> =>
  (
    await service.sql<{ event: string }>(
      `SELECT event FROM webhooks."WebhookMessage" WHERE "customerId" = $1 AND event <> 'api_key.created' ORDER BY id`,
      customerId,
    )
  ).map(({ event }) => event);
const auditOf = async (customerId: string) =>
  service.sql<{ action: string; actorType: string; actorId: string; after: unknown }>(
    `SELECT action, "actorType", "actorId", after FROM webhooks."AuditLog"
      WHERE "customerId" = $1 AND action LIKE 'api-key.%' AND action <> 'api-key.created' ORDER BY id`,
    customerId,
  );

it('[key 10, 26] a signed report switches keys off within the request, and says of each what it was', async () => {
  const [leaked, bystander] = [await subscriber(), await subscriber()];
  const unknown = `sk_${'A'.repeat(43)}`;
  const report = reportOf(leaked.key, unknown, 'not even a key');
  const { body } = await send(report).expect(200);
  expect(body).toEqual([
    feedback(leaked.key, 'true_positive'),
    feedback(unknown, 'false_positive'),
    feedback('not even a key', 'false_positive'),
  ]);
  expect(await tells(leaked.key)).toBe(401);
  expect(await tells(bystander.key)).toBe(200);
  expect(await eventsOf(leaked.id)).toEqual(['api_key.leaked', 'api_key.revoked']);
  const actor = { actorType: 'system', actorId: 'github-secret-scanning' };
  expect(await auditOf(leaked.id)).toEqual([
    { ...actor, action: 'api-key.leaked', after: { source: 'github', url: PLACE, ip: null, userAgent: null } },
    { ...actor, action: 'api-key.deactivated', after: { isActive: false, deactivatedReason: 'leaked' } },
  ]);
});

it('the same report again changes nothing, at the same time or later, and gets the same answer', async () => {
  const { id, key } = await subscriber();
  const report = reportOf(key, key);
  const headers = signed(github, report);
  const answers = await Promise.all(Array.from({ length: 5 }, () => send(report, headers).expect(200)));
  answers.push(await send(report, headers).expect(200));
  for (const { body } of answers) expect(body).toEqual(Array(2).fill(feedback(key, 'true_positive')));
  expect(await eventsOf(id)).toEqual(['api_key.leaked', 'api_key.revoked']);
  expect((await auditOf(id)).map(({ action }) => action)).toEqual(['api-key.leaked', 'api-key.deactivated']);
});

it('another node refuses the key as well, within a second', async () => {
  const other = await startService({ role: 'api', database: service.database });
  try {
    const { key } = await subscriber();
    await other.request('get', '/me').set('X-API-Key', key).expect(200);
    const at = Date.now();
    await send(reportOf(key)).expect(200);
    await waitFor('the other node refuses it', async () => {
      return (await other.request('get', '/me').set('X-API-Key', key)).status === 401;
    });
    expect(Date.now() - at).toBeLessThan(1_500);
  } finally {
    await other.close();
  }
});

it('a key that was deactivated or deleted before is marked as leaked, and cannot come back by a restore', async () => {
  const customer = await subscriber();
  const apiKeys = service.app.get(ApiKeysService);
  const [off, gone] = [
    await apiKeys.create(customer.id, { name: 'off' }),
    await apiKeys.create(customer.id, { name: 'gone' }),
  ];
  await apiKeys.deactivate(customer.id, off.id);
  await apiKeys.delete(customer.id, gone.id);
  for (const { key } of [off, gone, off, gone]) {
    expect((await send(reportOf(key)).expect(200)).body).toEqual([feedback(key, 'true_positive')]);
  }
  await apiKeys.restore(customer.id, gone.id);
  expect(await apiKeys.get(customer.id, off.id)).toMatchObject({ isActive: false, deactivatedReason: 'leaked' });
  expect(await apiKeys.get(customer.id, gone.id)).toMatchObject({ isActive: false, deactivatedReason: 'leaked' });
  expect(await tells(gone.key)).toBe(401);
  expect((await eventsOf(customer.id)).filter((event) => event === 'api_key.leaked')).toHaveLength(2);
});

it('a canary key that is found stays a decoy, and each place is told once', async () => {
  const customer = await subscriber();
  const { id, key } = await service.app.get(ApiKeysService).create(customer.id, { name: 'decoy', isCanary: true });
  await send(reportOf(key)).expect(200);
  await send(reportOf(key)).expect(200);
  const elsewhere = JSON.stringify([{ token: key, type: TYPE, url: `${PLACE}#L1`, source: 'commit' }]);
  await send(elsewhere).expect(200);
  expect(await eventsOf(customer.id)).toEqual(['api_key.leaked', 'api_key.leaked']);
  expect(await service.app.get(ApiKeysService).get(customer.id, id)).toMatchObject({ isActive: true, isCanary: true });
});

describe('what is not signed by GitHub', () => {
  const stranger = signingKey();
  const other = signingKey('P-384');
  const report = reportOf('whatever');
  const headers = signed(github, report);
  const without = (name: string) => Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));

  it.each<[string, () => Record<string, string>, string?]>([
    ['no signature', () => without('Github-Public-Key-Signature')],
    ['no identifier', () => without('Github-Public-Key-Identifier')],
    ['an unknown identifier', () => signed(stranger, report)],
    [
      'another key’s signature',
      () => ({ ...signed(stranger, report), 'Github-Public-Key-Identifier': github.identifier }),
    ],
    ['a key of another curve', () => signed(other, report)],
    ['a signature of other bytes', () => headers, `${report} `],
    ['a signature that is none', () => ({ ...headers, 'Github-Public-Key-Signature': 'AAAA' })],
    ['an empty signature', () => ({ ...headers, 'Github-Public-Key-Signature': '' })],
    [
      'an identifier that is a name of every object',
      () => ({ ...headers, 'Github-Public-Key-Identifier': '__proto__' }),
    ],
    ['a very long identifier', () => ({ ...headers, 'Github-Public-Key-Identifier': 'x'.repeat(8_000) })],
    ['nothing at all', () => ({ ...headers, 'Content-Type': 'application/json' }), ''],
  ])('%s: the same 401', async (_name, given, body = report) => {
    const answer = await send(body, given()).expect(401);
    expect(answer.body).toMatchObject({ code: 'signature_invalid' });
    expect(answer.headers['www-authenticate']).toBe('Signature realm="webhooks"');
  });

  it('a key of another customer in it stays as it is', async () => {
    const { id, key } = await subscriber();
    const body = reportOf(key);
    await send(body, { ...signed(github, `${body} `) }).expect(401);
    await send(body, signed(stranger, body)).expect(401);
    expect(await tells(key)).toBe(200);
    expect(await eventsOf(id)).toEqual([]);
  });
});

it.each([
  ['{}', 'invalid_report'],
  ['[null]', 'invalid_report'],
  ['[{"token":1,"type":"t"}]', 'invalid_report'],
  ['[{"token":"t"}]', 'invalid_report'],
  ['"text"', 'invalid_request'],
  ['[', 'invalid_request'],
])('a signed body that is no report is a 400: %s', async (report, code) => {
  expect((await send(report).expect(400)).body).toMatchObject({ code });
});

it('strange texts and URLs are no errors, and fields that may come are passed over', async () => {
  const { id, key } = await subscriber();
  const strange = ['', '\u0000', '\ud800', `sk_${'\u0000'.repeat(43)}`, 'x'.repeat(100_000), '__proto__'];
  const report = JSON.stringify([
    ...strange.map((token) => ({ token, type: '\u0000\ud800', url: '\u0000' })),
    { token: key, type: TYPE, url: 'https://example.com/\u0000', source: 7, later: { a: 1 } },
  ]);
  const { body } = await send(report).expect(200);
  expect((body as { label: string }[]).map(({ label }) => label)).toEqual([
    ...strange.map(() => 'false_positive'),
    'true_positive',
  ]);
  const [{ after } = {}] = await auditOf(id);
  expect(after).toEqual({ source: 'github', url: null, ip: null, userAgent: null });
});

it('a report of thousands of findings is answered; one beyond the limit is refused whole', async () => {
  const { key } = await subscriber();
  const noise = Array.from({ length: 4_000 }, (_, index) => `sk_${String(index).padStart(43, 'n')}`);
  const { body } = await send(reportOf(...noise, key)).expect(200);
  const labels = (body as { label: string }[]).map(({ label }) => label);
  expect(labels.filter((label) => label === 'true_positive')).toHaveLength(1);
  expect(labels).toHaveLength(4_001);
  const tooMany = JSON.stringify(Array.from({ length: 10_001 }, () => ({ token: '', type: '' })));
  expect((await send(tooMany).expect(413)).body).toMatchObject({ code: 'too_many_findings' });
});

it('[key 1] no token of a report is in the database or the log', async () => {
  const { key } = await subscriber();
  const foreign = 'acme_a-text-that-looks-like-a-key';
  await send(reportOf(key, foreign)).expect(200);
  const rows = await service.sql<{ text: string }>(
    `SELECT t::text AS text FROM webhooks."AuditLog" t UNION ALL SELECT t::text FROM webhooks."WebhookEvent" t
     UNION ALL SELECT t::text FROM webhooks."APIKey" t`,
  );
  const everything = [...rows.map(({ text }) => text), ...service.logs].join('\n');
  for (const secret of [key, foreign]) expect(everything).not.toContain(secret);
});

describe('GitHub’s keys', () => {
  const publisher = async (): Promise<{
    server: KeyServer;
    node: TestService;
    report: () => Promise<{ status: number; body: unknown }>;
  }> => {
    const server = await startKeyServer(github);
    const node = await startService({ role: 'api', apiKeys: { githubKeysUrl: server.url } });
    const report = async () => {
      const body = reportOf('nothing');
      const { status, body: answer } = await node.request('post', PATH).set(signed(github, body)).send(body);
      return { status, body: answer as unknown };
    };
    return { server, node, report };
  };
  const end = async ({ server, node }: { server: KeyServer; node: TestService }) => {
    await node.stop();
    await server.close();
  };

  it('are fetched once, and for unknown identifiers at most once a minute', async () => {
    const it = await publisher();
    const made = signingKey();
    const body = reportOf('nothing');
    const unknown = () => it.node.request('post', PATH).set(signed(made, body)).send(body);
    for (const { status } of await Promise.all(Array.from({ length: 10 }, () => it.report()))) expect(status).toBe(200);
    for (let count = 0; count < 10; count += 1) await unknown().expect(401);
    expect(it.server.requests).toBe(1);
    // A key that is new is found when the minute is over.
    it.server.keys.push(made);
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    await unknown().expect(200);
    now.mockRestore();
    expect(it.server.requests).toBe(2);
    await end(it);
  });

  it.each<[string, (server: KeyServer) => void]>([
    ['an error', (server) => (server.answer = () => ({ status: 500, body: '' }))],
    ['no JSON', (server) => (server.answer = () => ({ status: 200, body: '<html>' }))],
    ['another JSON', (server) => (server.answer = () => ({ status: 200, body: 'null' }))],
    [
      'a list that is too large',
      (server) => (server.answer = ({ body }) => ({ status: 200, body: body + ' '.repeat(70_000) })),
    ],
    ['nothing in time', (server) => (server.delayMs = 30_000)],
  ])('%s is a 503, and the next report is taken when GitHub answers again', async (_name, breakIt) => {
    const it = await publisher();
    breakIt(it.server);
    expect(await it.report()).toMatchObject({ status: 503, body: { code: 'github_keys_unavailable' } });
    const asked = it.server.requests;
    expect(await it.report()).toMatchObject({ status: 503 });
    expect(it.server.requests).toBe(asked);
    Object.assign(it.server, { answer: undefined, delayMs: 0 });
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6_000);
    expect(await it.report()).toMatchObject({ status: 200 });
    now.mockRestore();
    await end(it);
  });

  it('known ones are used while GitHub does not answer, for a day', async () => {
    const it = await publisher();
    await it.report();
    it.server.answer = () => ({ status: 500, body: '' });
    const begin = Date.now();
    const now = jest.spyOn(Date, 'now').mockReturnValue(begin + 2 * 3_600_000);
    expect(await it.report()).toMatchObject({ status: 200 });
    now.mockReturnValue(begin + 25 * 3_600_000);
    expect(await it.report()).toMatchObject({ status: 503 });
    now.mockRestore();
    await end(it);
  });
});

it('a key that has leaked cannot be switched on again', async () => {
  const owner = await service.customer();
  const { body } = await owner.request('post', '/api-keys', { name: 'leaked' }).expect(201);
  const { id, key } = body as { id: string; key: string };
  await send(reportOf(key)).expect(200);
  const { body: refused } = await owner.request('patch', `/api-keys/${id}`, { isActive: true }).expect(409);
  expect(refused).toMatchObject({ code: 'api_key_leaked' });
  expect(await tells(key)).toBe(401);
});

it('without the setting there is no such route', async () => {
  const node = await startService({ role: 'api' });
  try {
    const body = reportOf('whatever');
    const answer = await node.request('post', PATH).set(signed(github, body)).send(body).expect(404);
    const nowhere = await node.request('post', '/leaked-keys/nowhere').set(signed(github, body)).send(body).expect(404);
    expect(answer.body).toEqual(nowhere.body);
    await node.request('post', PATH).set('Content-Type', 'text/plain').send('x').expect(404);
  } finally {
    await node.stop();
  }
});

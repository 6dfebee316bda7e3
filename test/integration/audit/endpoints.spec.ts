import { SecretsService, type EndpointWithSecret } from '../../../src/webhooks';
import { hasOpenssl, issue, makeAuthority } from '../../support/certificates';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

const URL = 'http://127.0.0.1:9/hook';

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

const create = async (more: object = {}): Promise<EndpointWithSecret> =>
  (await customer.request('post', '/webhook-endpoints', { url: URL, ...more }).expect(201)).body as EndpointWithSecret;
const patch = async (id: string, changes: object): Promise<unknown> =>
  customer.request('patch', `/webhook-endpoints/${id}`, changes).expect(200);
/** The endpoint's entries, oldest first, but for the first one. */
const changes = async (id: string): Promise<unknown[]> =>
  service.sql(
    `SELECT action, "actorType" AS actor, before, after FROM webhooks."AuditLog"
      WHERE "targetId" = $1 AND action <> 'endpoint.created' ORDER BY id`,
    id,
  );

it('a new endpoint is written down as it was chosen', async () => {
  const { id } = await create({
    description: 'd',
    events: ['message.*'],
    headers: { 'X-Token': 'value' },
    ordered: true,
  });
  const [row] = await service.sql('SELECT before, after FROM webhooks."AuditLog" WHERE "targetId" = $1', id);
  expect(row).toEqual({
    before: null,
    after: {
      url: URL,
      description: 'd',
      events: ['message.*'],
      state: 'active',
      disabledReason: null,
      retryPolicy: { attempts: 3, schedule: expect.anything() as object },
      timeoutMs: null,
      ratePerSecond: null,
      concurrency: null,
      ordered: true,
      headers: ['X-Token'],
      filter: null,
      signatureScheme: 'v1',
      publicKey: null,
      tls: null,
    },
  });
});

it('of an update only what differs is kept, and the weightiest of its changes names it', async () => {
  const { id } = await create({ description: 'old', timeoutMs: 2_000 });
  await patch(id, { description: 'new', timeoutMs: 2_000, url: `${URL}?key=in-the-url` });
  await patch(id, { isActive: false, description: 'paused' });
  await patch(id, { isActive: false });
  await patch(id, { isActive: true });
  const entry = { actor: 'api-key' };
  expect(await changes(id)).toEqual([
    {
      ...entry,
      action: 'endpoint.updated',
      before: { description: 'old', url: URL },
      after: { description: 'new', url: `${URL}?key=in-the-url` },
    },
    {
      ...entry,
      action: 'endpoint.paused',
      before: { state: 'active', description: 'new' },
      after: { state: 'paused', description: 'paused' },
    },
    { ...entry, action: 'endpoint.activated', before: { state: 'paused' }, after: { state: 'active' } },
  ]);
});

it('of headers the names are kept, also where only a value changes', async () => {
  const { id } = await create({ headers: { 'X-One': 'first' } });
  await patch(id, { headers: { 'X-One': 'second' } });
  await patch(id, { headers: { 'X-Two': 'third' } });
  await patch(id, { headers: null });
  await patch(id, { headers: null });
  expect(await changes(id)).toMatchObject([
    { before: { headers: ['X-One'] }, after: { headers: ['X-One'] } },
    { before: { headers: ['X-One'] }, after: { headers: ['X-Two'] } },
    { before: { headers: ['X-Two'] }, after: { headers: [] } },
  ]);
  expect(JSON.stringify(await changes(id))).not.toMatch(/first|second|third/);
});

(hasOpenssl ? it : it.skip)(
  'of TLS settings it is kept what there is, also where one certificate follows another',
  async () => {
    const authority = makeAuthority('authority');
    const client = issue(authority, 'client');
    const { id } = await create({ url: 'https://127.0.0.1:9/hook' });
    await patch(id, { tls: { clientCertificate: client.cert, clientKey: client.key } });
    await patch(id, { tls: { caCertificate: authority.cert } });
    await patch(id, { tls: { caCertificate: makeAuthority('another').cert } });
    await patch(id, { tls: null });
    const withClient = { hasClientCertificate: true, clientCertificateExpiresAt: expect.any(String) as string };
    const states = [
      null,
      { ...withClient, hasCaCertificate: false },
      { ...withClient, hasCaCertificate: true },
      { ...withClient, hasCaCertificate: true },
      null,
    ];
    expect(await changes(id)).toEqual(
      states.slice(1).map((tls, index) => ({
        action: 'endpoint.updated',
        actor: 'api-key',
        before: { tls: states[index] },
        after: { tls },
      })),
    );
    const text = (await service.sql<{ text: string }>('SELECT a::text AS text FROM webhooks."AuditLog" a'))
      .map((row) => row.text)
      .join('\n');
    expect(text).not.toContain('BEGIN');
    expect(text).not.toContain(client.key.split('\n')[1]!);
  },
);

it('of a rotation the overlap is kept, and the public keys where there are any', async () => {
  const [plain, asymmetric] = [await create(), await create({ signatureScheme: 'v1a' })];
  await customer.request('post', `/webhook-endpoints/${plain.id}/rotate-secret`, { overlapSeconds: 0 }).expect(200);
  const { body } = await customer.request('post', `/webhook-endpoints/${asymmetric.id}/rotate-secret`, {}).expect(200);
  const rotated = { actor: 'api-key', action: 'endpoint.secret-rotated' };
  expect(await changes(plain.id)).toEqual([{ ...rotated, before: null, after: { overlapSeconds: 0 } }]);
  expect(await changes(asymmetric.id)).toEqual([
    {
      ...rotated,
      before: { publicKey: asymmetric.publicKey },
      after: { publicKey: (body as EndpointWithSecret).publicKey, overlapSeconds: 86_400 },
    },
  ]);
});

it('of a deletion it is kept what there was, and what became of what waited', async () => {
  const { id } = await create({ description: 'gone' });
  await customer.request('delete', `/webhook-endpoints/${id}?pending=deliver`).expect(204);
  expect(await changes(id)).toMatchObject([
    { action: 'endpoint.deleted', before: { url: URL, description: 'gone' }, after: { pending: 'deliver' } },
  ]);
});

it('an endpoint that the service disables is written down as its doing, and who activates it again', async () => {
  const receiver = await recordingReceiver(() => 410);
  const { id } = await create({ url: receiver.url });
  await customer.emit();
  await waitFor('the endpoint is disabled', async () => (await changes(id)).length > 0);
  await patch(id, { isActive: true });
  expect(await changes(id)).toEqual([
    {
      action: 'endpoint.disabled',
      actor: 'system',
      before: { state: 'active', disabledReason: null },
      after: { state: 'disabled', disabledReason: 'gone' },
    },
    {
      action: 'endpoint.activated',
      actor: 'api-key',
      before: { state: 'disabled', disabledReason: 'gone' },
      after: { state: 'active', disabledReason: null },
    },
  ]);
});

it('secrets that are encrypted with a new key are written down, a row for each customer', async () => {
  const other = await service.customer();
  const ids = [(await create()).id, (await create()).id, (await other.endpoint(URL)).id];
  const [newKey, oldKey] = [9, 7].map((byte) => Buffer.alloc(32, byte).toString('base64'));
  const options = { role: 'api', secretsKey: newKey!, secretsKeyPrevious: [oldKey!] } as const;
  const restarted = await startService({ database: service.database, ...options });
  try {
    const reseal = async (dryRun: boolean) =>
      restarted.app.get(SecretsService).reseal({ dryRun, actor: { type: 'cli' } });
    const resealed = async () =>
      service.sql(
        `SELECT "customerId", "actorType", "targetId", before, after FROM webhooks."AuditLog"
          WHERE action = 'customer.secrets-resealed' AND "customerId" = ANY($1)`,
        [customer.id, other.id],
      );
    await reseal(true);
    expect(await resealed()).toEqual([]);
    const { remaining, resealed: count } = await reseal(false);
    expect([remaining, count]).toEqual([0, expect.any(Number)]);
    expect(count).toBeGreaterThanOrEqual(ids.length);
    await reseal(false);
    const row = (customerId: string, endpoints: number) => ({
      customerId,
      actorType: 'cli',
      targetId: customerId,
      before: null,
      after: { endpoints },
    });
    expect(await resealed()).toHaveLength(2);
    expect(await resealed()).toEqual(expect.arrayContaining([row(customer.id, 2), row(other.id, 1)]));
  } finally {
    await restarted.close();
  }
});

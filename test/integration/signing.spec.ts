import { Webhook } from 'standardwebhooks';
import { verifySignature } from '../../src/webhooks';
import { closeReceivers } from '../support/receivers';
import { recordingReceiver, type RecordedRequest } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { isSignedV1a } from '../support/verify-v1a';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;

beforeAll(async () => {
  service = await startService();
  customer = await service.customer();
});
afterEach(closeReceivers);
afterAll(() => service.stop());

const create = async (url: string, more: object = {}) => {
  const { body, headers } = await customer.request('post', '/webhook-endpoints', { url, ...more }).expect(201);
  return { endpoint: body as Record<string, unknown> & { id: string }, headers };
};

/** Emits once, and gives the request that arrives. */
async function deliver(receiver: Awaited<ReturnType<typeof recordingReceiver>>): Promise<RecordedRequest> {
  const before = receiver.requests.length;
  await customer.emit({ text: 'ü \u0000 😀', number: 1.5 });
  return (await receiver.arrivals(before + 1))[before]!;
}

const textOf = (value: unknown): string => String(value);

describe('a v1 endpoint', () => {
  it('[webhook 4] has a whsec_ secret of 32 bytes of its own, shown once', async () => {
    const receiver = await recordingReceiver();
    const both = [await create(receiver.url), await create(receiver.url, { signatureScheme: 'v1' })];
    const secrets = both.map(({ endpoint }) => textOf(endpoint['secret']));
    expect(new Set(secrets).size).toBe(2);
    for (const [index, { endpoint, headers }] of both.entries()) {
      expect(secrets[index]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(endpoint).toMatchObject({
        signatureScheme: 'v1',
        publicKey: null,
        previousSecretExpiresAt: null,
        tls: null,
      });
      expect(headers['cache-control']).toBe('no-store');
      const { body } = await customer.request('get', `/webhook-endpoints/${endpoint.id}`).expect(200);
      expect(body).not.toHaveProperty('secret');
      await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
    }
  });

  it('[webhook 1] signs the exact bytes that arrive, as the independent verifier and ours say', async () => {
    const receiver = await recordingReceiver();
    const { endpoint } = await create(receiver.url);
    const { headers, body } = await deliver(receiver);
    const secret = textOf(endpoint['secret']);
    expect(headers['webhook-signature']).toMatch(/^v1,\S{44}$/);
    new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(verifySignature({ headers, body, secrets: [secret] })).toMatchObject({ ok: true });
    const changed = Buffer.from(body.toString().replace('1.5', '1.50'));
    expect(() => new Webhook(secret).verify(changed, headers as Record<string, string>)).toThrow();
    expect(verifySignature({ headers, body: changed, secrets: [secret] })).toEqual({ ok: false, code: 'no-match' });
    await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
  });

  it('[webhook 2] keeps the id on a retry, with a fresh timestamp and signature', async () => {
    const receiver = await recordingReceiver([500, 200]);
    const { endpoint } = await create(receiver.url);
    await customer.emit();
    const [first, second] = await receiver.arrivals(2);
    const of = (request: RecordedRequest | undefined, name: string) => textOf(request?.headers[name]);
    expect(of(second, 'webhook-id')).toBe(of(first, 'webhook-id'));
    expect(of(second, 'webhook-id')).toBe(of(second, 'x-webhook-id'));
    expect(Number(of(second, 'webhook-timestamp'))).toBeGreaterThan(Number(of(first, 'webhook-timestamp')));
    expect(Math.abs(Number(of(second, 'webhook-timestamp')) - Date.now() / 1_000)).toBeLessThan(5);
    expect(of(second, 'webhook-signature')).not.toBe(of(first, 'webhook-signature'));
    for (const request of [first!, second!]) {
      new Webhook(textOf(endpoint['secret'])).verify(request.body, request.headers as Record<string, string>);
    }
    await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
  });

  it('[webhook 3] is sent ids without a dot', async () => {
    const receiver = await recordingReceiver();
    const { endpoint } = await create(receiver.url);
    const { headers } = await deliver(receiver);
    expect(headers['webhook-id']).toMatch(/^[0-9a-f-]{36}$/);
    await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
  });

  it('[webhook 7] is verified for five minutes, either way', async () => {
    const receiver = await recordingReceiver();
    const { endpoint } = await create(receiver.url);
    const { headers, body } = await deliver(receiver);
    const at = Number(headers['webhook-timestamp']) * 1_000;
    const verify = (offset: number) =>
      verifySignature({ headers, body, secrets: [textOf(endpoint['secret'])], now: new Date(at + offset * 1_000) }).ok;
    expect([-301, -300, 0, 300, 301].map(verify)).toEqual([false, true, true, true, false]);
    await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
  });
});

describe('a v1a endpoint', () => {
  it('[webhook 8] has a whpk_ public key that can be read again, and no secret', async () => {
    const receiver = await recordingReceiver();
    const { endpoint, headers } = await create(receiver.url, { signatureScheme: 'v1a' });
    expect(endpoint).toMatchObject({ signatureScheme: 'v1a', previousPublicKey: null });
    expect(endpoint).not.toHaveProperty('secret');
    expect(endpoint['publicKey']).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    expect(headers['cache-control']).toBe('no-store');
    const { body } = await customer.request('get', `/webhook-endpoints/${endpoint.id}`).expect(200);
    expect(body).toEqual(endpoint);
    const { body: list } = await customer.request('get', '/webhook-endpoints').expect(200);
    expect(list).toContainEqual(endpoint);
    await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
  });

  it('[webhook 8] signs the exact bytes that arrive, as node:crypto alone and our verifier say', async () => {
    const receiver = await recordingReceiver();
    const { endpoint } = await create(receiver.url, { signatureScheme: 'v1a' });
    const { endpoint: other } = await create(receiver.url, { signatureScheme: 'v1a', events: ['message.sent'] });
    const { headers, body } = await deliver(receiver);
    const [key, otherKey] = [textOf(endpoint['publicKey']), textOf(other['publicKey'])];
    expect(key).not.toBe(otherKey);
    expect(headers['webhook-signature']).toMatch(/^v1a,\S{88}$/);
    expect(isSignedV1a(key, headers, body)).toBe(true);
    expect(isSignedV1a(otherKey, headers, body)).toBe(false);
    expect(isSignedV1a(key, headers, Buffer.concat([body, Buffer.from(' ')]))).toBe(false);
    expect(verifySignature({ headers, body, secrets: [otherKey, key] })).toMatchObject({ ok: true });
    await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
    await customer.request('delete', `/webhook-endpoints/${other.id}`).expect(204);
  });

  it.each(['v2', '', null, ['v1'], 1])('refuses the scheme %j', async (signatureScheme) => {
    const url = 'http://127.0.0.1:9/';
    const { body } = await customer.request('post', '/webhook-endpoints', { url, signatureScheme }).expect(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field: 'signatureScheme' }] });
  });

  it('keeps its scheme', async () => {
    const { endpoint } = await create('http://127.0.0.1:9/', { signatureScheme: 'v1a' });
    await customer.request('patch', `/webhook-endpoints/${endpoint.id}`, { signatureScheme: 'v1' }).expect(400);
    await customer.request('patch', `/webhook-endpoints/${endpoint.id}`, { publicKey: 'whpk_x' }).expect(400);
    await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
  });
});

describe('what is kept of secrets', () => {
  it('[webhook 34] is encrypted: no table, no answer and no log line holds one', async () => {
    const receiver = await recordingReceiver([500, 200]);
    const { endpoint } = await create(receiver.url);
    const { endpoint: pair } = await create(receiver.url, { signatureScheme: 'v1a' });
    const { body: rotated } = await customer
      .request('post', `/webhook-endpoints/${endpoint.id}/rotate-secret`)
      .expect(200);
    await customer.request('post', `/webhook-endpoints/${pair.id}/rotate-secret`).expect(200);
    const { eventIds } = await customer.emit();
    for (const id of eventIds) await service.settled(id);

    const secrets = [endpoint['secret'], rotated.secret].map((secret) => textOf(secret).slice('whsec_'.length));
    expect(secrets[0]).not.toBe(secrets[1]);
    const reads = [
      `/webhook-endpoints`,
      `/webhook-endpoints/${endpoint.id}`,
      `/webhook-events`,
      `/webhook-events/${eventIds[0]!}`,
    ];
    const answers = await Promise.all(
      reads.map(async (path) => (await customer.request('get', path).expect(200)).text),
    );
    const patched = await customer
      .request('patch', `/webhook-endpoints/${endpoint.id}`, { description: 'x' })
      .expect(200);
    const everything = [...answers, patched.text, ...(await dump()), ...service.logs].join('\n');
    expect(everything).toContain(endpoint.id);
    for (const hidden of [...secrets, 'whsec_', 'whsk_']) expect(everything).not.toContain(hidden);
    await customer.request('delete', `/webhook-endpoints/${endpoint.id}`).expect(204);
    await customer.request('delete', `/webhook-endpoints/${pair.id}`).expect(204);
  });

  /** Every row of every table, the queue's too. */
  async function dump(): Promise<string[]> {
    const tables = await service.sql<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const rows = await Promise.all(
      tables.map(({ name }) => service.sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)),
    );
    return rows.flat().map(({ row }) => row);
  }
});

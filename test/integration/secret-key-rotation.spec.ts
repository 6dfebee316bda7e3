import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { EndpointsService, SecretsService } from '../../src/webhooks';
import type { TlsColumns } from '../../src/webhooks/endpoints/endpoint-security.types';
import { hasOpenssl, issue, makeAuthority } from '../support/certificates';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { closeReceivers } from '../support/receivers';
import { recordingReceiver, type RecordedRequest, type RecordingReceiver } from '../support/recording-receiver';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { isSignedV1a } from '../support/verify-v1a';

jest.setTimeout(60_000);

const newKey = () => randomBytes(32).toString('base64');

let database: TestDatabase;
let service: TestService;
let customer: TestCustomer;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await service.close();
  await closeReceivers();
  await database.drop();
});

const start = async (secretsKey: string, ...secretsKeyPrevious: string[]) => {
  service = await startService({ database, secretsKey, secretsKeyPrevious });
};
const restart = async (secretsKey: string, ...secretsKeyPrevious: string[]) => {
  await service.close();
  await start(secretsKey, ...secretsKeyPrevious);
  const { request } = service;
  const { key } = customer;
  customer = { ...customer, request: (...call) => request(...call).set('X-API-Key', key) };
};
const reseal = (options = {}) => service.app.get(SecretsService).reseal(options);
const keyIds = async () =>
  (await service.sql<{ id: string }>('SELECT DISTINCT "secretKeyId" AS id FROM webhooks."WebhookEndpoint"')).map(
    ({ id }) => id,
  );

async function emitTo(receiver: RecordingReceiver): Promise<RecordedRequest> {
  const before = receiver.requests.length;
  await customer.request('post', '/webhook-events', { event: 'message.received', data: {} }).expect(202);
  return (await receiver.arrivals(before + 1))[before]!;
}

const accepts = (secret: string, { headers, body }: RecordedRequest) => {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
};

it('[webhook 34] exchanges the key without downtime: deliveries verify before, during and after', async () => {
  const [a, b] = [newKey(), newKey()];
  await start(a);
  customer = await service.customer();
  const receiver = await recordingReceiver();
  const { id, secret: old } = await customer.endpoint(receiver.url);
  const fresh = (await customer.request('post', `/webhook-endpoints/${id}/rotate-secret`).expect(200)).body
    .secret as string;
  const pairReceiver = await recordingReceiver();
  const { body: pair } = await customer.request('post', '/webhook-endpoints', {
    url: pairReceiver.url,
    signatureScheme: 'v1a',
  });
  const verifies = async () => {
    const [request, [signed]] = await Promise.all([
      emitTo(receiver),
      pairReceiver.arrivals(pairReceiver.requests.length + 1),
    ]);
    expect([accepts(fresh, request), accepts(old, request)]).toEqual([true, true]);
    expect(isSignedV1a(pair.publicKey, signed!.headers, signed!.body)).toBe(true);
  };
  await verifies();

  await restart(b, a);
  await verifies();
  expect(await reseal({ dryRun: true })).toMatchObject({ total: 2, resealed: 2, remaining: 2, unreadable: [] });
  const progress: string[] = [];
  const running = reseal({
    batchSize: 1,
    onProgress: (done: number, total: number) => progress.push(`${done}/${total}`),
  });
  await verifies();
  expect(await running).toMatchObject({ total: 2, resealed: 2, remaining: 0, unreadable: [] });
  expect(progress).toEqual(['1/2', '2/2']);
  await verifies();
  expect(await reseal()).toMatchObject({ total: 0, resealed: 0, remaining: 0 });

  await restart(b);
  await verifies();
  expect(await keyIds()).toHaveLength(1);
});

it('is stopped between batches and goes on where it was', async () => {
  const [a, b] = [newKey(), newKey()];
  await start(a);
  customer = await service.customer();
  for (let i = 0; i < 5; i += 1) await customer.endpoint(`http://127.0.0.1:9/${i}`);
  await restart(b, a);
  const stop = new AbortController();
  const first = await reseal({ batchSize: 2, signal: stop.signal, onProgress: () => stop.abort() });
  expect(first).toMatchObject({ total: 5, resealed: 2, remaining: 3 });
  expect(await keyIds()).toHaveLength(2);
  expect(await reseal({ batchSize: 2 })).toMatchObject({ total: 3, resealed: 3, remaining: 0 });
});

it('brings no secret back that was rotated at the same moment', async () => {
  const [a, b] = [newKey(), newKey()];
  await start(a);
  customer = await service.customer();
  const receiver = await recordingReceiver();
  const { id } = await customer.endpoint(receiver.url);
  for (let i = 0; i < 15; i += 1) await customer.endpoint('http://127.0.0.1:9/', { events: ['message.sent'] });
  await restart(b, a);
  const rotations = (async () => {
    let secret = '';
    for (let i = 0; i < 10; i += 1) {
      const { body } = await customer.request('post', `/webhook-endpoints/${id}/rotate-secret`, { overlapSeconds: 0 });
      secret = body.secret as string;
    }
    return secret;
  })();
  const [last, result] = await Promise.all([rotations, reseal({ batchSize: 1 })]);
  expect(result).toMatchObject({ remaining: 0, unreadable: [] });
  expect(accepts(last, await emitTo(receiver))).toBe(true);
});

(hasOpenssl ? it : it.skip)('exchanges the key of client keys as well', async () => {
  const [a, b] = [newKey(), newKey()];
  await start(a);
  customer = await service.customer();
  const { cert, key } = issue(makeAuthority('authority'), 'client');
  const tls = { clientCertificate: cert, clientKey: key };
  const created = await customer
    .request('post', '/webhook-endpoints', { url: 'https://127.0.0.1:9/', tls })
    .expect(201);
  const { id } = created.body as { id: string };
  const stored = async () => {
    const [row] = await service.sql<TlsColumns>('SELECT * FROM webhooks."WebhookEndpoint" WHERE id = $1', id);
    return row!;
  };
  const before = await stored();
  await restart(b, a);
  expect(await reseal()).toMatchObject({ resealed: 1, remaining: 0 });
  await restart(b);
  const after = await stored();
  expect(after.clientKeyKeyId).not.toBe(before.clientKeyKeyId);
  expect(service.app.get(EndpointsService).tlsIdentity(id, after)).toEqual({ cert, key });
});

it('forgets secrets whose overlap has ended', async () => {
  await start(newKey());
  customer = await service.customer();
  const { id } = await customer.endpoint('http://127.0.0.1:9/');
  await customer.request('post', `/webhook-endpoints/${id}/rotate-secret`).expect(200);
  const kept = `SELECT count("previousSecret")::int AS kept FROM webhooks."WebhookEndpoint"`;
  await reseal();
  expect(await service.sql(kept)).toEqual([{ kept: 1 }]);
  await service.sql(`UPDATE webhooks."WebhookEndpoint" SET "previousSecretUntil" = now()`);
  await reseal();
  expect(await service.sql(kept)).toEqual([{ kept: 0 }]);
});

it('leaves what no key opens as it is, names it, and does the rest', async () => {
  const [a, b, lost] = [newKey(), newKey(), newKey()];
  await start(lost);
  customer = await service.customer();
  const receiver = await recordingReceiver();
  const { id: lostId } = await customer.endpoint(receiver.url);
  await restart(a);
  const readable = { url: 'http://127.0.0.1:9/', events: ['message.sent'] };
  await customer.request('post', '/webhook-endpoints', readable).expect(201);
  await restart(b, a);
  expect(await reseal({ dryRun: true })).toMatchObject({ total: 2, resealed: 1, unreadable: [lostId] });
  expect(await reseal()).toMatchObject({ total: 2, resealed: 1, remaining: 1, unreadable: [lostId] });

  const { body } = await customer
    .request('post', '/webhook-events', { event: 'message.received', data: {} })
    .expect(202);
  const row = await service.settled(body.eventIds[0]);
  expect(row).toMatchObject({ status: 'FAILED', lastError: expect.stringContaining('cannot be decrypted') });
  expect(receiver.requests).toHaveLength(0);

  await restart(b, a, lost);
  expect(await reseal()).toMatchObject({ total: 1, resealed: 1, remaining: 0, unreadable: [] });
});

describe('secrets rotate on the command line', () => {
  const cli = async (env: Record<string, string>, ...args: string[]) => {
    const root = join(__dirname, '../..');
    const program = ['-r', join(root, 'test/support/register-typescript.js'), join(root, 'src/cli/main.ts'), ...args];
    const settings = { PATH: process.env['PATH'], NODE_ENV: 'production', DATABASE_URL: database.url, ...env };
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, program, { env: settings })) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  };

  it('runs beside the service, prints JSON, and fails where a key is missing', async () => {
    const [a, b] = [newKey(), newKey()];
    await start(a);
    customer = await service.customer();
    const { id } = await customer.endpoint('http://127.0.0.1:9/');
    const without = await cli({ SECRETS_KEY: b }, 'secrets', 'rotate', '--json');
    expect(without).toMatchObject({ code: 1, stderr: expect.stringContaining(id) });
    expect(JSON.parse(without.stdout)).toMatchObject({ unreadable: [id], resealed: 0 });

    const both = { SECRETS_KEY: b, SECRETS_KEY_PREVIOUS: a };
    const dry = await cli(both, 'secrets', 'rotate', '--dry-run');
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('1 of 1 endpoints'), stderr: '' });
    const done = await cli(both, 'secrets', 'rotate', '--json');
    expect(JSON.parse(done.stdout)).toMatchObject({ total: 1, resealed: 1, remaining: 0, unreadable: [] });
    const again = await cli({ SECRETS_KEY: b }, 'secrets', 'rotate');
    expect(again.stdout).toMatch(/^Everything is encrypted with the current key/);
    for (const { stdout, stderr } of [without, dry, done, again]) {
      for (const key of [a, b]) expect(stdout + stderr).not.toContain(key);
    }
  });
});

import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import { once } from 'node:events';
import { connect } from 'node:net';
import { PlatformTokens } from '../../../src/auth/platform-tokens';
import { routesOf, type Route } from '../../support/routes';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';
import { HOSTILE_HEADERS, malformedRequest, valueOf } from './generators';

jest.setTimeout(240_000);

/** The same requests in every run; what fails is printed with its counterexample. */
const SEED = 20_261_124;
const RUNS_PER_ROUTE = 40;
const RUNS_OF_HEADERS = 300;
const RUNS_OF_CURSORS = 60;
const RUNS_OF_BYTES = 400;

let service: TestService;
let owner: TestCustomer;
let token: string;
let ids: string[];
const counts = new Map<string, number>();

beforeAll(async () => {
  service = await startService({ role: 'api' });
  owner = await service.customer();
  token = await service.app.get(PlatformTokens).issue({ userId: owner.userId, customerId: owner.id }, 3_600);
  const { id } = await owner.endpoint('http://127.0.0.1:9/hook');
  const { messageId, eventIds } = await owner.emit();
  ids = [id, messageId, ...eventIds, owner.keyId];
});

afterAll(async () => {
  await service.stop();
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const lines = [...counts].sort().map(([kind, count]) => `  ${kind}  ${count}`);
  console.log([`${total} hostile requests, no answer of 500 or above:`, ...lines].join('\n'));
});

function tally(kind: string, status: number): void {
  const name = `${kind.padEnd(8)} ${status === 0 ? 'closed' : status}`;
  counts.set(name, (counts.get(name) ?? 0) + 1);
  if (status >= 500) throw new Error(`The answer is ${status}`);
}

/** Sends a request as an HTTP client would, and counts its answer. */
async function send(kind: string, path: string, options: RequestInit): Promise<void> {
  const response = await fetch(`${service.url}${path}`, { ...options, redirect: 'manual' });
  await response.arrayBuffer();
  tally(kind, response.status);
}

async function isAlive(): Promise<void> {
  expect((await owner.request('get', '/me')).status).toBe(200);
}

/** A credential that gets past the guards of a route, and that nothing else depends on. */
async function credentialOf({ guards }: Route): Promise<string> {
  if (guards.includes('OperatorGuard')) return OPERATOR_TOKEN;
  return guards.includes('ApiKeyGuard') ? (await service.customer()).key : token;
}

/** The fields of the DTOs that a route takes. */
function fieldsOf({ inputs }: Route): string[] {
  const fields = inputs
    .filter((input) => typeof input === 'function')
    .flatMap((input) => getMetadataStorage().getTargetValidationMetadatas(input, '', false, false))
    .map(({ propertyName }) => propertyName);
  return [...new Set(fields)];
}

/** What a header's value may be made of. */
const printable = fc
  .integer({ min: 0x20, max: 0xff })
  .filter((code) => code !== 0x7f)
  .map((code) => String.fromCharCode(code));

const someOf = (fields: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(fields.map((field) => [field, valueOf(field, ids)])), { requiredKeys: [] });

function pathOf(path: string): fc.Arbitrary<string> {
  const parameter = fc.oneof(fc.constantFrom(...ids), fc.uuid(), fc.string({ minLength: 1, maxLength: 40 }));
  const segments = path.split('/').map((segment) => (segment.startsWith(':') ? parameter : fc.constant(segment)));
  return fc.tuple(...segments).map((parts) => parts.map((part) => encodeURIComponent(part)).join('/'));
}

function queryOf(fields: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    query.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}

it('every DTO of every route bears whatever is in its fields', async () => {
  const routes = routesOf(service.app);
  expect(routes.length).toBeGreaterThan(30);
  for (const route of routes) {
    const authorization = `Bearer ${await credentialOf(route)}`;
    const fields = fieldsOf(route);
    const inputs = fc.tuple(pathOf(route.path), someOf(fields), someOf(fields), fc.option(fc.jsonValue()));
    const property = fc.asyncProperty(inputs, async ([path, body, query, whole]) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const method = route.method.toUpperCase();
      if (method === 'GET') return send('DTO', `${path}${queryOf(query)}`, { method, headers });
      const text = JSON.stringify(whole ?? body);
      return send('DTO', `${path}${whole === null ? '' : queryOf(query)}`, { method, headers, body: text });
    });
    try {
      await fc.assert(property, { seed: SEED, numRuns: RUNS_PER_ROUTE });
    } catch (error) {
      throw new Error(route.name, { cause: error });
    }
  }
  await isAlive();
});

it('every header bears every text that HTTP lets through', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...HOSTILE_HEADERS),
    fc.string({ unit: printable, maxLength: 300 }),
    fc.boolean(),
    async (name, value, isEmit) => {
      const headers = { 'x-api-key': owner.key, 'content-type': 'application/json', [name]: value };
      const body = JSON.stringify({ event: 'message.sent', data: {} });
      return isEmit
        ? send('header', '/webhook-events', { method: 'POST', headers, body })
        : send('header', '/me', { headers });
    },
  );
  await fc.assert(property, { seed: SEED, numRuns: RUNS_OF_HEADERS });
  await isAlive();
});

it('every cursor that the service did not give is refused, and none breaks it', async () => {
  const reader = await service.customer();
  await reader.endpoint('http://127.0.0.1:9/hook');
  for (let page = 0; page < 3; page += 1) await reader.emit();
  const { body } = await reader.request('get', '/webhook-events?limit=1').expect(200);
  const real = body.nextCursor as string;
  const lists = routesOf(service.app).filter(
    (route) => fieldsOf(route).includes('cursor') && !route.path.includes(':'),
  );
  expect(lists.length).toBeGreaterThan(2);
  const cut = fc.nat(real.length).map((length) => real.slice(0, length));
  const swapped = fc
    .tuple(fc.nat(real.length - 1), fc.string({ minLength: 1, maxLength: 1 }))
    .map(([at, char]) => real.slice(0, at) + char + real.slice(at + 1));
  const cursor = fc.oneof(fc.string(), fc.base64String(), cut, swapped, fc.uuid());
  for (const { path } of lists) {
    const property = fc.asyncProperty(cursor, async (text) => {
      await send('cursor', `${path}?cursor=${encodeURIComponent(text)}`, { headers: { 'x-api-key': reader.key } });
    });
    await fc.assert(property, { seed: SEED, numRuns: RUNS_OF_CURSORS });
  }
  await isAlive();
});

it('malformed HTTP over a raw socket is refused or ends the connection', async () => {
  const property = fc.asyncProperty(malformedRequest(owner.key), async (bytes) =>
    tally('bytes', await sendBytes(bytes)),
  );
  await fc.assert(property, { seed: SEED, numRuns: RUNS_OF_BYTES });
  await isAlive();
});

/** @returns the status of the first answer, 0 when the connection ended without one */
async function sendBytes(bytes: Buffer): Promise<number> {
  const socket = connect(service.port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => socket.destroy());
  socket.setTimeout(2_000, () => socket.destroy());
  socket.end(bytes);
  await once(socket, 'close');
  const answer = Buffer.concat(chunks).toString('latin1');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];
  if (status === undefined && answer !== '') throw new Error(`Not an HTTP answer: ${answer.slice(0, 100)}`);
  return Number(status ?? 0);
}

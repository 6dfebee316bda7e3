import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import description from '../../../openapi.json';
import { ApiDescription, type Answer, type DescribedOperation, type Schema } from '../../support/api-description';
import { signed, signingKey, startKeyServer, type KeyServer } from '../../support/github-keys';
import { kindOf, ownedThings, type OwnedThings } from '../../support/owned-things';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { misfitsOf, valuesOf } from '../../support/schema-values';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';

// Requests are made from the description alone, and every answer is held against it: a status, a body, a media type or
// an error code that is not described is a failure, and so is an invalid request that is accepted.
const api = new ApiDescription(description);
/** What only the stand-alone service has: routes.spec.ts and test/e2e/client.spec.ts call those. */
const isMounted = ({ path }: DescribedOperation) => !path.startsWith('/health/');
const operations = api.operations().filter(isMounted);
const SAMPLES = 8;
const SEED = 20_260_131;
const REFUSALS = [400, 404, 413, 422];

jest.setTimeout(60_000);

let service: TestService;
let owner: TestCustomer;
let powerless: TestCustomer;
let things: OwnedThings;
let github: KeyServer;
const githubKey = signingKey();

beforeAll(async () => {
  github = await startKeyServer(githubKey);
  service = await startService({
    role: 'api',
    apiKeys: { githubKeysUrl: github.url, unknownPerMinute: 10_000 },
    limits: { apiKeysPerCustomer: 10_000, endpointsPerCustomer: 10_000 },
  });
  owner = await service.customer();
  // So that its answers have the headers of a limit too, errors among them.
  const rateLimit = { limit: 100_000, windowSeconds: 3_600 };
  await owner.request('patch', `/api-keys/${owner.keyId}`, { rateLimit }).expect(200);
  powerless = await service.customer([]);
  things = ownedThings(service, owner, (await recordingReceiver()).url);
});
afterAll(async () => {
  await closeReceivers();
  await service.stop();
  await github.close();
});

async function parameterOf({ name, path }: DescribedOperation): Promise<string> {
  const [, collection = ''] = path.split('/');
  if (collection === 'event-types') return 'message.received';
  if (collection === 'customers') return (await service.customer([], { userId: 'user_123' })).id;
  return things[kindOf(name)]();
}

/** What a request is made of. */
interface Request {
  id?: string;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  key?: string | null;
  contentType?: string;
}

/** The key of a caller who may do everything; one of its own where the call ends it. */
async function keyFor({ operationId, security }: DescribedOperation): Promise<string> {
  if (security.includes('operatorToken')) return OPERATOR_TOKEN;
  return operationId === 'revokeMe' ? (await service.customer()).key : owner.key;
}

const textOf = (body: unknown): string | undefined =>
  body === undefined || typeof body === 'string' ? body : JSON.stringify(body);

async function send(operation: DescribedOperation, request: Request = {}): Promise<Answer> {
  const { method, path } = operation;
  const id = request.id ?? (path.includes('{') ? await parameterOf(operation) : '');
  const query = Object.entries(request.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  const url = `${path.replace(/\{\w+\}/, encodeURIComponent(id))}?${new URLSearchParams(query).toString()}`;
  const sent = service.request(method, url);
  const text = textOf(request.body);
  const key = request.key === undefined ? await keyFor(operation) : request.key;
  if (operation.security.includes('githubSignature') && key !== null) void sent.set(signed(githubKey, text ?? ''));
  else if (key !== null) void sent.set('Authorization', `Bearer ${key}`);
  if (text !== undefined) void sent.set('Content-Type', request.contentType ?? 'application/json').send(text);
  const { status, headers, body, text: answered } = await sent;
  return { status, headers, body, text: answered };
}

/** The parameters' own examples, where they have one. */
function exampleQuery({ parameters }: DescribedOperation): Record<string, unknown> {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query' && parameter.schema.examples !== undefined);
  // Ids of examples are nobody's; a list that asks for them is empty, and still one.
  return Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema.examples?.[0]]));
}

async function check(operation: DescribedOperation, request: Request): Promise<Answer> {
  const answer = await send(operation, request);
  const problems = api.problemsOf(operation, answer);
  const seen = { request, status: answer.status, answer: answer.text.slice(0, 300), problems };
  expect(seen).toEqual({ ...seen, problems: [] });
  return answer;
}

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  const { body, parameters } = operation;
  const example: Request = { ...(body === undefined ? {} : { body: body.example }), query: exampleQuery(operation) };

  it('does with the examples what it is there for', async () => {
    const { status } = await check(operation, example);
    expect(status).toBe(operation.success);
    if (body !== undefined && !body.required) expect((await check(operation, {})).status).toBe(operation.success);
  });

  it('answers as described whatever fits the description', async () => {
    const bodies = fc.sample(body === undefined ? fc.constant(undefined) : valuesOf(api, body.schema), {
      numRuns: SAMPLES,
      seed: SEED,
    });
    const inQuery = parameters.filter((parameter) => parameter.in === 'query');
    const queries = fc.sample(
      fc.record(Object.fromEntries(inQuery.map(({ name, schema }) => [name, valuesOf(api, schema)])), {
        requiredKeys: [],
      }),
      { numRuns: SAMPLES, seed: SEED },
    );
    if (body === undefined && inQuery.length === 0) return;
    for (const [index, query] of queries.entries()) await check(operation, { body: bodies[index], query });
  });

  it('refuses what does not fit, as described', async () => {
    const fitting = body?.example;
    const isObject = body?.schema.type === 'object';
    for (const { what, value } of isObject ? misfitsOf(api, body.schema, fitting as Record<string, unknown>) : []) {
      const { status } = await check(operation, { ...example, body: value });
      expect(REFUSALS.includes(status) ? 'refused' : `${what}: ${status}`).toBe('refused');
    }
    for (const parameter of parameters.filter(({ in: place }) => place === 'query')) {
      for (const value of wrongTexts(parameter.schema)) {
        const { status } = await check(operation, { ...example, query: { ...example.query, [parameter.name]: value } });
        expect(REFUSALS.includes(status) ? 'refused' : `${parameter.name}=${value}: ${status}`).toBe('refused');
      }
    }
    if (body !== undefined) {
      expect((await check(operation, { ...example, body: '{"a":' })).status).toBe(400);
      const typed = await check(operation, { ...example, contentType: 'text/plain' });
      expect(typed.status).toBe(operation.security.includes('githubSignature') ? typed.status : 415);
    }
  });

  it('refuses an id that is none, and one that is not there, as described', async () => {
    const parameter = parameters.find(({ in: place }) => place === 'path');
    if (parameter === undefined) return;
    if (parameter.schema.format === 'uuid')
      expect((await check(operation, { ...example, id: 'abc' })).status).toBe(400);
    // Whoever puts a customer makes one.
    const expected = operation.operationId === 'putCustomer' ? 200 : 404;
    expect((await check(operation, { ...example, id: randomUUID() })).status).toBe(expected);
  });

  it('refuses who may not, as described', async () => {
    expect((await check(operation, { ...example, id: randomUUID(), key: null })).status).toBe(401);
    if (operation.security.includes('githubSignature')) return;
    expect((await check(operation, { ...example, id: randomUUID(), key: `sk_${'a'.repeat(43)}` })).status).toBe(401);
    if (operation.permissions.length === 0) return;
    const { status, body: problem } = await check(operation, { ...example, id: randomUUID(), key: powerless.key });
    expect([status, problem]).toEqual([403, expect.objectContaining({ code: 'permission_missing' })]);
  });
});

function wrongTexts(schema: Schema): string[] {
  if (schema.enum !== undefined) return ['none-of-these'];
  if (schema.type === 'integer') return ['0', '101', 'many', '1.5'];
  if (schema.format === 'uuid' || schema.anyOf !== undefined) return ['abc', ''];
  if (schema.maxLength !== undefined) return ['x'.repeat(schema.maxLength + 1)];
  return [];
}

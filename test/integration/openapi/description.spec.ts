import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeService } from '../../../src/service/describe-service';
import { ApiDescription, type DescribedOperation, type MediaType, type OpenApi } from '../../support/api-description';
import { checkDescription, type Checked } from '../../support/check-description';
import { thrownCodes } from '../../support/thrown-codes';

jest.setTimeout(60_000);

const root = join(__dirname, '../../..');
/** Who asks nobody: whatever else is open is a mistake. */
const PUBLIC = ['GET /health/live', 'GET /health/ready'];

const REQUEST_ID = expect.objectContaining({ name: 'X-Request-Id', in: 'header', required: false }) as unknown;

/** What bodies are checked for before the service sees it. */
const IN_PROCESS_ONLY = ['invalid_overlap', 'invalid_reason', 'invalid_retention'];

let document: OpenApi;
let api: ApiDescription;
let checked: Checked;
let operations: DescribedOperation[];

beforeAll(async () => {
  document = JSON.parse(JSON.stringify(await describeService())) as OpenApi;
  api = new ApiDescription(document);
  operations = api.operations();
  checked = await checkDescription(document);
});

it('openapi.json and the client’s types are what `npm run openapi` makes of the code', async () => {
  expect(Object.keys(checked.files)).toHaveLength(2);
  for (const [name, content] of Object.entries(checked.files)) {
    // Not toBe: what differs in thousands of lines would be printed.
    const isCurrent = (await readFile(join(root, name), 'utf8')) === content;
    expect(isCurrent ? name : `${name} is old: npm run openapi`).toBe(name);
  }
});

it('is valid OpenAPI 3.1, says an independent validator, and every reference leads somewhere', () => {
  const { valid, errors, version } = checked;
  expect({ valid, errors, version }).toEqual({ valid: true, errors: undefined, version: '3.1' });
  for (const $ref of references(document)) expect([$ref, api.resolve({ $ref })]).toEqual([$ref, expect.anything()]);
});

// That every route is described, routes.spec.ts makes sure.
it('names every route, each otherwise', () => {
  // Without @Operation, @nestjs/swagger makes names up: ApiKeysController_create.
  expect(operations.filter(({ operationId }) => operationId.includes('_')).map(({ name }) => name)).toEqual([]);
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('says of every answer, to whatever request, that it has an id, which a request may give', () => {
  const reference = { $ref: '#/components/headers/X-Request-Id' };
  for (const { name, path, method, parameters } of operations) {
    expect([name, parameters]).toEqual([name, expect.arrayContaining([REQUEST_ID])]);
    for (const [status, answer] of Object.entries(document.paths[path]?.[method]?.responses ?? {})) {
      expect([name, status, api.resolve(answer).headers]).toMatchObject([name, status, { 'X-Request-Id': reference }]);
    }
  }
});

it('misses a header that is not described, of errors as of other answers', () => {
  const operation = operations.find(({ name }) => name === 'GET /me')!;
  for (const status of [200, 401]) {
    const headers = { 'content-type': 'text/plain', date: 'today', 'x-request-id': 'one', 'x-new': 'two', etag: '"3"' };
    const problems = api.problemsOf(operation, { status, headers, body: null, text: '' });
    expect(problems.filter((problem) => problem.endsWith(' is not described'))).toEqual([
      'x-new is not described',
      'etag is not described',
    ]);
  }
});

it('says of every route who may call it', () => {
  const open = operations.filter(({ security }) => security.length === 0);
  expect(open.map(({ name }) => name)).toEqual(PUBLIC);
  for (const { name, permissions, security } of operations) {
    const [method = '', path = ''] = name.split(' ');
    const item = document.paths[path]?.[method.toLowerCase()];
    if (permissions.length > 0)
      expect([name, item?.description]).toEqual([name, expect.stringContaining(permissions[0]!)]);
    for (const scheme of security) expect(document.components.securitySchemes).toHaveProperty(scheme);
  }
});

it('every example fits its schema', () => {
  const media = mediaTypes(document);
  expect(media.length).toBeGreaterThan(100);
  for (const { pointer, content } of media) {
    const named = Object.values(content.examples ?? {}).map((example) => api.resolve(example).value);
    for (const example of 'example' in content ? [content.example] : named) {
      expect([pointer, api.misfits(`${pointer}/schema`, example)]).toEqual([pointer, []]);
    }
  }
});

it('has a webhook for every event type, with the headers that prove where it comes from', () => {
  expect(Object.keys(document.webhooks)).toEqual([
    'api_key.created',
    'api_key.leaked',
    'api_key.revoked',
    'api_key.rotated',
    'chatbot.created',
    'chatbot.updated',
    'conversation.closed',
    'conversation.created',
    'endpoint.disabled',
    'message.received',
    'message.sent',
  ]);
  for (const { post } of Object.values(document.webhooks)) {
    const headers = (post.parameters ?? []).map((parameter) => api.resolve(parameter));
    const always = headers.filter(({ required }) => required).map(({ name }) => name);
    expect(always).toEqual(expect.arrayContaining(['webhook-id', 'webhook-timestamp', 'webhook-signature']));
    // Only where the operator wants it.
    expect(headers).toContainEqual(expect.objectContaining({ name: 'traceparent', in: 'header', required: false }));
  }
});

it('knows every error code that the code throws, and at which routes', async () => {
  const { examples, responses } = document.components;
  const known = Object.values(examples).map(({ value }) => value.code);
  const thrown = await thrownCodes(join(root, 'src/webhooks'));
  expect(thrown.filter((code) => !known.includes(code))).toEqual(IN_PROCESS_ONLY);
  const told = references(responses).filter(($ref) => $ref.startsWith('#/components/examples/'));
  expect(told.map(($ref) => $ref.split('/').at(-1)).sort()).toEqual(Object.keys(examples).sort());
});

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...new Set([...own, ...Object.values(value).flatMap(references)])];
}

/** Everything that is sent or answered as JSON, and where it is described. */
function mediaTypes(value: unknown, pointer = '#'): { pointer: string; content: MediaType }[] {
  if (typeof value !== 'object' || value === null) return [];
  const escaped = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = `${pointer}/${escaped(key)}`;
    const isMediaType = /^application\/(?:problem\+)?json$/.test(key);
    return isMediaType ? [{ pointer: at, content: inner as MediaType }] : mediaTypes(inner, at);
  });
}

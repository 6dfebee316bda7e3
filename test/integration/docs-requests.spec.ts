import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import description from '../../openapi.json';
import { ApiDescription } from '../support/api-description';
import { codeBlocks, markdownPages } from '../support/markdown';

// What the pages tell a reader to type is what the API takes. bash reads each block, with a `curl` that only notes what it
// was given: its quotes, line ends and variables mean what they mean in a terminal. No other program is run.
const NOTING = `
curl() { printf '%s\\0' "$@" >&3; printf '\\n\\0' >&3; }
command_not_found_handle() { return 0; }
kill() { return 0; }
PATH=/nowhere
`;
const API = 'http://api';
const ID = '01964000-0000-7000-8000-000000000000';

interface Example {
  readonly where: string;
  readonly method: string;
  readonly url: URL;
  readonly data: string | undefined;
}

const api = new ApiDescription(description);
const operations = api.operations();
const shellBlocks = markdownPages()
  .flatMap(codeBlocks)
  .filter(({ language, code }) => language === 'sh' && /\bcurl\b/.test(code));

/** Where redirections of a block may go. */
const FOLDER = mkdtempSync(join(tmpdir(), 'webhooks-docs-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function examplesOf({ where, code }: { where: string; code: string }): Example[] {
  const names = new Set([...code.matchAll(/\$\{?([A-Z_]+)/g)].map(([, name = '']) => name));
  const values = [...names].map((name) => `${name}=${name === 'API' ? API : ID}`).join('\n');
  const { output, stderr } = spawnSync('bash', ['-c', `${NOTING}${values}\n${code}`], {
    cwd: FOLDER,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: 10_000,
  });
  expect({ where, stderr }).toEqual({ where, stderr: '' });
  return (output[3] ?? '')
    .split('\n\0')
    .slice(0, -1)
    .map((call) => ({ where, ...readArguments(call.split('\0').slice(0, -1)) }))
    .filter(({ url }) => [API, 'http://localhost:3000', 'http://127.0.0.1:3000'].includes(url.origin));
}

function readArguments(args: readonly string[]): Omit<Example, 'where'> {
  const after = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const data = after('-d');
  const address = args.find((arg, index) => /^(?:https?:|localhost|127)/.test(arg) && args[index - 1] !== '-H') ?? '';
  const url = new URL(address.startsWith('http') ? address : `http://${address}`);
  return { method: (after('-X') ?? (data === undefined ? 'GET' : 'POST')).toLowerCase(), url, data };
}

it('requests that are shown are requests that the API takes', () => {
  const examples = shellBlocks.flatMap(examplesOf);
  const described = examples.filter(({ url }) => !/^\/(?:metrics|queues|docs|openapi\.json)/.test(url.pathname));
  expect(described.length).toBeGreaterThan(45);
  expect(described.flatMap(problemsOf)).toEqual([]);
});

it('a request with a wrong path, field or parameter would be found', () => {
  const code = `curl -X PUT $API/webhook-events -d '{}'
    curl $API/webhook-endpoints -d '{"ulr": "https://example.com"}'
    curl "localhost:3000/webhook-events?stauts=SENT"`;
  expect(examplesOf({ where: 'x', code }).map((example) => problemsOf(example).length)).toEqual([1, 2, 1]);
});

function problemsOf({ where, method, url, data }: Example): string[] {
  const told = `${where}: ${method} ${url.pathname}`;
  const operation = operations.find(({ method: one, path }) => one === method && fits(path, url.pathname));
  if (operation === undefined) return [`${told} is not described`];
  const parameters = new Set(operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name));
  const unknown = [...url.searchParams.keys()].filter((name) => !parameters.has(name));
  const problems = unknown.map((name) => `${told} has no parameter ${name}`);
  if (data === undefined) return operation.body?.required === true ? [...problems, `${told} needs a body`] : problems;
  return [...problems, ...api.bodyMisfits(operation, JSON.parse(data)).map((misfit) => `${told} ${misfit}`)];
}

function fits(path: string, pathname: string): boolean {
  const [wanted, given] = [path.split('/'), pathname.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index]);
}

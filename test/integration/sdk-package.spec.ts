import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../support/markdown';
import { startService, type TestService } from '../support/test-service';

// The client as it is published: built, packed, and used by a program that has nothing but the package.
jest.setTimeout(120_000);

const NAME = 'webhooks-module-client';
const MODULES = join(ROOT, 'node_modules');

let folder: string;
let consumer: string;
let service: TestService;

/** Runs a program to its end. @returns what it printed. @throws when it fails, with all it said */
async function run(command: string, args: readonly string[], cwd: string, env = {}): Promise<string> {
  const { PATH = '', HOME = '' } = process.env;
  const options = { cwd, env: { PATH, HOME, npm_config_update_notifier: 'false', ...env } };
  const { stdout } = await promisify(execFile)(command, args, options).catch((error: unknown) => {
    const { stdout: told, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}:\n${told}${stderr}`, { cause: error });
  });
  return stdout;
}

/** Builds and packs a copy of sdk/, so that nothing is left in the tree. @returns the package's file */
async function pack(): Promise<string> {
  const copy = join(folder, 'sdk');
  const isSource = (path: string): boolean => !['dist', 'node_modules'].includes(basename(path));
  await cp(join(ROOT, 'sdk'), copy, { recursive: true, filter: isSource });
  await symlink(MODULES, join(copy, 'node_modules'));
  await run('npm', ['run', 'build'], copy);
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], copy);
  const [file] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  return join(folder, file ?? 'no package');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'webhooks-sdk-'));
  consumer = join(folder, 'consumer');
  const installed = join(consumer, 'node_modules', NAME);
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', await pack(), '--strip-components', '1', '-C', installed], folder);
  const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  // What it says that it needs: nothing else is found.
  for (const name of Object.keys(dependencies)) {
    await symlink(join(MODULES, name), join(consumer, 'node_modules', name));
  }
  service = await startService({ role: 'api' });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const USE = `
  const { API, KEY } = process.env;
  const who = async (apiKey) => unwrap(createWebhooksClient({ baseUrl: API, credential: { apiKey } }).GET('/me'));
  const listed = [];
  const client = createWebhooksClient({ baseUrl: API, credential: { apiKey: KEY } });
  const read = (cursor) => unwrap(client.GET('/audit-log', { params: { query: { limit: 1, ...cursor } } }));
  for await (const { action } of pages(read)) listed.push(action);
  const error = await who('sk_nobody').catch((thrown) => thrown);
  const problem = error instanceof WebhooksProblem && error.code;
  console.log(JSON.stringify({ customerId: (await who(KEY)).customer.id, problem, listed }));`;

it.each([
  ['CommonJS', 'use.cjs', `const { createWebhooksClient, pages, unwrap, WebhooksProblem } = require('${NAME}');`],
  ['an ES module', 'use.mjs', `import { createWebhooksClient, pages, unwrap, WebhooksProblem } from '${NAME}';`],
])('is loaded by %s, and calls the service', async (_kind, file, load) => {
  await writeFile(join(consumer, file), `${load}\nvoid (async () => {${USE}\n})();\n`);
  const owner = await service.customer();
  await owner.request('post', '/api-keys', { name: 'second' }).expect(201);
  const printed = await run(process.execPath, [file], consumer, { API: service.url, KEY: owner.key });
  expect(JSON.parse(printed)).toEqual({
    customerId: owner.id,
    problem: 'api_key_unknown',
    listed: expect.arrayContaining(['api-key.created']),
  });
});

it.each(['use.cts', 'use.mts'])('has its types: a wrong path or field does not compile in %s', async (file) => {
  const source = `
import { createWebhooksClient, unwrap, type webhooks } from '${NAME}';
const client = createWebhooksClient({ baseUrl: 'http://localhost:3000', credential: { apiKey: 'sk_…' } });
export const made = async (): Promise<string> => {
  const body = { event: 'message.sent', data: { content: 'Hello!' } };
  return (await unwrap(client.POST('/webhook-events', { body, params: { header: { 'X-Request-Id': 'mine' } } }))).messageId;
};
export type Sent = webhooks['message.sent']['post']['requestBody']['content']['application/json']['event'];
// @ts-expect-error there is no such path
export const wrongPath = () => client.GET('/no-such-path');
// @ts-expect-error a name is a text
export const wrongBody = () => client.POST('/api-keys', { body: { name: 1 } });
`;
  await writeFile(join(consumer, file), source);
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
  await run(process.execPath, [join(MODULES, 'typescript/bin/tsc'), ...options, file], consumer);
});

it('holds what was built and nothing else, and says what is where', async () => {
  const installed = join(consumer, 'node_modules', NAME);
  const files = (await readdir(installed)).sort();
  expect(files.filter((name) => !/^LICEN[CS]E/.test(name))).toEqual(['README.md', 'dist', 'package.json']);
  const { exports, main, types } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
    exports: { '.': Readonly<Record<string, string>> };
    main: string;
    types: string;
  };
  const promised = [main, types, ...Object.values(exports['.'])];
  for (const path of promised) expect((await readFile(join(installed, path), 'utf8')).length).toBeGreaterThan(0);
  // No condition of its own: import and require get the same.
  expect(Object.keys(exports['.'])).toEqual(['types', 'default']);
  const built = await readdir(join(installed, 'dist'), { recursive: true });
  const maps = built.filter((name) => name.endsWith('.map'));
  expect(maps).toContain('index.js.map');
  for (const name of maps) {
    const map: unknown = JSON.parse(await readFile(join(installed, 'dist', name), 'utf8'));
    // The files that `sources` names are not in the package.
    expect(map).toMatchObject({ sources: [expect.any(String)], sourcesContent: [expect.any(String)] });
  }
});

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, generateSecret, sign } from '../../src/webhooks/delivery/signature';
import { waitFor } from '../support/wait-for';

jest.setTimeout(30_000);

// The programs of docs/verify.md, run as they stand there.
const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/verify.md'), 'utf8');
const PROGRAM = /<!-- program: (?<name>\S+)[^>]*-->\n\n```\w+\n(?<code>[\s\S]*?)```/g;
const programs = [...page.matchAll(PROGRAM)].map(({ groups }) => ({
  name: groups?.['name'] ?? '',
  code: groups?.['code'] ?? '',
}));

const hasPython = spawnSync('python3', ['-c', 'import cryptography']).status === 0;
const hasGo = spawnSync('go', ['version']).status === 0;

const secret = generateSecret();
const old = generateSecret();
const pair = generateKeyPair();
const body = '{"event":"message.received","timestamp":"2024-01-01T00:00:00.000Z","data":{"content":"ü 😀"}}';

let folder: string;
const running: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docs-verify-'));
  for (const { name, code } of programs) writeFileSync(join(folder, name), code);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'webhooks-module'), { recursive: true });
  for (const name of ['express', 'standardwebhooks'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  // What package.json names, without a build.
  const source = JSON.stringify(join(root, 'src/webhooks/verify.ts'));
  const exported = `exports.verifySignature = require(${source}).verifySignature;`;
  writeFileSync(join(modules, 'webhooks-module/verify.js'), exported);
  writeFileSync(
    join(modules, 'webhooks-module/package.json'),
    '{"name":"webhooks-module","exports":{"./verify":"./verify.js"}}',
  );
});
afterEach(() => running.splice(0).forEach((child) => child.kill()));
afterAll(() => rmSync(folder, { recursive: true }));

function commandOf(name: string): [string, string[]] {
  const file = join(folder, name);
  if (name.endsWith('.py')) return ['python3', [file]];
  if (!name.endsWith('.go')) return [process.execPath, ['-r', join(root, 'test/support/register-typescript.js'), file]];
  execFileSync('go', ['build', '-o', join(folder, 'receiver'), file], { cwd: folder });
  return [join(folder, 'receiver'), []];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program, and gives what sends to it, and what it has printed. */
async function start(name: string, secrets: readonly string[]) {
  const port = String(await freePort());
  const [command, args] = commandOf(name);
  const env = { PATH: process.env['PATH'], PORT: port, WEBHOOK_SECRETS: secrets.join(',') };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const send = async (headers: Record<string, string>, text = body) =>
    (await fetch(`http://127.0.0.1:${port}/hook`, { method: 'POST', headers, body: text })).status;
  await waitFor(`${name} listens: ${printed}`, () => send({}).catch(() => false));
  return { send, printed: () => printed };
}

const headersFor = (secrets: readonly string[], id = 'msg-1', at = Math.floor(Date.now() / 1_000)) => ({
  'content-type': 'application/json',
  'webhook-id': id,
  'webhook-timestamp': String(at),
  'webhook-signature': sign({ id, timestamp: at, body: Buffer.from(body), secrets }),
});

const cases = programs.map(({ name }) => {
  const isMissing = (name.endsWith('.py') && !hasPython) || (name.endsWith('.go') && !hasGo);
  if (isMissing) console.warn(`${name} of docs/verify.md is not run: there is no python3 with cryptography, or no go`);
  return { name, test: isMissing ? it.skip : it };
});

it('has a program for each way', () => {
  const names = ['helper.mjs', 'standardwebhooks.mjs', 'crypto.mjs', 'receiver.py', 'receiver.go'];
  expect(programs.map(({ name }) => name)).toEqual(names);
});

describe.each(cases)('$name', ({ name, test }) => {
  test('verifies v1, refuses what is not genuine, and processes a delivery once', async () => {
    const { send, printed } = await start(name, [secret]);
    const now = Math.floor(Date.now() / 1_000);
    expect(await send(headersFor([secret]))).toBe(204);
    expect(await send(headersFor([secret], 'msg-1', now + 1))).toBe(204);
    expect(await send(headersFor([secret]), `${body} `)).toBe(400);
    expect(await send(headersFor([old]))).toBe(400);
    expect(await send({ ...headersFor([secret]), 'webhook-id': 'msg-2' })).toBe(400);
    expect(await send(headersFor([secret], 'msg-3', now - 310))).toBe(400);
    expect(await send(headersFor([secret], 'msg-3', now + 310))).toBe(400);
    expect(await send({ ...headersFor([secret]), 'webhook-signature': 'v1,x v1, v2,AAAA' })).toBe(400);
    expect(printed().match(/processing .*/g)).toEqual(['processing message.received msg-1']);
  });

  test('[webhook 5] accepts both secrets of a rotation, in either order', async () => {
    const { send } = await start(name, [secret]);
    expect(await send(headersFor([secret, old]))).toBe(204);
    expect(await send(headersFor([old, secret], 'msg-2'))).toBe(204);
    const { send: sendToBoth } = await start(name, [old, secret]);
    expect(await sendToBoth(headersFor([secret]))).toBe(204);
    expect(await sendToBoth(headersFor([old], 'msg-2'))).toBe(204);
  });

  const both = name === 'standardwebhooks.mjs' ? it.skip : test;
  both('[webhook 8] verifies v1a', async () => {
    const { send, printed } = await start(name, [secret, pair.publicKey]);
    expect(await send(headersFor([pair.privateKey]))).toBe(204);
    expect(await send(headersFor([pair.privateKey]), `${body} `)).toBe(400);
    expect(await send(headersFor([generateKeyPair().privateKey]))).toBe(400);
    expect(await send(headersFor([generateKeyPair().privateKey, pair.privateKey], 'msg-2'))).toBe(204);
    const headers = headersFor([pair.privateKey], 'msg-3');
    expect(await send({ ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1a', 'v1') })).toBe(
      400,
    );
    expect(printed().match(/processing/g)).toHaveLength(2);
  });
});

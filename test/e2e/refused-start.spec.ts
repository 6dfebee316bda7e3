import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { call, createCustomer } from '../support/process-client';
import {
  endProcesses,
  freePort,
  launchService,
  makeDataDir,
  postgresOf,
  startService,
  whenReady,
} from '../support/process-service';

const OLD_NODE = join(__dirname, '../support/process-old-node.js');
const SECRET = 'hunter2-hunter2';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

afterEach(endProcesses);

type Environment = Readonly<Record<string, string>>;

/** Starts the service, which must refuse, and returns the lines it says so with; nothing may be left behind. */
async function refusal(env: Environment): Promise<string[]> {
  const dataDir = await makeDataDir();
  const { exited, output } = launchService({ DATA_DIR: dataDir, DATABASE_WAIT_MS: '0', ...env });
  expect(await exited).toEqual({ code: 1, signal: null });
  const { stdout, stderr } = output;
  expect(stdout).not.toMatch(/ready/);
  expect(stdout + stderr).not.toContain(SECRET);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(await leftBehind(dataDir)).toEqual([]);
  expect(stderr).toMatch(/\n$/);
  return stderr.slice(0, -1).split('\n');
}

/** Lock files in the data directory, and processes that were started for it. */
async function leftBehind(dataDir: string): Promise<string[]> {
  const files = await readdir(dataDir, { recursive: true });
  const locks = files.filter((name) => /(^owner\.json|^instance\.json|postmaster\.pid|\.tmp)$/.test(name));
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'args=']);
  return [...locks, ...stdout.split('\n').filter((args) => args.includes(dataDir))];
}

it('a port in use', async () => {
  const other = await occupyPort();
  const { port } = other.address() as AddressInfo;
  const lines = await refusal({ PORT: String(port) });
  other.close();
  expect(lines).toEqual([
    `Port ${port} on 127.0.0.1 is in use by another process: stop it, or set PORT to a free one.`,
  ]);
});

it('a port in use, on a database of the user’s own', async () => {
  const other = await occupyPort();
  const { port } = other.address() as AddressInfo;
  const lines = await refusal({ PORT: String(port), DATABASE_URL: database.url });
  other.close();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`Port ${port} on 127.0.0.1 is in use`);
});

it.each([
  ['no address', 'no.such.name.invalid', 'HOST no.such.name.invalid is not an address or a known name.'],
  ['an address of another machine', '192.0.2.1', 'HOST 192.0.2.1 is not an address of this machine.'],
])('a HOST that is %s', async (_, host, line) => {
  expect(await refusal({ HOST: host, DATABASE_URL: database.url })).toEqual([line]);
});

it('an old Node', async () => {
  expect(await refusal({ NODE_OPTIONS: `--require ${OLD_NODE}` })).toEqual([
    'Node 18.19.1 is too old: this service needs Node 20.19 or newer.',
  ]);
});

describe('a wrong DATABASE_URL:', () => {
  it('another scheme', async () => {
    const [title, line, ...others] = await refusal({ DATABASE_URL: `mysql://root:${SECRET}@localhost/x` });
    expect(others).toEqual([]);
    expect(title).toBe('The configuration cannot be used:');
    expect(line).toMatch(/^ {2}DATABASE_URL must start with postgres:\/\/ or postgresql:\/\/\. Example: /);
  });

  it('nobody listens', async () => {
    const port = await freePort();
    expect(await refusal({ DATABASE_URL: `postgresql://user:${SECRET}@127.0.0.1:${port}/x` })).toEqual([
      `No database accepts connections at 127.0.0.1:${port}: is PostgreSQL running there?`,
    ]);
  });

  it('an unknown host', async () => {
    expect(await refusal({ DATABASE_URL: `postgresql://user:${SECRET}@database.invalid/x` })).toEqual([
      'The database host "database.invalid" is not known: check the host in DATABASE_URL.',
    ]);
  });

  it('a wrong password', async () => {
    const url = new URL(database.url);
    url.password = SECRET;
    const { host, username } = url;
    expect(await refusal({ DATABASE_URL: url.href })).toEqual([
      `The database at ${host} refuses the user "${username}": check user and password.`,
    ]);
  });

  it('a database that is not there', async () => {
    const url = new URL(database.url);
    url.pathname = '/nowhere';
    expect(await refusal({ DATABASE_URL: url.href })).toEqual([
      `There is no database "nowhere" at ${url.host}: create it first.`,
    ]);
  });

  it('a wrong DATABASE_DIRECT_URL, though DATABASE_URL is right', async () => {
    const port = await freePort();
    const direct = `postgresql://user:${SECRET}@127.0.0.1:${port}/x`;
    expect(await refusal({ DATABASE_URL: database.url, DATABASE_DIRECT_URL: direct })).toEqual([
      `No database accepts connections at 127.0.0.1:${port}: is PostgreSQL running there?`,
    ]);
  });
});

describe('a wrong REDIS_URL:', () => {
  it('another scheme', async () => {
    const lines = await refusal({ REDIS_URL: `http://:${SECRET}@localhost:6379` });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^ {2}REDIS_URL must start with redis:\/\/ or rediss:\/\/\. Example: /);
  });

  it('nobody listens', async () => {
    const port = await freePort();
    const lines = await refusal({ REDIS_URL: `redis://:${SECRET}@127.0.0.1:${port}` });
    expect(lines).toEqual([
      `REDIS_URL: no usable Redis at 127.0.0.1:${port} (connect ECONNREFUSED 127.0.0.1:${port}). Is it running, and is the URL right?`,
    ]);
  });
});

it('several wrong settings: one line for each, and no value of a secret', async () => {
  const [title, ...lines] = await refusal({
    PORT: '99999',
    ROLE: 'both',
    WEBHOOK_ALLOWED_CIDRS: '10.0.0.0/40',
    SECRETS_KEY: SECRET,
    OPERATOR_TOKEN: SECRET,
    AUTH_JWT_SECRET: SECRET,
  });
  expect(title).toBe('The configuration cannot be used:');
  expect(lines.map((line) => line.trim().split(' ')[0])).toEqual([
    'ROLE',
    'PORT',
    'SECRETS_KEY',
    'AUTH_JWT_SECRET',
    'OPERATOR_TOKEN',
    'WEBHOOK_ALLOWED_CIDRS',
  ]);
});

it('production without what must not have a default there', async () => {
  const [title, ...lines] = await refusal({ NODE_ENV: 'production' });
  expect(title).toBe('The configuration cannot be used:');
  expect(lines).toEqual([
    expect.stringMatching(/^ {2}DATABASE_URL must be set when NODE_ENV=production: /),
    expect.stringMatching(/^ {2}SECRETS_KEY must be set when NODE_ENV=production\. /),
  ]);
});

it('a damaged file of secrets, which is not replaced', async () => {
  const env = { DATA_DIR: await makeDataDir() };
  await createCustomer(env);
  const file = join(env.DATA_DIR, 'secrets.json');
  await writeFile(file, '{');
  const { exited, output } = launchService(env);
  expect(await exited).toEqual({ code: 1, signal: null });
  expect(output.stderr).toMatch(/^The configuration cannot be used:\n {2}DATA_DIR has a [^\n]*secrets\.json[^\n]*\n$/);
  expect(await readFile(file, 'utf8')).toBe('{');
});

it('a second start while the first is alive, which is left alone', async () => {
  const env = { DATA_DIR: await makeDataDir() };
  const first = await startService(env);
  const { apiKey } = await createCustomer(env);
  const server = await postgresOf(env.DATA_DIR);
  const before = await fingerprint(env.DATA_DIR);

  const second = launchService(env);
  expect(await second.exited).toEqual({ code: 1, signal: null });
  expect(second.output).toEqual({
    stdout: '',
    stderr: `The data directory ${env.DATA_DIR} is in use by process ${first.pid}. Stop that process first, or give this one a directory of its own (DATA_DIR).\n`,
  });
  expect(await fingerprint(env.DATA_DIR)).toEqual(before);
  expect(await postgresOf(env.DATA_DIR)).toBe(server);
  expect(await call('GET', `${first.url}/me`, apiKey.key)).toMatchObject({ status: 200 });
});

it('several starts at once: one wins, the others name it', async () => {
  const env = { DATA_DIR: await makeDataDir() };
  const starts = Array.from({ length: 3 }, () => launchService(env));
  const winner = await Promise.any(starts.map(whenReady));
  const losers = starts.filter(({ pid }) => pid !== winner.pid);
  for (const { exited, output } of losers) {
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(output.stdout).toBe('');
    expect(output.stderr).toMatch(new RegExp(`^[^\\n]* is in use by process ${winner.pid}\\.[^\\n]*\\n$`));
  }
  expect(await call('GET', `${winner.url}/health/ready`)).toMatchObject({ status: 200 });
});

async function occupyPort(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The content of our own files, and PostgreSQL's pid file; what else it writes is its business. */
async function fingerprint(dataDir: string): Promise<Record<string, string>> {
  const names = (await readdir(dataDir, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const files = [...names.sort(), 'postgres/password', 'postgres/data/postmaster.pid', 'postgres/data/PG_VERSION'];
  const digests = files.map(async (name) => {
    const content = await readFile(join(dataDir, name));
    return [name, createHash('sha256').update(content).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

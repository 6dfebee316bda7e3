import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { acquireDataDir } from '../../../src/database/data-dir-lock';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/database/embedded-postgres';
import { pidExists } from '../../../src/database/process-identity';
import { readInstance } from '../../../src/database/running-instance';
import { runTypeScript } from '../../support/child';
import { waitFor } from '../../support/wait-for';

const program = join(__dirname, 'owner.program.ts');
const isRoot = process.getuid?.() === 0;

// Each start and stop is a process or two, and other suites run at the same time.
jest.setTimeout(30_000);

describe('the embedded PostgreSQL', () => {
  let parent: string;
  let dataDir: string;
  let warnings: string[];
  const running: EmbeddedPostgres[] = [];

  async function start(settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
    const logger = { log: () => undefined, warn: (message: string) => void warnings.push(message) };
    const postgres = await startEmbeddedPostgres({ dataDir, logger, settings });
    running.push(postgres);
    return postgres;
  }

  const inPostgres = (...names: string[]): string => join(dataDir, 'postgres', ...names);
  const serverPid = async (): Promise<number> =>
    Number((await readFile(inPostgres('data', 'postmaster.pid'), 'utf8')).split('\n')[0]);

  async function makeDirectory(): Promise<void> {
    parent = await mkdtemp(join(tmpdir(), 'webhooks-embedded-'));
    if (isRoot) await chmod(parent, 0o711);
    dataDir = join(parent, 'data');
    await mkdir(dataDir, { mode: 0o700 });
  }

  const stopAll = () => Promise.all(running.splice(0).map((postgres) => postgres.stop()));

  async function removeDirectory(): Promise<void> {
    await stopAll();
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  }

  beforeEach(() => {
    warnings = [];
  });

  // One directory for all of these: each leaves it usable, and none needs what another left.
  describe('on a directory of its own', () => {
    beforeAll(makeDirectory);
    afterEach(stopAll);
    afterAll(removeDirectory);

    it('is durable, for this machine only, and keeps its password to itself', async () => {
      const { url, stop } = await start();
      expect(url).toMatch(/^postgresql:\/\/postgres:[\w-]{32}@127\.0\.0\.1:\d+\/webhooks\?sslmode=disable$/);
      const settings = [
        'listen_addresses',
        'unix_socket_directories',
        'fsync',
        'synchronous_commit',
        'max_connections',
      ];
      const shown = await Promise.all(settings.map((name) => query(url, `SHOW ${name}`)));
      expect(shown.map(([row]) => Object.values(row ?? {})[0])).toEqual(['127.0.0.1', '', 'on', 'on', '200']);
      const encoding =
        'SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()';
      expect(await query(url, encoding)).toEqual([{ encoding: 'UTF8' }]);

      const { password } = new URL(url);
      expect((await stat(inPostgres('password'))).mode & 0o777).toBe(0o600);
      expect((await stat(inPostgres('data'))).mode & 0o777).toBe(0o700);
      expect((await stat(dataDir)).mode & 0o007).toBe(0);
      if (process.platform === 'linux') {
        expect(await readFile(`/proc/${await serverPid()}/cmdline`, 'utf8')).not.toContain(password);
        // The leader of a session of its own (field 6 of stat): the terminal's Ctrl-C does not reach it.
        const pid = await serverPid();
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
        expect(Number(stat.split(') ')[1]?.split(' ')[3])).toBe(pid);
      }
      const wrong = new URL(url);
      wrong.password = 'wrong';
      await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });

      await Promise.all([stop(), stop()]);
      await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      expect(warnings).toEqual([]);
    });

    it('keeps its data from start to start', async () => {
      const first = await start();
      await query(first.url, 'CREATE TABLE start_to_start AS SELECT 1 AS x');
      await first.stop();
      const second = await start();
      expect(await query(second.url, 'SELECT x FROM start_to_start')).toEqual([{ x: 1 }]);
      expect(await readdir(dataDir)).toContain('postgres');
    });

    it('takes over from a service that was killed with kill -9 and left its server running', async () => {
      const service = runTypeScript(program, dataDir, 'postgres');
      const { url, pid } = await service.next<{ url: string; pid: number }>();
      expect(await readInstance(dataDir)).toEqual({ pid, databaseUrl: url, port: 3000 });
      await query(url, 'CREATE TABLE killed AS SELECT 1 AS x');
      const orphan = await serverPid();
      await service.kill();
      expect(pidExists(orphan)).toBe(true);
      expect(await readInstance(dataDir)).toBeNull();

      const lock = await acquireDataDir(dataDir);
      const { url: newUrl } = await start();
      expect(await query(newUrl, 'SELECT x FROM killed')).toEqual([{ x: 1 }]);
      expect(await serverPid()).not.toBe(orphan);
      await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      expect(warnings).toEqual([expect.stringContaining(`process ${orphan}) was left running`)]);
      await lock.release();
    });

    it('starts when postmaster.pid names a process that is none of its business', async () => {
      await (await start()).stop();
      const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
      await writeFile(inPostgres('data', 'postmaster.pid'), `${bystander.pid}\n${inPostgres('data')}\n1\n5432\n`);
      const { url } = await start();
      expect(await query(url, 'SELECT 1 AS x')).toEqual([{ x: 1 }]);
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
      bystander.kill();
    });

    it('is started again, at the same address, when it dies by itself', async () => {
      const { url, stop } = await start();
      await query(url, 'CREATE TABLE crashed AS SELECT 1 AS x');
      process.kill(await serverPid(), 'SIGKILL');
      while (warnings.length === 0) await sleep(10);
      expect(warnings).toEqual([
        `The embedded PostgreSQL ended by itself and is started again; its log: ${inPostgres('server.log')}`,
      ]);
      const found = await waitFor('it answers again', () => query(url, 'SELECT x FROM crashed'));
      expect(found).toEqual([{ x: 1 }]);
      await stop();
      await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    });

    it('is not started again when it dies while it is being stopped, or was stopped', async () => {
      const { url, stop } = await start();
      const pid = await serverPid();
      process.kill(pid, 'SIGKILL');
      await stop();
      await sleep(500);
      await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    });

    it('passes on what PostgreSQL says when it cannot start', async () => {
      await (await start()).stop();
      await writeFile(inPostgres('data', 'PG_VERSION'), '12\n');
      await expect(start()).rejects.toThrow(/did not start: .*initialized by PostgreSQL version 12/);
      await writeFile(inPostgres('data', 'PG_VERSION'), '18\n');
    });

    it('says that the password is wrong at once', async () => {
      await (await start()).stop();
      const password = await readFile(inPostgres('password'), 'utf8');
      await writeFile(inPostgres('password'), 'wrong');
      await expect(start()).rejects.toThrow('refuses the connection: password authentication failed for user');
      await writeFile(inPostgres('password'), password);
      await (await start()).stop();
    });

    it('says what to do when the password is gone', async () => {
      await (await start()).stop();
      const password = await readFile(inPostgres('password'), 'utf8');
      await rm(inPostgres('password'));
      await expect(start()).rejects.toThrow(`password of the embedded PostgreSQL is gone (${inPostgres('password')})`);
      await writeFile(inPostgres('password'), password);
    });
  });

  describe('on a fresh directory', () => {
    beforeEach(makeDirectory);
    afterEach(removeDirectory);

    it.each([100, 300])('starts after its first start was killed after %i ms', async (ms) => {
      const service = runTypeScript(program, dataDir, 'postgres');
      while (!existsSync(join(dataDir, 'owner.json'))) await sleep(5);
      await sleep(ms);
      await service.kill();
      const lock = await acquireDataDir(dataDir);
      const { url } = await start({ fsync: 'off' });
      expect(await query(url, 'SELECT 1 AS x')).toEqual([{ x: 1 }]);
      expect((await readdir(dataDir)).sort()).toEqual(['owner.json', 'postgres']);
      await lock.release();
    });

    it('starts beside a half-made directory, and keeps what it does not know', async () => {
      await mkdir(join(dataDir, 'postgres.init-x', 'data', 'base'), { recursive: true });
      await writeFile(join(dataDir, 'postgres.init-x', 'data', 'PG_VERSION'), '18\n');
      await mkdir(inPostgres('data'), { recursive: true });
      await writeFile(inPostgres('data', 'something'), 'dear to somebody');
      const { url } = await start({ fsync: 'off' });
      expect(await query(url, 'SELECT 1 AS x')).toEqual([{ x: 1 }]);
      const names = (await readdir(dataDir)).sort();
      expect(names).toEqual(['postgres', expect.stringMatching(/^postgres\.unusable-\d+$/)]);
      expect(existsSync(join(dataDir, names[1]!, 'data', 'something'))).toBe(true);
      expect(warnings).toEqual([expect.stringContaining('is not a complete PostgreSQL directory')]);
    });

    (isRoot ? it : it.skip)('as root, says which directory its user cannot pass', async () => {
      await chmod(parent, 0o700);
      await expect(start()).rejects.toThrow(`cannot pass through ${parent} to ${dataDir}: run "chmod o+x ${parent}"`);
      expect(await readdir(dataDir)).toEqual([]);
    });
  });
});

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

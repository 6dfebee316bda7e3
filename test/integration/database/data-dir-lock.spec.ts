import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireDataDir, DataDirInUseError } from '../../../src/database/data-dir-lock';
import { publishInstance, readInstance, withdrawInstance } from '../../../src/database/running-instance';
import { runTypeScript, type Child } from '../../support/child';

const program = join(__dirname, 'owner.program.ts');

describe('the data directory', () => {
  let parent: string;
  let dataDir: string;
  const children: Child[] = [];

  function owner(): Child {
    const child = runTypeScript(program, dataDir);
    children.push(child);
    return child;
  }

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'webhooks-lock-'));
    dataDir = join(parent, 'data');
  });

  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()));
    await rm(parent, { recursive: true, force: true });
  });

  it('is made for its owner only, given back, and taken again', async () => {
    const lock = await acquireDataDir(dataDir);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dataDir, 'owner.json'))).mode & 0o777).toBe(0o600);
    await lock.release();
    await lock.release();
    expect(await readdir(dataDir)).toEqual([]);
    await (await acquireDataDir(dataDir)).release();
  });

  it('has one owner: the second is told which process it is, and changes nothing', async () => {
    const { pid } = await owner().next<{ pid: number }>();
    const before = await readFile(join(dataDir, 'owner.json'), 'utf8');

    const attempt = acquireDataDir(dataDir);
    await expect(attempt).rejects.toBeInstanceOf(DataDirInUseError);
    await expect(attempt).rejects.toMatchObject({ pid, dataDir });
    await expect(attempt).rejects.toThrow(`${dataDir} is in use by process ${pid}. Stop that process first`);

    expect(await readdir(dataDir)).toEqual(['owner.json']);
    expect(await readFile(join(dataDir, 'owner.json'), 'utf8')).toBe(before);
  });

  it('is taken over from a process that was killed', async () => {
    const child = owner();
    await child.next();
    await child.kill();
    const lock = await acquireDataDir(dataDir);
    expect(await readdir(dataDir)).toEqual(['owner.json']);
    await lock.release();
  });

  it('is taken over when the dead owner’s pid belongs to another process today', async () => {
    await (await acquireDataDir(dataDir)).release();
    const stale = { pid: process.pid, startedAt: 'an earlier boot/1', token: 'x' };
    await writeFile(join(dataDir, 'owner.json'), JSON.stringify(stale));
    await (await acquireDataDir(dataDir)).release();
  });

  it.each(['', 'not JSON', '{"pid":1}'])('is taken over from an owner file that says %j', async (content) => {
    await (await acquireDataDir(dataDir)).release();
    await writeFile(join(dataDir, 'owner.json'), content);
    await (await acquireDataDir(dataDir)).release();
  });

  it('has one winner among processes that take it over at once', async () => {
    const first = owner();
    await first.next();
    await first.kill();

    const results = await Promise.all([owner(), owner(), owner()].map((child) => child.next<Result>()));
    const winners = results.filter((result) => result.pid !== undefined);
    const losers = results.filter((result) => result.error !== undefined);
    expect(winners).toHaveLength(1);
    expect(losers.map(({ error }) => error)).toEqual(['DataDirInUseError', 'DataDirInUseError']);
    expect(losers[0]?.message).toContain(`in use by process ${winners[0]?.pid}`);
    expect(await readdir(dataDir)).toEqual(['owner.json']);
  });

  it('has one winner also when the takeovers interleave in every way', async () => {
    for (let round = 0; round < 20; round += 1) {
      await rm(dataDir, { recursive: true, force: true });
      await (await acquireDataDir(dataDir)).release();
      await writeFile(join(dataDir, 'owner.json'), JSON.stringify({ pid: 2 ** 30, startedAt: '' }));
      const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => acquireDataDir(dataDir)));
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('leaves a successor alone when it is released late', async () => {
    const lock = await acquireDataDir(dataDir);
    await writeFile(join(dataDir, 'owner.json'), 'the successor');
    await lock.release();
    expect(existsSync(join(dataDir, 'owner.json'))).toBe(true);
  });
});

describe('the running instance', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'webhooks-instance-'));
  });

  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('is found, by its owner only, until it is withdrawn', async () => {
    expect(await readInstance(dataDir)).toBeNull();
    const instance = { pid: process.pid, databaseUrl: 'postgresql://u:p@127.0.0.1:1/x' };
    await publishInstance(dataDir, { ...instance, port: 3000 });
    expect(await readInstance(dataDir)).toEqual({ ...instance, port: 3000 });
    expect((await stat(join(dataDir, 'instance.json'))).mode & 0o777).toBe(0o600);
    await publishInstance(dataDir, instance);
    expect(await readInstance(dataDir)).toEqual(instance);
    await withdrawInstance(dataDir);
    await withdrawInstance(dataDir);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it.each(['', 'null', '[]', '{"pid":"1"}'])('is none when the file says %j', async (content) => {
    await writeFile(join(dataDir, 'instance.json'), content);
    expect(await readInstance(dataDir)).toBeNull();
  });

  it('is none when the process is gone', async () => {
    const gone = { pid: process.pid, databaseUrl: 'postgresql://x', startedAt: 'an earlier boot/1' };
    await writeFile(join(dataDir, 'instance.json'), JSON.stringify(gone));
    expect(await readInstance(dataDir)).toBeNull();
    await withdrawInstance(dataDir);
    expect(await readdir(dataDir)).toEqual([]);
  });
});

interface Result {
  pid?: number;
  error?: string;
  message?: string;
}

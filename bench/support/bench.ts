import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client, Pool } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres';
import { acquireDataDir } from '../../src/database/data-dir-lock';
import { findRedis, type TestRedis } from '../../test/support/redis';
import type { CeilingCommands } from '../programs/ceiling.program';
import type { HostCommands } from '../programs/host.program';
import type { ReceiverCommands } from '../programs/receiver.program';
import { startChild, type Child, type Commands } from './children';
import { processorTimeOfFamily } from './processor-time';
import { mean } from './statistics';

/** A database of a case's own. */
export interface Database {
  url: string;
  sql: <Row>(text: string, ...values: unknown[]) => Promise<Row[]>;
}

/** What a case has at hand: databases, queues, processes, the receiver, and the ceiling of this run. */
export class Bench {
  private readonly children: { stop(): Promise<void> }[] = [];
  private readonly pools: Pool[] = [];
  private postgres: Promise<EmbeddedPostgres> | undefined;
  private redis: Promise<TestRedis | null> | undefined;
  private receiver: Promise<{ process: Child<ReceiverCommands>; url: string }> | undefined;
  private readonly ceilings: { perSecond: number; microseconds: number }[] = [];
  private logs = 0;

  private constructor(
    private readonly folder: string,
    /** Whether figures may be rough: smaller numbers, shorter times. */
    readonly isQuick: boolean,
    /** The checkout whose build is measured. */
    readonly checkout: string,
    readonly say: (text: string) => void,
    /** Where CPU profiles of the measured application are written. */
    private readonly profiles: string | undefined,
  ) {}

  static async open(options: {
    isQuick: boolean;
    checkout: string;
    say: (text: string) => void;
    profiles: string | undefined;
  }): Promise<Bench> {
    const folder = await mkdtemp(join(tmpdir(), 'webhooks-bench-'));
    // Where PostgreSQL runs as a user of its own, it has to get through.
    await chmod(folder, 0o711);
    return new Bench(folder, options.isQuick, options.checkout, options.say, options.profiles);
  }

  /** Ends everything that was started. */
  async close(): Promise<void> {
    for (const child of this.children.reverse()) await child.stop();
    await Promise.all(this.pools.map((pool) => pool.end()));
    await (await this.postgres?.catch(() => undefined))?.stop();
    await (await this.redis?.catch(() => undefined))?.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The full number, or the rough one of a quick run. */
  size(full: number, quick: number): number {
    return this.isQuick ? quick : full;
  }

  /** A file for what a process writes: the service's log is written for real. */
  newLogFile(): string {
    return join(this.folder, `log-${(this.logs += 1)}`);
  }

  /** The environment that points programs at the checkout to be measured. */
  get env(): NodeJS.ProcessEnv {
    return { BENCH_CHECKOUT: this.checkout };
  }

  /** Starts a program of `bench/`, which ends with the case that started it. */
  start<Known extends Commands>(program: string, env: NodeJS.ProcessEnv = {}, execArgv: string[] = []): Child<Known> {
    const child = startChild<Known>(program, { logFile: this.newLogFile(), env: { ...this.env, ...env }, execArgv });
    this.children.push(child);
    return child;
  }

  /** Whatever else has to end with the case. */
  endsWithCase(child: { stop(): Promise<void> }): void {
    this.children.push(child);
  }

  /** Ends what the last case started, except what all cases share. */
  async endCase(): Promise<void> {
    const shared = (await this.receiver)?.process;
    for (const child of this.children.splice(0).reverse()) {
      if (child === shared) this.children.push(child);
      else await child.stop();
    }
  }

  /** An empty database on the embedded PostgreSQL, with its settings as shipped: fsync and synchronous_commit are on. */
  async database(): Promise<Database> {
    this.postgres ??= this.startPostgres();
    const { url } = await this.postgres;
    const name = `bench_${randomBytes(6).toString('hex')}`;
    const admin = new Client({ connectionString: url });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    const own = new URL(url);
    own.pathname = `/${name}`;
    const pool = new Pool({ connectionString: own.href, max: 2 });
    pool.on('error', () => undefined);
    this.pools.push(pool);
    return {
      url: own.href,
      sql: async <Row>(text: string, ...values: unknown[]) => (await pool.query(text, values)).rows as Row[],
    };
  }

  /** Where there is a Redis: REDIS_URL, or a redis-server program; else null. It is emptied. */
  async redisUrl(): Promise<string | null> {
    const url = await this.redisUrlAsIs();
    // One that somebody lent us may hold more than ours.
    if (url === null || process.env['REDIS_URL'] !== undefined) return url;
    const client = new Redis(url);
    await client.flushall();
    client.disconnect();
    return url;
  }

  private async redisUrlAsIs(): Promise<string | null> {
    this.redis ??= findRedis();
    return (await this.redis)?.url ?? null;
  }

  /** The receiver, in a process of its own, with its counters at 0. */
  async receiverAt(
    path: 'ok' | 'timed' | 'slow' | 'hang',
  ): Promise<{ receiver: Child<ReceiverCommands>; url: string }> {
    this.receiver ??= this.startReceiver();
    const { process: receiver, url } = await this.receiver;
    await receiver.ask('reset', null);
    return { receiver, url: `${url}/${path}` };
  }

  /** An application that imports the module, as built. */
  async host(start: {
    databaseUrl: string;
    redisUrl?: string | undefined;
    role: 'all' | 'api' | 'publisher';
    leaseMs?: number;
  }): Promise<Child<HostCommands>> {
    const profiling = this.profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${this.profiles}`];
    const host = this.start<HostCommands>('programs/host.program.ts', {}, profiling);
    await host.ask('start', start);
    return host;
  }

  /** Microseconds of processor time that PostgreSQL has used, all of its processes together; 0 where nobody tells. */
  async postgresTime(): Promise<number> {
    const pidFile = join(this.folder, 'data/postgres/data/postmaster.pid');
    const [pid = ''] = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
    return processorTimeOfFamily(Number(pid));
  }

  /** The same of Redis. */
  async redisTime(): Promise<number> {
    const url = await this.redisUrlAsIs();
    if (url === null) return 0;
    const client = new Redis(url);
    const info = await client.info('cpu');
    client.disconnect();
    return [...info.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)].reduce((sum, [, s]) => sum + Number(s) * 1e6, 0);
  }

  /** Requests per second of the bare axios loop: the mean of what was measured in this run, now once more. */
  async measureCeiling(): Promise<void> {
    const { url } = await this.receiverAt('ok');
    const loop = this.start<CeilingCommands>('programs/ceiling.program.ts');
    this.ceilings.push(await loop.ask('run', { url, milliseconds: this.size(4_000, 500) }));
    await loop.stop();
  }

  get ceiling(): number {
    return mean(this.ceilings.map(({ perSecond }) => perSecond));
  }

  /** Microseconds of processor time that the bare axios loop takes for a request. */
  get ceilingMicroseconds(): number {
    return mean(this.ceilings.map(({ microseconds }) => microseconds));
  }

  private async startPostgres(): Promise<EmbeddedPostgres> {
    this.say('starting PostgreSQL');
    const lock = await acquireDataDir(join(this.folder, 'data'));
    const postgres = await startEmbeddedPostgres({
      dataDir: join(this.folder, 'data'),
      logger: { log: () => undefined, warn: this.say },
    });
    return {
      url: postgres.url,
      stop: async () => {
        await postgres.stop();
        await lock.release();
      },
    };
  }

  private async startReceiver(): Promise<{ process: Child<ReceiverCommands>; url: string }> {
    const receiver = this.start<ReceiverCommands>('programs/receiver.program.ts');
    const port = await receiver.ask('listen', null);
    return { process: receiver, url: `http://127.0.0.1:${port}` };
  }
}

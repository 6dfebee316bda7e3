import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../private-file';
import { EmbeddedPostgresError, type Binaries } from './binaries';
import type { Cluster } from './cluster';
import { withSuperuser } from './connection';
import { cannotStart, PROGRAM_CWD, PROGRAM_ENV, type SystemUser } from './run';

/** Long enough to recover from the log after a power cut. */
const START_TIMEOUT_MS = 120_000;
const POLL_MS = 25;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const ATTEMPTS = 4;

/** Failures that pass: the port was taken meanwhile, or the processes of a killed server are not all gone yet. */
const PASSING = /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block|lock file/;

/** What a server says that is on its way: nothing listens, or it is starting up (57P03), perhaps recovering. */
const NOT_YET = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', '57P03'];

/** A server that accepts connections. */
export interface Server {
  port: number;
  process: ChildProcess;
}

/**
 * The server's settings. It is as durable as PostgreSQL is: emits that were answered survive a power cut.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Short statements only: compiling them or spreading them over processes costs more than it gives.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
};

/**
 * Starts the server on a cluster and waits until it answers.
 *
 * @param settings more settings of postgresql.conf, or other values for ours.
 * @param samePort of the server that it takes the place of; otherwise it gets a free one.
 * @throws EmbeddedPostgresError with the server's own words when it does not start.
 */
export async function startServer(
  cluster: Cluster,
  binaries: Binaries,
  user: SystemUser | undefined,
  settings: Readonly<Record<string, string>> = {},
  samePort?: number,
): Promise<Server> {
  await rotateLog(cluster.logFile);
  for (let attempt = 1; ; attempt += 1) {
    const port = samePort ?? (await freePort());
    const logStart = await sizeOf(cluster.logFile);
    const child = await launch(cluster, binaries, user, { ...SETTINGS, ...settings, port: String(port) });
    if (await becomesReady(child, port, cluster.password)) return { port, process: child };
    const words = await complaintsSince(cluster.logFile, logStart);
    if (attempt === ATTEMPTS || !PASSING.test(words)) {
      throw new EmbeddedPostgresError(`The embedded PostgreSQL did not start: ${words || `see ${cluster.logFile}`}`);
    }
    await sleep(500);
  }
}

/** In a session of its own (`detached`), so that the terminal's Ctrl-C reaches us and not the server. */
function launch(
  cluster: Cluster,
  binaries: Binaries,
  user: SystemUser | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(cluster.logFile, 'a', 0o600);
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.postgres, ['-D', cluster.pgData, ...flags], {
      detached: true,
      stdio: ['ignore', log, log],
      env: PROGRAM_ENV,
      cwd: PROGRAM_CWD,
      windowsHide: true,
      ...user,
    });
    closeSync(log);
    child.once('error', (error) => reject(cannotStart(binaries.postgres, error)));
    child.once('spawn', () => {
      // The service may end without waiting for the server; the next start cleans up.
      child.unref();
      resolve(child);
    });
  });
}

/**
 * True once it answers, false when it ends instead.
 *
 * @throws EmbeddedPostgresError when it runs but does not let us in, or takes too long. It is stopped then.
 */
async function becomesReady(child: ChildProcess, port: number, password: string): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    await sleep(POLL_MS);
    const refusal = await refusalOf(port, password);
    if (child.exitCode !== null || child.signalCode !== null) return false;
    if (refusal === null) return true;
    // pg's own words for a connection that broke or took long carry no code.
    const mayPass = !('code' in refusal) || hasCode(refusal, ...NOT_YET);
    if (mayPass && Date.now() < deadline) continue;
    child.kill('SIGQUIT');
    throw new EmbeddedPostgresError(`The embedded PostgreSQL refuses the connection: ${refusal.message}`);
  }
}

/** Null when a connection succeeds, otherwise why it does not. */
async function refusalOf(port: number, password: string): Promise<Error | null> {
  return withSuperuser(port, password, () => Promise.resolve(null)).catch((error: unknown) => error as Error);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function rotateLog(file: string): Promise<void> {
  if ((await sizeOf(file)) > LOG_LIMIT_BYTES) await rename(file, `${file}.1`);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

/** What the server had to say since `offset`, as one line, without the time stamps. */
async function complaintsSince(file: string, offset: number): Promise<string> {
  const log = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await log.read(Buffer.alloc(16_384), 0, 16_384, offset);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    const telling = lines.filter((line) => /(FATAL|PANIC|ERROR|DETAIL|HINT|error while loading)/.test(line));
    const words = telling.map((line) => line.replace(/^[-\d: .]+UTC \[\d+\] /, '').trim());
    return [...new Set(words)].slice(0, 5).join(' ');
  } finally {
    await log.close();
  }
}

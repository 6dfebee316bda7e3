import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A Redis for tests. */
export interface TestRedis {
  readonly url: string;
  /** Stops it if these tests started it. */
  stop(): Promise<void>;
}

/**
 * The Redis of REDIS_URL, else a `redis-server` program from PATH, started on a free port with nothing kept; null when
 * there is neither, so that a suite can say that it skips its Redis half.
 *
 * @throws when the Redis that is there does not answer within `waitMs`
 */
export async function findRedis(waitMs = 10_000): Promise<TestRedis | null> {
  const given = process.env['REDIS_URL'];
  if (given) {
    await waitUntilReady(given, waitMs);
    return { url: given, stop: () => Promise.resolve() };
  }
  return startRedis({ waitMs });
}

/**
 * Starts a `redis-server` program from PATH with nothing in it, by default on a free port; null when there is none.
 *
 * @throws when it does not answer within `waitMs`
 */
export async function startRedis({
  waitMs = 10_000,
  port: wanted,
}: { waitMs?: number; port?: number } = {}): Promise<TestRedis | null> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = wanted ?? (await freePort());
  const server = spawn('redis-server', redisArguments(port, folder), { stdio: 'ignore', env: process.env });
  const stop = async (): Promise<void> => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await once(server, 'spawn');
  } catch {
    await rm(folder, { recursive: true, force: true });
    return null;
  }
  try {
    const url = `redis://127.0.0.1:${port}`;
    await waitUntilReady(url, waitMs);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function redisArguments(port: number, folder: string): string[] {
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    // What BullMQ demands: a full Redis has to refuse jobs, not forget them.
    'maxmemory-policy': 'noeviction',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

async function waitUntilReady(url: string, waitMs: number): Promise<void> {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50, disconnectTimeout: 100 });
  let problem = 'no connection';
  client.on('error', (error) => (problem = error.message));
  const answer = client.ping().catch((error: unknown) => String(error));
  try {
    const late = sleep(waitMs, null, { ref: false });
    const first = await Promise.race([answer, late]);
    if (first !== 'PONG') throw new Error(`No answer from Redis at ${new URL(url).host}: ${first ?? problem}`);
  } finally {
    client.disconnect();
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

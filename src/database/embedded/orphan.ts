import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../logger';
import { readIfPresent } from '../private-file';
import { commandLineOf, pidExists } from '../process-identity';
import { EmbeddedPostgresError, type Binaries } from './binaries';
import type { Cluster } from './cluster';
import { withSuperuser } from './connection';
import { run, type SystemUser } from './run';

/** How long each way of stopping the server is given, in seconds. */
const STOP_TIMEOUT_S = 10;

/**
 * Makes way for a new server on the cluster: PostgreSQL outlives a service that was killed. A server that is left
 * over is stopped; a postmaster.pid whose pid is nowadays somebody else's, which would keep PostgreSQL from
 * starting, is removed. The caller holds the data directory, so no live service uses that server.
 *
 * @throws EmbeddedPostgresError when the server left over does not stop.
 */
export async function stopOrphan(
  cluster: Cluster,
  binaries: Binaries,
  user: SystemUser | undefined,
  logger: Logger,
): Promise<void> {
  const pidFile = join(cluster.pgData, 'postmaster.pid');
  const left = parsePostmasterPid((await readIfPresent(pidFile)) ?? '');
  if (left && pidExists(left.pid) && (await isServerOf(cluster, left))) {
    logger.warn(`PostgreSQL (process ${left.pid}) was left running by a service that was killed: stopping it`);
    await stopServer(cluster.pgData, binaries, user);
    return;
  }
  await rm(pidFile, { force: true });
}

/**
 * Stops the server on a data directory and waits for it: "fast" (roll back what is open, write everything), and
 * if that takes over 10 s "immediate" (the next start recovers from the log).
 *
 * @throws EmbeddedPostgresError when it is still there after that.
 */
export async function stopServer(pgData: string, binaries: Binaries, user: SystemUser | undefined): Promise<void> {
  let output = '';
  for (const mode of ['fast', 'immediate']) {
    const args = ['stop', '-D', pgData, '-m', mode, '-w', '-t', String(STOP_TIMEOUT_S), '-s'];
    const result = await run(binaries.pgCtl, args, user);
    // A server that is gone before pg_ctl looks makes it fail, and is what was asked for.
    if (result.code === 0 || (await readIfPresent(join(pgData, 'postmaster.pid'))) === null) return;
    output = result.output;
  }
  throw new EmbeddedPostgresError(`The PostgreSQL server on ${pgData} does not stop: ${output.split('\n').join(' ')}`);
}

/** Line 1 of postmaster.pid is the server's pid, line 4 its port (0 while it starts). Null when it is not that. */
export function parsePostmasterPid(content: string): { pid: number; port: number } | null {
  const lines = content.split('\n');
  const pid = Number(lines[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, port: Number(lines[3] ?? 0) || 0 } : null;
}

/** Whether this process is a PostgreSQL server on this very directory, by its command line or by its own word. */
async function isServerOf(cluster: Cluster, left: { pid: number; port: number }): Promise<boolean> {
  const commandLine = await commandLineOf(left.pid);
  if (commandLine !== null && commandLine.includes('postgres') && commandLine.includes(cluster.pgData)) return true;
  // Started by hand, or under another path of the same directory.
  if (left.port === 0) return false;
  const told = await dataDirectoryAt(left.port, cluster.password);
  return told !== null && (await realpath(cluster.pgData)) === told;
}

async function dataDirectoryAt(port: number, password: string): Promise<string | null> {
  try {
    const { rows } = await withSuperuser(port, password, (client) =>
      client.query<{ data_directory: string }>('SHOW data_directory'),
    );
    return rows[0] ? await realpath(rows[0].data_directory) : null;
  } catch {
    return null;
  }
}

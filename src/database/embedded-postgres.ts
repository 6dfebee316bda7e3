import { dirname, resolve } from 'node:path';
import { findBinaries } from './embedded/binaries';
import { openCluster, SUPERUSER, type Cluster } from './embedded/cluster';
import { withSuperuser } from './embedded/connection';
import { stopOrphan, stopServer } from './embedded/orphan';
import { startServer, type Server } from './embedded/server';
import { superviseServer } from './embedded/supervisor';
import { assertReachable, letThrough, serverUser } from './embedded/system-user';
import type { Logger } from './logger';

export { EmbeddedPostgresError } from './embedded/binaries';

const DATABASE = 'webhooks';

export interface EmbeddedPostgresOptions {
  /** The data directory, which is there already; the caller holds it (see `acquireDataDir`). */
  dataDir: string;
  logger: Logger;
  /** More settings of postgresql.conf, by name. Tests turn `fsync` off. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** `postgresql://…`, password included: not for logs. */
  readonly url: string;
  /** Stops the server and waits until it has (at worst 20 s). Calling it again waits for the same. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of our own, from npm packages, with its files in `<dataDir>/postgres`: on 127.0.0.1 only, on a
 * free port, with a random password. The first start makes the files. A server left running by a service that was
 * killed is stopped first; one that ends by itself is started again.
 *
 * The server is not stopped by signals to this process, so that deliveries under way can still be written: call
 * `stop()` last.
 *
 * @throws EmbeddedPostgresError with one line that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { logger, settings } = options;
  const dataDir = resolve(options.dataDir);
  const binaries = await findBinaries();
  const user = await serverUser(logger);
  if (user) {
    await letThrough(dataDir, user);
    await assertReachable(dataDir, user);
    await assertReachable(dirname(binaries.postgres), user);
  }
  const cluster = await openCluster({ dataDir, binaries, user, logger, isDurable: settings?.['fsync'] !== 'off' });
  await stopOrphan(cluster, binaries, user, logger);
  const server = await startServer(cluster, binaries, user, settings);
  const stop = superviseServer(server, {
    restart: () => startServer(cluster, binaries, user, settings, server.port),
    stop: () => stopServer(cluster.pgData, binaries, user),
    logger,
    logFile: cluster.logFile,
  });
  try {
    await createDatabase(server, cluster);
  } catch (error) {
    await stop();
    throw error;
  }
  // sslmode: the server has no TLS, and a PGSSLMODE in the environment would ask for it.
  const url = `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${server.port}/${DATABASE}?sslmode=disable`;
  return { url, stop };
}

async function createDatabase(server: Server, cluster: Cluster): Promise<void> {
  await withSuperuser(server.port, cluster.password, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE "${DATABASE}"`);
  });
}

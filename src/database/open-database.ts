import { resolve } from 'node:path';
import { acquireDataDir } from './data-dir-lock';
import { lacksCluster } from './embedded/cluster';
import { startEmbeddedPostgres } from './embedded-postgres';
import type { Logger } from './logger';
import { publishInstance, withdrawInstance } from './running-instance';
import { DatabaseConnectionError, waitForDatabase } from './wait-for-database';

/** A database that answers. */
export interface OpenDatabase {
  url: string;
  directUrl: string;
  /** Whether it is the embedded one, which ends with this process. */
  isEmbedded: boolean;
  /** Leaves word for the command line of where the service runs; nothing for a database of the user's own. */
  announce(port: number | undefined): Promise<void>;
  close(): Promise<void>;
}

/** Which database to open. */
export interface DatabaseChoice {
  /** Undefined: the embedded one, under `dataDir`. */
  url: string | undefined;
  directUrl: string | undefined;
  /** How long a database of the user's own may take to answer. */
  waitMs: number;
  dataDir: string;
}

/**
 * Opens the user's PostgreSQL, or starts the embedded one.
 * @throws DatabaseConnectionError, DataDirInUseError, EmbeddedPostgresError: each says in one line what to do
 */
export async function openDatabase(choice: DatabaseChoice, logger: Logger): Promise<OpenDatabase> {
  return choice.url === undefined ? openEmbedded(choice.dataDir, logger) : openOwn(choice.url, choice);
}

/**
 * Checks that opening the database would not make an embedded one. Changes nothing.
 * @throws DatabaseConnectionError
 */
export async function assertDatabaseExists({ url, dataDir }: Pick<DatabaseChoice, 'url' | 'dataDir'>): Promise<void> {
  if (url !== undefined || !(await lacksCluster(dataDir))) return;
  throw new DatabaseConnectionError(
    'no-such-database',
    `There is no embedded database in ${resolve(dataDir)}: set DATABASE_URL or DATA_DIR as the service has it, or start the service once.`,
  );
}

async function openOwn(url: string, { directUrl = url, waitMs }: DatabaseChoice): Promise<OpenDatabase> {
  await waitForDatabase(directUrl, { timeoutMs: waitMs });
  const nothing = (): Promise<void> => Promise.resolve();
  return { url, directUrl, isEmbedded: false, announce: nothing, close: nothing };
}

async function openEmbedded(dataDir: string, logger: Logger): Promise<OpenDatabase> {
  const lock = await acquireDataDir(dataDir);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, logger });
    const { url } = postgres;
    return {
      url,
      directUrl: url,
      isEmbedded: true,
      announce: (port) =>
        publishInstance(dataDir, { pid: process.pid, databaseUrl: url, ...(port === undefined ? {} : { port }) }),
      close: async () => {
        await withdrawInstance(dataDir);
        await postgres.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { startEmbeddedPostgres } from '../../../src/database/embedded-postgres';
import { findBinaries } from '../../../src/database/embedded/binaries';
import { run } from '../../../src/database/embedded/run';
import { serverUser } from '../../../src/database/embedded/system-user';

/** How a PostgreSQL goes down: in good order, as in a crash, or its main process alone killed with SIGKILL. */
export type Ending = 'fast' | 'immediate' | 'kill -9';

/** The PostgreSQL of a scenario: as durable as the product's own, and restarted at will on the same port. */
export interface ChaosPostgres {
  readonly url: string;
  stop(how: Ending): Promise<void>;
  start(): Promise<void>;
  answers(): Promise<boolean>;
  /** Changes a setting of the server, also where the server says that it is read-only. */
  alterSystem(name: string, value: string): Promise<void>;
  sql<Row extends QueryResultRow>(text: string, ...values: unknown[]): Promise<Row[]>;
}

const quiet = { log: () => undefined, warn: () => undefined };

/** Starts one in a directory that is there. Whoever made the directory ends it. */
export async function startPostgres(dataDir: string, settings: Record<string, string> = {}): Promise<ChaosPostgres> {
  const { url, stop } = await startEmbeddedPostgres({ dataDir, logger: quiet, settings });
  // The product starts its PostgreSQL again when it ends: from here on this file alone does.
  await stop();
  const { pgCtl } = await findBinaries();
  const user = await serverUser(quiet);
  const pgData = join(dataDir, 'postgres/data');
  const control = async (...args: string[]): Promise<void> => {
    const { code, output } = await run(pgCtl, [...args, '-D', pgData, '-w', '-s'], user);
    if (code !== 0) throw new Error(`pg_ctl ${args.join(' ')}: ${output}`);
  };
  const start = (): Promise<void> => control('restart', '-m', 'fast', '-l', '/dev/null');
  await start();
  return {
    url,
    stop: async (how) => {
      if (how !== 'kill -9') return control('stop', '-m', how);
      const pidFile = join(pgData, 'postmaster.pid');
      process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGKILL');
      // In a container that reaps no orphans the dead process keeps its pid, and pg_ctl would wait for it.
      await rm(pidFile);
    },
    // It takes the options of the last start, the port among them; a server that is gone already is no error.
    start,
    answers: () =>
      query(url, 'SELECT 1', []).then(
        () => true,
        () => false,
      ),
    alterSystem: async (name, value) => {
      await query(url, 'SET default_transaction_read_only = off', [], `ALTER SYSTEM SET ${name} = ${value}`);
      await query(url, 'SELECT pg_reload_conf()', []);
    },
    sql: (text, ...values) => query(url, text, values),
  };
}

/** Runs a statement, and perhaps another one on the same connection. @returns the first one's rows */
async function query<Row extends QueryResultRow>(
  url: string,
  text: string,
  values: unknown[],
  then?: string,
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Row>(text, values);
    if (then !== undefined) await client.query(then);
    return rows;
  } finally {
    await client.end();
  }
}

import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CompleteConfig } from '../config/config.types';
import { completeSecrets } from '../config/development-secrets';
import { readEnvironment } from '../config/environment';
import { loadConfig } from '../config/load-config';
import { DataDirInUseError } from '../database/data-dir-lock';
import { pendingMigrations, type Target } from '../database/migrator';
import { assertDatabaseExists, openDatabase, type OpenDatabase } from '../database/open-database';
import { readInstance } from '../database/running-instance';

/** How long a service that is just starting may take until its database can be used. */
const STARTING_MS = 30_000;
const PAUSE_MS = 200;

const quiet = { log: () => undefined, warn: () => undefined };

/** What a command works with. */
export interface CliContext {
  config: CompleteConfig;
  app: INestApplicationContext;
  /** What the database still lacks; empty unless the command asked not to migrate. */
  pendingMigrations: readonly string[];
}

/**
 * Runs a command on the service's database: the user's own, that of the running service, or, when none runs, the
 * embedded one, started for the time of the command. Its tables are brought up to date first, unless `migrate` is false:
 * then nothing is made, and the database has to be there.
 */
export async function withContext<Result>(
  command: (context: CliContext) => Promise<Result>,
  { migrate = true }: { migrate?: boolean } = {},
): Promise<Result> {
  const given = loadConfig(readEnvironment());
  if (!migrate) await assertDatabaseExists({ url: given.database.url, dataDir: given.dataDir });
  const config = await completeSecrets(given);
  const database = await connect(config);
  try {
    // One import at a time: Node 20 cannot `require` an ES module that is just being imported.
    const { openModule } = await import('./cli.module.js');
    const app = await openModule(config, database, migrate);
    try {
      const { schema } = config.database;
      return await command({
        config,
        app,
        pendingMigrations: migrate ? [] : await pendingMigrations({ url: database.directUrl, schema }),
      });
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}

/** Runs a command on the same database as it is, without the module. */
export async function withDatabase<Result>(command: (target: Target) => Promise<Result>): Promise<Result> {
  const config = await completeSecrets(loadConfig(readEnvironment()));
  const database = await connect(config);
  try {
    return await command({ url: database.directUrl, schema: config.database.schema });
  } finally {
    await database.close();
  }
}

async function connect(config: CompleteConfig): Promise<OpenDatabase> {
  const { dataDir, database } = config;
  const deadline = Date.now() + STARTING_MS;
  for (;;) {
    const instance = database.url === undefined ? await readInstance(dataDir) : null;
    // The database of a running service is somebody else's to close: it is used like one of the user's own.
    const choice =
      instance === null ? database : { ...database, url: instance.databaseUrl, directUrl: instance.databaseUrl };
    try {
      return await openDatabase({ ...choice, dataDir }, quiet);
    } catch (error) {
      const isStarting = error instanceof DataDirInUseError && Date.now() < deadline;
      if (!isStarting) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

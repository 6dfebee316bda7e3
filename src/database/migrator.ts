import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { Logger } from './logger';
import { migrationNames, readMigrations, type Migration } from './migration-files';
import { FILTERS, migrationList, withSchemaEngine, type Target } from './schema-engine';
import { assertSchemaName } from './schema-name';

export type { Target } from './schema-engine';

export interface MigrateOptions extends Target {
  /** Told when another process is at it and this one waits. */
  logger?: Logger;
}

/** A migration failed; the database is as it was before that migration. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code = 'migration_failed';
}

/**
 * Brings the PostgreSQL schema `schema` (made when missing) up to date with prisma/migrations, and says which ones it
 * applied. Processes that do it at once wait for each other. The records are Prisma's own (`_prisma_migrations`, in
 * the same schema), so `prisma migrate` can take over at any time.
 *
 * Needs a direct connection: the lock belongs to the session, which a transaction-pooling proxy would share out.
 *
 * @throws TypeError for a schema name that is not one.
 * @throws MigrationError when a migration fails. The next call tries it again.
 */
export async function migrate({ url, schema, logger }: MigrateOptions): Promise<{ applied: string[] }> {
  assertSchemaName(schema);
  return withClient(url, async (client) => {
    // The usual start: nothing to do, no lock to take, no engine to load.
    if ((await pendingOn(client, schema)).length === 0) return { applied: [] };
    await lock(client, schema, logger);
    await createSchema(client, schema);
    const migrations = await readMigrations();
    // The lock ends with the connection.
    return { applied: await apply({ url, schema }, migrations) };
  });
}

/** The names of the migrations that `migrate` would apply, oldest first. Changes nothing. */
export async function pendingMigrations({ url, schema }: Target): Promise<string[]> {
  assertSchemaName(schema);
  return withClient(url, (client) => pendingOn(client, schema));
}

async function apply(target: Target, migrations: readonly Migration[]): Promise<string[]> {
  const migrationsList = migrationList(migrations);
  return withSchemaEngine(target, migrations, async (engine) => {
    try {
      // A migration and its end are one transaction (engine-adapter.ts): one that did not end left nothing behind.
      const history = { migrationsList, optInToShadowDatabase: false, filters: FILTERS };
      const { failedMigrationNames } = await engine.diagnoseMigrationHistory(history);
      for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
      return (await engine.applyMigrations({ migrationsList, filters: FILTERS })).appliedMigrationNames;
    } catch (error) {
      throw new MigrationError(describe(error, target.schema));
    }
  });
}

/** The engine's message holds a trace of its own below the first lines. */
function describe(error: unknown, schema: string): string {
  const { code, message: text = '' } = Object(error) as { code?: string; message?: string };
  // P3005: there are tables, and no record of migrations.
  if (code === 'P3005')
    return `The schema "${schema}" holds other tables: give the webhooks one of their own (DATABASE_SCHEMA).`;
  const migration = /migration_name="([^"]+)"/.exec(text)?.[1];
  const lines = text.split(/\n\s+0: /)[0]?.split('\n') ?? [];
  const telling = lines.map((line) => line.replace(/^Error querying the database: /, '').trim());
  const reason = telling.filter((line) => line !== '' && line !== 'external connector error').join(' ');
  return `Migration ${migration ? `${migration} ` : ''}of the schema "${schema}" failed: ${reason}`;
}

async function pendingOn(client: Client, schema: string): Promise<string[]> {
  const names = await migrationNames();
  const table = await client.query('SELECT to_regclass($1) AS found', [`"${schema}"._prisma_migrations`]);
  if ((table.rows[0] as { found: string | null }).found === null) return names;
  const { rows } = await client.query<{ migration_name: string }>(
    `SELECT migration_name FROM "${schema}"._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const done = new Set(rows.map((row) => row.migration_name));
  return names.filter((name) => !done.has(name));
}

async function createSchema(client: Client, schema: string): Promise<void> {
  // Looked up first: "IF NOT EXISTS" asks for the right to create schemas even when there is nothing to create.
  const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
}

async function lock(client: Client, schema: string, logger: Logger | undefined): Promise<void> {
  const key = createHash('sha256').update(`webhooks:migrate:${schema}`).digest().readBigInt64BE().toString();
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [key]);
  if (rows[0]?.taken) return;
  logger?.log(`Another process migrates the schema "${schema}"; waiting for it`);
  await client.query('SELECT pg_advisory_lock($1)', [key]);
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'webhooks-migrate' });
  // Reported by the query under way, or of no interest any more.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from 'pg';
import { MIGRATIONS_DIRECTORY, migrationNames, readMigrations } from '../../../src/database/migration-files';
import { migrate, MigrationError, pendingMigrations } from '../../../src/database/migrator';
import { diffSchema } from '../../../src/database/schema-diff';
import { FILTERS, migrationList, withSchemaEngine } from '../../../src/database/schema-engine';
import { runTypeScript } from '../../support/child';
import { createTestDatabase, type TestDatabase } from '../../support/database';

/** Partial indexes are beyond Prisma: the ones that the migrations make by hand. */
const PARTIAL_INDEXES = [
  'APIKey_deleted_idx',
  'Customer_erasing_idx',
  'WebhookAttempt_endpoint_idx',
  'WebhookEvent_due_idx',
  'WebhookEvent_held_idx',
  'WebhookEvent_ordering_idx',
  'WebhookEvent_payload_idx',
  'WebhookEvent_pending_idx',
  'WebhookEvent_reserved_idx',
  'WebhookMessage_idempotency_idx',
];

const TABLES = ['APIKey', 'AuditLog', 'Customer', 'User', 'WebhookAttempt', 'WebhookEndpoint', 'WebhookEvent'];

describe('migrations', () => {
  let database: TestDatabase;
  let client: Client;
  let target: { url: string; schema: string };
  let all: string[];

  beforeEach(async () => {
    database = await createTestDatabase();
    target = { url: database.url, schema: 'webhooks' };
    client = new Client({ connectionString: database.url });
    await client.connect();
    all = await migrationNames();
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  async function tablesOf(schema: string): Promise<string[]> {
    const sql = 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1';
    const { rows } = await client.query<{ name: string }>(sql, [schema]);
    return rows.map(({ name }) => name).sort();
  }

  it('are applied once, in a schema of their own, together with the record of them', async () => {
    expect(await pendingMigrations(target)).toEqual(all);
    expect(await migrate(target)).toEqual({ applied: all });
    expect(await pendingMigrations(target)).toEqual([]);
    expect(await migrate(target)).toEqual({ applied: [] });
    expect(await tablesOf('webhooks')).toEqual(expect.arrayContaining([...TABLES, '_prisma_migrations']));
    expect(await tablesOf('public')).toEqual([]);
    const { rows } = await client.query('SELECT applied_steps_count, logs FROM webhooks._prisma_migrations');
    expect(rows).toEqual(all.map(() => ({ applied_steps_count: 1, logs: null })));
  });

  it('are applied once by two processes at the same time', async () => {
    const logger = { log: jest.fn(), warn: jest.fn() };
    const results = await Promise.all([migrate({ ...target, logger }), migrate({ ...target, logger })]);
    expect(results.flatMap(({ applied }) => applied)).toEqual(all);
    expect(logger.log).toHaveBeenCalledTimes(1);
    const { rows } = await client.query('SELECT migration_name FROM webhooks._prisma_migrations');
    expect(rows).toHaveLength(all.length);
  });

  it('let a process that has nothing else to do end at once', async () => {
    const child = runTypeScript(join(__dirname, 'migrate.program.ts'), target.url, target.schema);
    expect(await child.next()).toEqual({ applied: all });
    const start = Date.now();
    await once(child.process, 'exit');
    expect(Date.now() - start).toBeLessThan(2_000);
  });

  it('leave a host application’s tables and enums of the same names alone', async () => {
    await client.query(`
      CREATE TYPE "WebhookStatus" AS ENUM ('theirs');
      CREATE TYPE "EndpointState" AS ENUM ('theirs');
      CREATE TABLE "User" (theirs int PRIMARY KEY);
      CREATE TABLE "Customer" (theirs int REFERENCES "User", status "WebhookStatus");
      CREATE TABLE "_prisma_migrations" (theirs int);
      INSERT INTO "User" VALUES (1); INSERT INTO "Customer" VALUES (1, 'theirs');
    `);
    const fingerprint = async (): Promise<unknown> =>
      (
        await client.query(`
          SELECT c.relname AS name, a.attname AS part FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
          UNION ALL SELECT t.typname, e.enumlabel FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
            WHERE t.typnamespace = 'public'::regnamespace
          UNION ALL SELECT 'row', status::text FROM "Customer" ORDER BY 1, 2`)
      ).rows;
    const before = await fingerprint();

    expect(await migrate(target)).toEqual({ applied: all });
    expect(await diffSchema(target)).toEqual({ sql: '', partialIndexes: PARTIAL_INDEXES });
    expect(await fingerprint()).toEqual(before);
  });

  it('go into any schema, also several of one database', async () => {
    await client.query('CREATE SCHEMA made_before');
    for (const schema of ['made_before', 'made_now', 'public']) {
      expect(await migrate({ ...target, schema })).toEqual({ applied: all });
      expect(await tablesOf(schema)).toEqual(expect.arrayContaining(TABLES));
    }
    await expect(migrate({ ...target, schema: 'a"; DROP SCHEMA public' })).rejects.toThrow(TypeError);
    await expect(pendingMigrations({ ...target, schema: 'A' })).rejects.toThrow(TypeError);
  });

  it('need no right to create schemas when theirs is there', async () => {
    const role = `limited_${Date.now()}`;
    await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'limited'; CREATE SCHEMA webhooks AUTHORIZATION ${role}`);
    const url = new URL(target.url);
    url.username = role;
    url.password = 'limited';
    expect(await migrate({ ...target, url: url.href })).toEqual({ applied: all });
    await client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  it('that failed leave nothing behind, say why in one line, and are tried again', async () => {
    await client.query('CREATE SCHEMA webhooks; CREATE TYPE webhooks."AuditLog" AS (in_the int)');
    const attempt = migrate(target);
    await expect(attempt).rejects.toBeInstanceOf(MigrationError);
    await expect(attempt).rejects.toThrow(
      `Migration ${all[0]} of the schema "webhooks" failed: ERROR: relation "AuditLog" already exists`,
    );
    await expect(attempt).rejects.not.toThrow('\n');
    expect(await tablesOf('webhooks')).toEqual(['_prisma_migrations']);
    expect(await pendingMigrations(target)).toEqual(all);

    await client.query('DROP TYPE webhooks."AuditLog"');
    expect(await migrate(target)).toEqual({ applied: all });
  });

  it('do not go among tables of others', async () => {
    await client.query('CREATE TABLE theirs (x int)');
    await expect(migrate({ ...target, schema: 'public' })).rejects.toThrow(
      'The schema "public" holds other tables: give the webhooks one of their own (DATABASE_SCHEMA).',
    );
    expect(await tablesOf('public')).toEqual(['theirs']);
  });

  it('may hold semicolons in comments, strings and functions', async () => {
    await client.query('CREATE SCHEMA webhooks');
    const sql = `-- one; two
      CREATE FUNCTION answer() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a;b'; END; $$;
      CREATE TABLE "t" AS SELECT answer() AS a -- no semicolon at the end`;
    const migrations = [{ name: '20260101000000_t', sql }];
    await withSchemaEngine(target, migrations, (engine) =>
      engine.applyMigrations({ migrationsList: migrationList(migrations), filters: FILTERS }),
    );
    const { rows } = await client.query(
      'SELECT a, finished_at IS NOT NULL AS done FROM webhooks.t, webhooks._prisma_migrations',
    );
    expect(rows).toEqual([{ a: 'a;b', done: true }]);
  });

  it('say the same as prisma/schema.prisma', async () => {
    await migrate(target);
    expect(await diffSchema(target)).toEqual({ sql: '', partialIndexes: PARTIAL_INDEXES });
  });

  it('would be found out if they did not', async () => {
    await migrate(target);
    await client.query(`
      SET search_path TO webhooks;
      ALTER TABLE "APIKey" ADD COLUMN "extra" int, ALTER COLUMN "name" DROP NOT NULL;
      DROP INDEX "AuditLog_customerId_id_idx", "WebhookEvent_due_idx";
      ALTER TYPE "EndpointState" ADD VALUE 'more';`);
    const { sql, partialIndexes } = await diffSchema(target);
    expect(sql).toContain('DROP COLUMN "extra"');
    expect(sql).toContain('ALTER COLUMN "name" SET NOT NULL');
    expect(sql).toContain('CREATE INDEX "AuditLog_customerId_id_idx"');
    expect(sql).toContain('"EndpointState_new"');
    expect(partialIndexes).toEqual(PARTIAL_INDEXES.filter((name) => name !== 'WebhookEvent_due_idx'));
  });

  it('name no schema, and run in one transaction', async () => {
    for (const { name, sql } of await readMigrations(MIGRATIONS_DIRECTORY)) {
      const code = sql.replace(/--.*/g, '');
      expect({
        name,
        found: /\b(CONCURRENTLY|COMMIT|ROLLBACK|BEGIN TRANSACTION|CREATE SCHEMA)\b|"?(public|webhooks)"?\./i.exec(code),
      }).toEqual({ name, found: null });
    }
  });
});

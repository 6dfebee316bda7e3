import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './embedded-postgres';
import { MIGRATIONS_DIRECTORY } from './migration-files';
import { migrate } from './migrator';
import { diffSchema } from './schema-diff';

const SCHEMA = 'webhooks';

/**
 * `npm run migration:new -- add_something`: writes the SQL that takes the database from the migrations there are to
 * prisma/schema.prisma as it is now, for review. It is worked out on an embedded PostgreSQL of its own, which is
 * thrown away.
 *
 * @returns the new file, or null when nothing has changed.
 * @throws TypeError when the name is not a plain one.
 */
export async function writeNewMigration(name: string, now = new Date()): Promise<string | null> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new TypeError('usage: npm run migration:new -- <name> (lower-case letters, digits and _)');
  }
  const sql = await sqlOfChanges();
  if (sql === '') return null;
  // Prisma's form, so that the names sort by time: 20261124093000_name.
  const stamp = now.toISOString().slice(0, 19).replace(/\D/g, '');
  const directory = join(MIGRATIONS_DIRECTORY, `${stamp}_${name}`);
  await mkdir(directory);
  const file = join(directory, 'migration.sql');
  await writeFile(file, `${sql.trimEnd()}\n`);
  return file;
}

async function sqlOfChanges(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'webhooks-migration-'));
  const logger = { log: () => undefined, warn: (message: string) => void process.stderr.write(`${message}\n`) };
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, logger, settings: { fsync: 'off' } });
    try {
      const target = { url: postgres.url, schema: SCHEMA };
      await migrate(target);
      return (await diffSchema(target)).sql;
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const file = await writeNewMigration(process.argv[2] ?? '');
  process.stdout.write(
    file
      ? `Wrote ${file}\nRead it before you commit it: a renamed column, for one, is shown as dropped and added.\n`
      : 'prisma/schema.prisma and the migrations agree: nothing to write.\n',
  );
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}

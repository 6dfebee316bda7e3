import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `prisma/` of this package, the same from `src/database` and from `dist/database`. */
const PRISMA_DIRECTORY = join(__dirname, '..', '..', 'prisma');

/** Where the migrations are. */
export const MIGRATIONS_DIRECTORY = join(PRISMA_DIRECTORY, 'migrations');

/** The name under which the engine knows `prisma/schema.prisma`. */
export const SCHEMA_FILE = 'schema.prisma';

/** One migration: the name of its directory, and its SQL. */
export interface Migration {
  name: string;
  sql: string;
}

/** The names of all migrations, oldest first. */
export async function migrationNames(directory = MIGRATIONS_DIRECTORY): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** All migrations, oldest first. */
export async function readMigrations(directory = MIGRATIONS_DIRECTORY): Promise<Migration[]> {
  const names = await migrationNames(directory);
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(join(directory, name, 'migration.sql'), 'utf8') })),
  );
}

/** The text of `prisma/schema.prisma`. */
export function readPrismaSchema(): Promise<string> {
  return readFile(join(PRISMA_DIRECTORY, SCHEMA_FILE), 'utf8');
}

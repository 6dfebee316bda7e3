import { Client } from 'pg';
import { readPrismaSchema, SCHEMA_FILE } from './migration-files';
import { FILTERS, withSchemaEngine, type Target } from './schema-engine';
import { assertSchemaName } from './schema-name';

/** How a database differs from prisma/schema.prisma. */
export interface SchemaDiff {
  /** The SQL that would make the database what schema.prisma says; '' when it is. */
  sql: string;
  /** The partial indexes that the database has. Prisma neither expresses nor sees them: compare the names. */
  partialIndexes: string[];
}

/**
 * Compares the tables of a database's schema, as they are, with prisma/schema.prisma. A development tool: after
 * `migrate` on an empty database it shows what a next migration has to contain. Changes nothing.
 */
export async function diffSchema(target: Target): Promise<SchemaDiff> {
  assertSchemaName(target.schema);
  const files = [{ path: SCHEMA_FILE, content: await readPrismaSchema() }];
  const { exitCode, stdout } = await withSchemaEngine(target, [], (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: FILTERS,
    }),
  );
  // Exit code 2: there are differences.
  return { sql: exitCode === 2 ? (stdout ?? '') : '', partialIndexes: await partialIndexes(target) };
}

async function partialIndexes({ url, schema }: Target): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = to_regnamespace($1) AND i.indpred IS NOT NULL ORDER BY 1`,
      [schema],
    );
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}

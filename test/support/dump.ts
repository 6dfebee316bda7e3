import type { TestService } from './test-service';

/** Every row of every table of the database, the queue's among them, as text: a line each. */
export async function dumpAllTables({ sql }: Pick<TestService, 'sql'>): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const rows = await sql<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
    lines.push(...rows.map(({ line }) => `${name}: ${line}`));
  }
  return lines;
}

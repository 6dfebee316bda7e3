import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of a suite's own on the run's PostgreSQL. */
export interface TestDatabase {
  url: string;
  /** Removes it, together with connections that are still open. */
  drop(): Promise<void>;
}

/** Makes an empty database. Call `drop()` in `afterAll`, after the connections to it were closed. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = testPostgresUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE "${name}"`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

/** The run's PostgreSQL; global-setup.ts started it. */
function testPostgresUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (!url) throw new Error('TEST_POSTGRES_URL is missing: run the tests with "npm test", whose set-up gives it');
  return url;
}

async function execute(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

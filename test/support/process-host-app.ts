import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from './database';
import { launch, whenReady, type Service } from './process-service';

const REGISTER = join(__dirname, 'register-typescript.js');
const HOST = join(__dirname, '../host-app');

/** The HTTP platform of a host application. */
export type Platform = 'express' | 'fastify';

/** An empty database with the host's own tables in it. */
export async function createHostDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await queryDatabase(database.url, await readFile(join(HOST, 'prisma/tables.sql'), 'utf8'));
  return database;
}

/** Starts the host application. Ended by `endProcesses` at the latest. */
export async function startHost(platform: Platform, env: Readonly<Record<string, string>>): Promise<Service> {
  const secretsKey = Buffer.alloc(32, 7).toString('base64');
  const args = ['-r', REGISTER, join(HOST, 'main.program.ts')];
  return whenReady(launch(args, { PLATFORM: platform, SECRETS_KEY: secretsKey, ...env }));
}

/** Runs SQL and returns its rows. */
export async function queryDatabase<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';
import type { SqlClient } from 'webhooks-module';

const TABLES = `
  CREATE TABLE IF NOT EXISTS account (id text PRIMARY KEY, name text NOT NULL);
  CREATE TABLE IF NOT EXISTS conversation (
    id bigserial PRIMARY KEY, account_id text NOT NULL REFERENCES account, closed_at timestamptz
  );
  CREATE TABLE IF NOT EXISTS message (
    id bigserial PRIMARY KEY, conversation_id bigint NOT NULL REFERENCES conversation,
    author text NOT NULL, content text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
  );`;

/** A transaction of the application's, in the shape that the module takes as `{ tx }`: with Prisma it has that already. */
class Transaction implements SqlClient {
  constructor(private readonly client: PoolClient) {}

  async $queryRawUnsafe<Rows = unknown>(sql: string, ...values: unknown[]): Promise<Rows> {
    return (await this.client.query(sql, values)).rows as Rows;
  }

  async $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number> {
    return (await this.client.query(sql, values)).rowCount ?? 0;
  }
}

/** The application's own tables, in the database that it shares with the module. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  private readonly pool = new Pool({ connectionString: process.env['DATABASE_URL'] });

  async onModuleInit(): Promise<void> {
    await this.pool.query(TABLES);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /** Commits what the work did when it succeeds, and rolls it back when it fails. */
  async transaction<Result>(work: (tx: SqlClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(new Transaction(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }
}

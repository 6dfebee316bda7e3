import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from '../generated/prisma/client';
import { DATABASE_OPTIONS, type DatabaseOptions } from './database.options';
import { migrate } from './migrator';

/** How long a query may wait for a free connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000;

/** SQLSTATEs of a connection on which somebody else prepares statements, or not we: a transaction-pooling proxy. */
const PREPARED_ELSEWHERE = new Set(['26000', '42P05']);

/** The module's tables as raw SQL names them: quoted, and qualified with the configured schema. */
export type Tables = Readonly<Record<(typeof TABLES)[number], string>>;

const TABLES = [
  'User',
  'Customer',
  'APIKey',
  'APIKeyUsage',
  'APIKeyRateWindow',
  'WebhookEndpoint',
  'WebhookMessage',
  'WebhookEvent',
  'WebhookAttempt',
  'WebhookReplay',
  'AuditLog',
] as const;

/** Connections of a pool, and statements that wait for one. */
export interface PoolUse {
  active: number;
  idle: number;
  waiting: number;
  max: number;
}

/** The one connection pool for the module's tables. Only repositories use it. */
@Injectable()
export class PrismaService extends PrismaClient implements OnModuleInit, OnApplicationShutdown {
  /** Table names for raw SQL. */
  readonly tables: Tables;
  /** The configured schema's name, unquoted. */
  readonly schema: string;
  private readonly log = new Logger('Database');
  private readonly pool: Pool;
  private isPreparing = true;

  constructor(@Inject(DATABASE_OPTIONS) private readonly options: DatabaseOptions) {
    const { url, schema, poolSize, queryTimeoutMs } = options;
    const pool = new Pool({
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: queryTimeoutMs,
      keepAlive: true,
    });
    // A pool reports what happens to its idle connections (a restarted server, say); the next query says so as well.
    super({ adapter: new PrismaPg(pool, { schema, onPoolError: () => undefined, disposeExternalPool: true }) });
    this.pool = pool;
    this.schema = schema;
    this.tables = Object.fromEntries(TABLES.map((name) => [name, `"${schema}"."${name}"`])) as Tables;
  }

  async onModuleInit(): Promise<void> {
    if (!this.options.migrate) return;
    const { applied } = await migrate({ url: this.options.directUrl, schema: this.schema });
    if (applied.length > 0) this.log.log(`Applied migrations: ${applied.join(', ')}`);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
  }

  /** How the pool is used at this moment. */
  get poolUse(): PoolUse {
    const { totalCount, idleCount, waitingCount } = this.pool;
    return { active: totalCount - idleCount, idle: idleCount, waiting: waitingCount, max: this.options.poolSize };
  }

  /** Runs a statement that returns rows. Values go in as `$1`, `$2`, …, never as text. */
  async query<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
    return this.$queryRawUnsafe<Row[]>(sql, ...values);
  }

  /**
   * The same past Prisma, for the statements of the hot path, which read and write many rows: its conversions take as long
   * as all else that is done for a row. Values come as `pg` reads them: a `bigint` is a string.
   *
   * @param name of the statement, which the server then parses once for each connection; null for one whose best plan
   *   depends on its values
   */
  async rows<Row>(name: string | null, sql: string, ...values: unknown[]): Promise<Row[]> {
    if (name === null || !this.isPreparing) return (await this.pool.query(sql, values)).rows as Row[];
    try {
      return (await this.pool.query({ name, text: sql, values })).rows as Row[];
    } catch (error) {
      if (!PREPARED_ELSEWHERE.has(String((error as { code?: unknown }).code))) throw error;
      // Nothing was executed: it goes once more, as it would have without a name.
      this.isPreparing = false;
      this.log.warn('Statements are parsed each time: a proxy hands connections from one client to another.');
      return this.rows(name, sql, ...values);
    }
  }
}

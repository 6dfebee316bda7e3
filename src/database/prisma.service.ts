import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from '../generated/prisma/client';
import { DATABASE_OPTIONS, type DatabaseOptions } from './database.options';
import { migrate } from './migrator';

/** How long a query may wait for a free connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000;

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

  constructor(@Inject(DATABASE_OPTIONS) private readonly options: DatabaseOptions) {
    const { url, schema, poolSize } = options;
    const pool = new Pool({ connectionString: url, max: poolSize, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
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
}

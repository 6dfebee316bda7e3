/** Where the module's tables are. */
export interface DatabaseOptions {
  url: string;
  /** Bypasses a transaction-pooling proxy: for migrations, LISTEN and advisory locks. */
  directUrl: string;
  /** The PostgreSQL schema that holds the tables. */
  schema: string;
  /** Connections in the pool. */
  poolSize: number;
  /** Milliseconds that one statement may take, from asking for it to its answer. */
  queryTimeoutMs: number;
  /** Whether start-up applies pending migrations. */
  migrate: boolean;
}

/** Injection token of the {@link DatabaseOptions}. */
export const DATABASE_OPTIONS = Symbol('DATABASE_OPTIONS');

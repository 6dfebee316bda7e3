/** Where jobs are kept. */
export interface QueueOptions {
  /** Without it, jobs live in PostgreSQL. */
  redisUrl: string | undefined;
  /** A PostgreSQL connection that is not behind a transaction-pooling proxy: the queue LISTENs on it. */
  postgresUrl: string;
  /** Separates queues that share one Redis or PostgreSQL. */
  prefix: string;
}

/** Injection token of the {@link QueueOptions}. */
export const QUEUE_OPTIONS = Symbol('QUEUE_OPTIONS');

import { Inject, Injectable } from '@nestjs/common';
import {
  createPostgresBackend,
  createRedisBackend,
  Queue,
  Worker,
  type PostgresConnectionOptions,
  type Processor,
  type WorkerOptions,
} from 'bullmq';
import { QUEUE_OPTIONS, type QueueOptions } from './queue.options';

/** PostgreSQL connections that one producer, and one worker, may use for the queue. */
const PRODUCER_CONNECTIONS = 2;
const WORKER_CONNECTIONS = 5;

/**
 * Opens queues and workers on the configured backend. The backend is passed to each of them, rather than set for the
 * process: a host application may use BullMQ itself, on another one.
 */
@Injectable()
export class QueueFactory {
  constructor(@Inject(QUEUE_OPTIONS) private readonly options: QueueOptions) {}

  /** Which backend jobs are on. */
  get backend(): 'redis' | 'postgresql' {
    return this.options.redisUrl === undefined ? 'postgresql' : 'redis';
  }

  /** A producer. While the backend is away its calls fail instead of piling up in memory. */
  createQueue<Data>(name: string): Queue<Data, void> {
    const { redisUrl, prefix } = this.options;
    if (redisUrl === undefined) {
      // The two backends differ in the type of their connection alone; nobody outside this file touches it.
      return new Queue(
        name,
        { connection: this.postgres(PRODUCER_CONNECTIONS) },
        createPostgresBackend,
      ) as unknown as Queue<Data, void>;
    }
    const connection = { url: redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 1 };
    return new Queue(name, { prefix, connection }, createRedisBackend);
  }

  /** A worker, not yet running: call its `run()`. While the backend is away it waits and comes back by itself. */
  createWorker<Data>(
    name: string,
    processor: Processor<Data, void>,
    options: Pick<WorkerOptions, 'concurrency' | 'settings' | 'maxStalledCount' | 'lockDuration' | 'stalledInterval'>,
  ): Worker<Data, void> {
    const { redisUrl, prefix } = this.options;
    const common = { ...options, autorun: false };
    if (redisUrl === undefined) {
      const connection = this.postgres(WORKER_CONNECTIONS);
      return new Worker(name, processor, { ...common, connection }, createPostgresBackend) as unknown as Worker<
        Data,
        void
      >;
    }
    const connection = { url: redisUrl, maxRetriesPerRequest: null };
    return new Worker(name, processor, { ...common, prefix, connection }, createRedisBackend);
  }

  private postgres(max: number): PostgresConnectionOptions {
    const { postgresUrl, prefix } = this.options;
    return { connectionString: postgresUrl, schema: `${prefix}_queue`, migrate: true, max };
  }
}

import type { Job, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { QueueFactory } from '../../src/queue/queue.factory';
import { DELIVERY_QUEUE } from '../../src/webhooks/delivery/delivery.queue';
import type { DeliveryJob } from '../../src/webhooks/delivery/delivery.types';
import type { Backend } from './backends';
import type { TestService } from './test-service';
import { waitFor } from './wait-for';

/** Uses the service's queue by a connection of its own. */
export async function withQueue<Result>(
  service: TestService,
  use: (queue: Queue<DeliveryJob, void>) => Promise<Result>,
): Promise<Result> {
  const queue = service.app.get(QueueFactory).createQueue<DeliveryJob>(DELIVERY_QUEUE);
  try {
    await queue.waitUntilReady();
    return await use(queue);
  } finally {
    await queue.close();
  }
}

/** Loses everything that the queue holds: FLUSHALL, or a TRUNCATE of the jobs. */
export async function wipeQueue(service: TestService, backend: Backend): Promise<void> {
  if (backend.redisUrl === undefined) {
    await service.sql(`TRUNCATE "${service.queuePrefix}_queue".job CASCADE`);
    return;
  }
  const redis = new Redis(backend.redisUrl);
  try {
    // A Redis that somebody lent us may hold more than ours.
    if (!process.env['REDIS_URL']) await redis.flushall();
    else await deleteKeys(redis, `${service.queuePrefix}:*`);
  } finally {
    redis.disconnect();
  }
}

/** The job of an event's round, once it is there and, if so asked, in this state. */
export const jobOf = (
  queue: Queue<DeliveryJob, void>,
  eventId: string,
  { round = 0, state }: { round?: number; state?: string } = {},
): Promise<Job<DeliveryJob, void>> =>
  waitFor(`the job of ${eventId} (${state ?? 'any state'})`, async () => {
    const job = await queue.getJob(`${eventId}-${round}`);
    return job !== undefined && (state === undefined || (await job.getState()) === state) && job;
  });

/** How many deliveries a job is for. */
export const deliveriesOf = ({ data }: Job<DeliveryJob, void>): number => ('bundle' in data ? data.bundle.length : 1);

/** Waits until the queue holds nothing. */
export const queueIsEmpty = (queue: Queue<DeliveryJob, void>): Promise<true> =>
  waitFor('an empty queue', async () => {
    const counts = await queue.getJobCounts('active', 'delayed', 'failed', 'waiting', 'prioritized', 'completed');
    return Object.values(counts).every((count) => count === 0);
  });

async function deleteKeys(redis: Redis, pattern: string): Promise<void> {
  for await (const keys of redis.scanStream({ match: pattern })) {
    if ((keys as string[]).length > 0) await redis.del(keys as string[]);
  }
}

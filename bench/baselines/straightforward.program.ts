import axios from 'axios';
import { PrismaPg } from '@prisma/adapter-pg';
import { createPostgresBackend, createRedisBackend, Queue, Worker, type Job } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { PrismaClient } from '../../src/generated/prisma/client';
import { answerCommands } from '../support/children';
import { DATA, EVENT } from '../support/body';
import { keepBusy } from '../support/keep-busy';

/**
 * Webhooks as they are usually written: one `create` per event, one `queue.add`, a worker that reads the row, one
 * `axios.post`, one `update`. No signature, no attempt log, no check of addresses, nothing that finds a lost event.
 */
let prisma: PrismaClient | undefined;
let queue: Queue<{ id: string }> | undefined;
let row: { customerId: string; endpointId: string; messageId: string; url: string } | undefined;

function opened(): { prisma: PrismaClient; queue: Queue<{ id: string }>; row: NonNullable<typeof row> } {
  if (prisma === undefined || queue === undefined || row === undefined) throw new Error('not started');
  return { prisma, queue, row };
}

async function deliver({ data: { id } }: Job<{ id: string }>): Promise<void> {
  const { prisma } = opened();
  const event = await prisma.webhookEvent.findUniqueOrThrow({ where: { id } });
  await axios.post(event.url, event.payload);
  await prisma.webhookEvent.update({ where: { id }, data: { status: 'SENT', attempts: 1, processedAt: new Date() } });
}

async function trigger(): Promise<void> {
  const { prisma, queue, row } = opened();
  const payload = { event: EVENT, timestamp: new Date().toISOString(), data: DATA };
  const { id } = await prisma.webhookEvent.create({ data: { id: randomUUID(), event: EVENT, payload, ...row } });
  const options = { attempts: 3, backoff: { type: 'exponential', delay: 1_000 }, removeOnComplete: true };
  await queue.add('deliver', { id }, options);
}

async function createOwner(client: PrismaClient, url: string): Promise<NonNullable<typeof row>> {
  const [endpointId, messageId, customerId] = [randomUUID(), randomUUID(), 'baseline'];
  await client.user.create({ data: { id: 'user' } });
  await client.customer.create({ data: { id: customerId, userId: 'user', name: 'Acme' } });
  await client.webhookEndpoint.create({ data: { id: endpointId, customerId, url, secret: '', secretKeyId: '' } });
  await client.webhookMessage.create({
    data: { id: messageId, customerId, event: EVENT, createdAt: new Date(), outcomes: [] },
  });
  return { customerId, endpointId, messageId, url };
}

const commands = {
  start: async ({ databaseUrl, redisUrl, url }: { databaseUrl: string; redisUrl: string | undefined; url: string }) => {
    prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }, { schema: 'webhooks' }) });
    row = await createOwner(prisma, url);
    const isRedis = redisUrl !== undefined;
    const backend = isRedis ? createRedisBackend : createPostgresBackend;
    const connection = isRedis ? { url: redisUrl } : { connectionString: databaseUrl, migrate: true };
    // The type of a queue's connection depends on its backend; here it is either.
    const options = { connection } as never;
    queue = new Queue('baseline', options, backend as never);
    await queue.waitUntilReady();
    const worker = new Worker(
      'baseline',
      deliver,
      { ...(options as object), concurrency: 50 } as never,
      backend as never,
    );
    worker.on('error', () => undefined);
    await worker.waitUntilReady();
  },
  emit: async ({ count }: { count: number }) => keepBusy(count, 100, trigger),
};

export type BaselineCommands = typeof commands;

answerCommands(commands);

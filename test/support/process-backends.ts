import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createTestDatabase } from './database';
import { findRedis } from './redis';

/** What a service needs to use a database, and perhaps a Redis, of the test's own. */
export interface Backend {
  readonly env: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  /** Call it when no process uses it any more. */
  drop(): Promise<void>;
}

const hasRedisProgram = spawnSync('redis-server', ['--version']).status === 0;
const hasRedis = Boolean(process.env['REDIS_URL']) || hasRedisProgram;

type Describe = (name: string, suite: () => void) => void;

/** `describe` of a suite that needs a Redis; where there is none it says so and skips. */
const describeWithRedis: Describe = hasRedis ? describe : skipRedis;

/** `describe` of a suite that starts and stops Redis itself; where there is no such program it says so and skips. */
export const describeWithOwnRedis: Describe = hasRedisProgram ? describe : skipRedis;

/** Runs the same suite on each queue backend; says so where it skips the Redis half. */
export function describeBackends(name: string, suite: (open: () => Promise<Backend>) => void): void {
  describe(`${name}, queue in PostgreSQL`, () => suite(() => openBackend(false)));
  describeWithRedis(`${name}, queue in Redis`, () => suite(() => openBackend(true)));
}

/** An empty database, and with `withRedis` a part of a Redis that nobody else uses. */
export async function openBackend(withRedis: boolean): Promise<Backend> {
  const redis = withRedis ? await findRedis() : null;
  if (withRedis && redis === null) throw new Error('There is no Redis');
  const database = await createTestDatabase();
  const queue: Record<string, string> =
    redis === null ? {} : { REDIS_URL: redis.url, QUEUE_PREFIX: `test-${randomBytes(6).toString('hex')}` };
  return {
    env: { DATABASE_URL: database.url, ...queue },
    databaseUrl: database.url,
    redisUrl: redis?.url,
    drop: async () => {
      await database.drop();
      await redis?.stop();
    },
  };
}

function skipRedis(name: string, suite: () => void): void {
  console.warn(`Skipped, because there is no redis-server program (and no REDIS_URL): ${name}`);
  describe.skip(name, suite);
}

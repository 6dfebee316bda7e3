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

const hasRedis = Boolean(process.env['REDIS_URL']) || spawnSync('redis-server', ['--version']).status === 0;

/** `describe` of a suite that needs Redis; says so and skips where there is none. */
const describeWithRedis: (name: string, suite: () => void) => void = hasRedis ? describe : skipRedis;

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
  console.warn(`Skipped, because there is no REDIS_URL and no redis-server program: ${name}`);
  describe.skip(name, suite);
}

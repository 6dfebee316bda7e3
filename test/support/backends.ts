import { spawnSync } from 'node:child_process';
import { findRedis, type TestRedis } from './redis';

/** What the queue is kept in. */
export interface Backend {
  readonly name: 'PostgreSQL' | 'Redis';
  /** Undefined: PostgreSQL. Known once the tests run. */
  readonly redisUrl: string | undefined;
}

/**
 * Describes the same behaviour once with the queue in PostgreSQL and once in Redis. Where there is neither a REDIS_URL
 * nor a redis-server program, the second half is skipped, and says so.
 */
export function describeEachBackend(title: string, define: (backend: Backend) => void): void {
  describe(`${title} (queue in PostgreSQL)`, () => define({ name: 'PostgreSQL', redisUrl: undefined }));
  describeWithRedis(`${title} (queue in Redis)`, define);
}

/** Describes behaviour that only a queue in Redis has. */
function describeWithRedis(title: string, define: (backend: Backend & { name: 'Redis' }) => void): void {
  if (!isRedisHere()) {
    console.warn(`Skipped, because there is no REDIS_URL and no redis-server program, or TEST_REDIS=off: ${title}`);
    describe.skip(title, () => define({ name: 'Redis', redisUrl: undefined }));
    return;
  }
  describe(title, () => {
    let redis: TestRedis | null = null;
    beforeAll(async () => {
      redis = await findRedis();
    });
    define({
      name: 'Redis',
      get redisUrl() {
        if (redis === null) throw new Error('The Redis of this suite has not started.');
        return redis.url;
      },
    });
    // After the hooks of the suite: they still need it.
    afterAll(async () => redis?.stop());
  });
}

/** The same question as `findRedis` answers, before any test runs. `TEST_REDIS=off` leaves that half out. */
const isRedisHere = (): boolean =>
  process.env['TEST_REDIS'] !== 'off' &&
  (Boolean(process.env['REDIS_URL']) || spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0);

import { Redis } from 'ioredis';
import { findRedis } from '../support/redis';

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

it('finds the Redis of REDIS_URL, a redis-server program, or nothing', async () => {
  const redis = await findRedis();
  if (redis === null) {
    console.warn('No REDIS_URL and no redis-server program: the Redis half of the tests is skipped.');
    return;
  }
  const client = new Redis(redis.url);
  try {
    expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    process.env['REDIS_URL'] = redis.url;
    const same = await findRedis();
    expect(same?.url).toBe(redis.url);
    await same?.stop();
    expect(await client.ping()).toBe('PONG');
  } finally {
    client.disconnect();
    await redis.stop();
  }
});

it('finds nothing where there is nothing', async () => {
  process.env['REDIS_URL'] = '';
  process.env['PATH'] = '';
  await expect(findRedis()).resolves.toBeNull();
});

it('says so when the given Redis does not answer', async () => {
  process.env['REDIS_URL'] = 'redis://user:hunter2@127.0.0.1:1';
  await expect(findRedis(300)).rejects.toThrow(/No answer from Redis at 127\.0\.0\.1:1: connect ECONNREFUSED/);
});

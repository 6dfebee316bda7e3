import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 250;
const CONNECT_TIMEOUT_MS = 2_000;

/** Redis cannot be used. The message is one line, says what to change, and never holds the password. */
export class RedisConnectionError extends Error {
  override readonly name = 'RedisConnectionError';
}

/**
 * Waits until a Redis answers at `url`. A wrong password is told at once.
 * @throws RedisConnectionError
 */
export async function waitForRedis(url: string, { timeoutMs }: { timeoutMs: number }): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const problem = await ping(url);
    if (problem === null) return;
    const isRefusal = /WRONGPASS|NOAUTH|NOPERM|invalid username-password|invalid password/i.test(problem);
    if (isRefusal || Date.now() >= deadline) {
      const { host } = new URL(url);
      throw new RedisConnectionError(
        `REDIS_URL: no usable Redis at ${host} (${problem}). Is it running, and is the URL right?`,
      );
    }
    await sleep(Math.min(PAUSE_MS, Math.max(0, deadline - Date.now())));
  }
}

/** What is wrong, or null. */
async function ping(url: string): Promise<string | null> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    enableOfflineQueue: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: CONNECT_TIMEOUT_MS,
  });
  let reported: Error | undefined;
  redis.on('error', (error) => (reported = error));
  try {
    await redis.connect();
    await redis.ping();
    return null;
  } catch (error) {
    const { message } = reported ?? (error as Error);
    return message === '' ? 'connection refused' : message;
  } finally {
    redis.disconnect();
  }
}

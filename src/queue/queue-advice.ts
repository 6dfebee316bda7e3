import type { QueueOptions } from './queue.options';

/** What to do where the queue does not answer: each kind is mended in another place. Pure. */
export const queueAdvice = ({ redisUrl }: Pick<QueueOptions, 'redisUrl'>): string =>
  redisUrl === undefined
    ? 'It is kept in PostgreSQL: see that it answers, and has connections left (max_connections). What is accepted meanwhile is delivered afterwards.'
    : 'Start Redis, or correct REDIS_URL. Events are taken in meanwhile, and delivered afterwards.';

import { queueAdvice } from './queue-advice';

it('names the setting of the queue that is used, and of no other', () => {
  expect(queueAdvice({ redisUrl: 'redis://127.0.0.1:6379' })).toContain('correct REDIS_URL');
  const ofPostgres = queueAdvice({ redisUrl: undefined });
  expect(ofPostgres).toContain('PostgreSQL');
  expect(ofPostgres).not.toMatch(/REDIS_URL|DATABASE_URL/);
});

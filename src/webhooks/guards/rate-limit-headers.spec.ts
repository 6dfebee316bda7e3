import { rateLimitHeaders } from './rate-limit-headers';

const decision = { limit: 100, windowSeconds: 60, remaining: 50, resetMs: 29_001, isAccepted: true };

it('tells limit, rest and time, in the fields of the draft and of before', () => {
  expect(rateLimitHeaders(decision)).toEqual({
    'RateLimit-Limit': '100',
    'RateLimit-Remaining': '50',
    'RateLimit-Reset': '30',
    'RateLimit-Policy': '"key";q=100;w=60',
    RateLimit: '"key";r=50;t=30',
  });
});

it('tells who is refused when to come back: never at once', () => {
  const refused = { ...decision, isAccepted: false, remaining: 0 };
  expect(rateLimitHeaders(refused)['Retry-After']).toBe('30');
  expect(rateLimitHeaders({ ...refused, resetMs: 0 })['Retry-After']).toBe('1');
});

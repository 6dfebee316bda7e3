import type { RateDecision } from '../verification/rate-limiter.types';

/**
 * What the answer to a request tells about its key's rate limit: the fields of draft-ietf-httpapi-ratelimit-headers as
 * they are now (`RateLimit-Policy`, `RateLimit`), and the three that most clients still read. Times are in whole
 * seconds, rounded up: whoever waits that long is not too early.
 */
export function rateLimitHeaders({
  limit,
  windowSeconds,
  remaining,
  resetMs,
  isAccepted,
}: RateDecision): Record<string, string> {
  const reset = Math.ceil(resetMs / 1_000);
  return {
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(reset),
    'RateLimit-Policy': `"key";q=${limit};w=${windowSeconds}`,
    RateLimit: `"key";r=${remaining};t=${reset}`,
    ...(isAccepted ? {} : { 'Retry-After': String(Math.max(1, reset)) }),
  };
}

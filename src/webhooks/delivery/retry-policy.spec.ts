import fc from 'fast-check';
import { DEFAULT_RETRY_POLICY, MAX_RETRY_AFTER_MS, nextDelayMs, NO_MORE, type RetryPolicy } from './retry-policy';

const after = (attemptsInRound: number, statusCode: number | null = 500, retryAfterMs: number | null = null): number =>
  nextDelayMs(DEFAULT_RETRY_POLICY, { attemptsInRound, statusCode, retryAfterMs });
const failed = (attemptsInRound: number): { attemptsInRound: number; statusCode: null; retryAfterMs: null } => ({
  attemptsInRound,
  statusCode: null,
  retryAfterMs: null,
});

describe('retry policy', () => {
  it('by default: 1 s after the first failure, 2 s after the second, then no more', () => {
    expect([after(1), after(2), after(3), after(4)]).toEqual([1_000, 2_000, NO_MORE, NO_MORE]);
  });

  it('a list: the last delay counts for all further failures; without any, at once', () => {
    expect(nextDelayMs({ attempts: 9, schedule: { type: 'list', delaysMs: [10, 20] } }, failed(8))).toBe(20);
    expect(nextDelayMs({ attempts: 9, schedule: { type: 'list', delaysMs: [] } }, failed(8))).toBe(0);
  });

  it('exponential: base, factor and cap', () => {
    const policy: RetryPolicy = {
      attempts: 20,
      schedule: { type: 'exponential', baseMs: 1_000, factor: 2, maxMs: 10_000, jitter: 0 },
    };
    expect([1, 2, 3, 4, 5, 19].map((n) => nextDelayMs(policy, failed(n)))).toEqual([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
    expect(nextDelayMs(policy, failed(20))).toBe(NO_MORE);
  });

  it('[webhook 32] a schedule over days, with jitter that only shortens', () => {
    const maxMs = 86_400_000;
    const policy: RetryPolicy = {
      attempts: 12,
      schedule: { type: 'exponential', baseMs: 5_000, factor: 5, maxMs, jitter: 0.2 },
    };
    const delays = (random: number): number[] =>
      Array.from({ length: 11 }, (_, n) => nextDelayMs(policy, failed(n + 1), () => random));
    expect(delays(0).slice(0, 4)).toEqual([5_000, 25_000, 125_000, 625_000]);
    expect(delays(0).at(-1)).toBe(maxMs);
    expect(delays(1).at(-1)).toBe(maxMs * 0.8);
    expect(delays(0).reduce((sum, ms) => sum + ms)).toBeGreaterThan(4 * maxMs);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 11 }), (random, n) => {
        const full = nextDelayMs(policy, failed(n), () => 0);
        const delay = nextDelayMs(policy, failed(n), () => random);
        expect(delay).toBeLessThanOrEqual(full);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(full * 0.8));
      }),
    );
  });

  it('[webhook 31] Retry-After lengthens the wait on 429 and 503, up to an hour, and never shortens it', () => {
    expect(after(1, 429, 5_000)).toBe(5_000);
    expect(after(1, 503, 10)).toBe(1_000);
    expect(after(1, 503, 365 * 86_400_000)).toBe(MAX_RETRY_AFTER_MS);
    expect(after(1, 429, null)).toBe(1_000);
    expect(after(1, 500, 5_000)).toBe(1_000);
    expect(after(3, 429, 5_000)).toBe(NO_MORE);
  });
});

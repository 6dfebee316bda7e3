import { attemptsLeft, DEFAULT_RETRY_POLICY, MAX_RETRY_AFTER_MS, nextDelayMs, NO_MORE } from './retry-policy';

const after = (attemptsInRound: number, statusCode: number | null = 500, retryAfterMs: number | null = null): number =>
  nextDelayMs(DEFAULT_RETRY_POLICY, { attemptsInRound, statusCode, retryAfterMs });

describe('retry policy', () => {
  it('by default: 1 s after the first failure, 2 s after the second, then no more', () => {
    expect([after(1), after(2), after(3), after(4)]).toEqual([1_000, 2_000, NO_MORE, NO_MORE]);
  });

  it('the last delay counts for all further failures; without any, at once', () => {
    const policy = { attempts: 9, delaysMs: [10, 20] };
    const failure = { attemptsInRound: 8, statusCode: null, retryAfterMs: null };
    expect(nextDelayMs(policy, failure)).toBe(20);
    expect(nextDelayMs({ attempts: 9, delaysMs: [] }, failure)).toBe(0);
  });

  it('Retry-After lengthens the wait on 429 and 503, up to an hour, and never shortens it', () => {
    expect(after(1, 429, 5_000)).toBe(5_000);
    expect(after(1, 503, 10)).toBe(1_000);
    expect(after(1, 503, 365 * 86_400_000)).toBe(MAX_RETRY_AFTER_MS);
    expect(after(1, 429, null)).toBe(1_000);
    expect(after(1, 500, 5_000)).toBe(1_000);
    expect(after(3, 429, 5_000)).toBe(NO_MORE);
  });

  it('counts what is left of a round', () => {
    expect([0, 2, 3, 7].map((made) => attemptsLeft(DEFAULT_RETRY_POLICY, made))).toEqual([3, 1, 0, 0]);
  });
});

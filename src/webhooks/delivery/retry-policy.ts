/**
 * When a failed delivery is tried again. Pure; the only place that decides it.
 */
export interface RetryPolicy {
  /** Attempts in one round, the first included. */
  readonly attempts: number;
  /** Waiting times after the first, second, … failure, in milliseconds; the last one counts for all further ones. */
  readonly delaysMs: readonly number[];
}

/** At once, 1 s after the first failure, 2 s after the second, then no more. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { attempts: 3, delaysMs: [1_000, 2_000] };

/** "No more", in the words of BullMQ's backoff strategies. */
export const NO_MORE = -1;

/** The longest wait that a receiver's `Retry-After` can ask for. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/** What a failed attempt says about the next one. */
export interface Failure {
  /** Attempts made in this round, the failed one included. */
  attemptsInRound: number;
  statusCode: number | null;
  /** The receiver's `Retry-After`, where it sent one. */
  retryAfterMs: number | null;
}

/**
 * Milliseconds from the end of a failed attempt to the next one, or {@link NO_MORE}.
 * `Retry-After` (RFC 9110) counts on 429 and 503: it can lengthen the wait, to an hour at most, and never shortens it.
 */
export function nextDelayMs(policy: RetryPolicy, failure: Failure): number {
  if (failure.attemptsInRound >= policy.attempts) return NO_MORE;
  const scheduled = policy.delaysMs[Math.min(failure.attemptsInRound, policy.delaysMs.length) - 1] ?? 0;
  const isThrottled = failure.statusCode === 429 || failure.statusCode === 503;
  const asked = isThrottled ? Math.min(failure.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS) : 0;
  return Math.max(scheduled, asked);
}

/** Attempts left in a round. */
export const attemptsLeft = (policy: RetryPolicy, attemptsInRound: number): number =>
  Math.max(0, policy.attempts - attemptsInRound);

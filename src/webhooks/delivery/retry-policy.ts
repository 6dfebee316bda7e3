/**
 * When a failed delivery is tried again. Pure; the only place that decides it.
 */
export interface RetryPolicy {
  /** Attempts in one round, the first included: 1–20. */
  readonly attempts: number;
  readonly schedule: RetrySchedule;
}

/** Waiting times after the first, second, … failure. */
export type RetrySchedule =
  /** `min(maxMs, baseMs × factor^n)`, shortened at random by up to `jitter` (0–1) of itself. */
  | {
      readonly type: 'exponential';
      readonly baseMs: number;
      readonly factor: number;
      readonly maxMs: number;
      readonly jitter: number;
    }
  /** One by one; the last one counts for all further failures. */
  | { readonly type: 'list'; readonly delaysMs: readonly number[] };

/** At once, 1 s after the first failure, 2 s after the second, then no more. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { attempts: 3, schedule: { type: 'list', delaysMs: [1_000, 2_000] } };

/** "No more", in the words of BullMQ's backoff strategies. */
export const NO_MORE = -1;

/** The longest wait that a receiver's `Retry-After` can ask for. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/** Attempts that a round has left; one at least, for a delivery that waits for one. */
export const attemptsLeft = (policy: RetryPolicy, madeInRound: number): number =>
  Math.max(1, policy.attempts - madeInRound);

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
 *
 * @param random from 0 to 1: where in the range of the jitter
 */
export function nextDelayMs(policy: RetryPolicy, failure: Failure, random: () => number = Math.random): number {
  if (failure.attemptsInRound >= policy.attempts) return NO_MORE;
  const scheduled = scheduledDelayMs(policy.schedule, failure.attemptsInRound, random);
  const isThrottled = failure.statusCode === 429 || failure.statusCode === 503;
  const asked = isThrottled ? Math.min(failure.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS) : 0;
  return Math.max(scheduled, asked);
}

function scheduledDelayMs(schedule: RetrySchedule, failures: number, random: () => number): number {
  if (schedule.type === 'list') return schedule.delaysMs[Math.min(failures, schedule.delaysMs.length) - 1] ?? 0;
  const { baseMs, factor, maxMs, jitter } = schedule;
  const full = Math.min(maxMs, baseMs * factor ** (failures - 1));
  return Math.round(full * (1 - jitter * random()));
}

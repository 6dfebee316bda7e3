import type { RetryPolicy } from '../delivery/retry-policy';
import { filterProblem, type PayloadFilter } from '../events/payload-filter';
import type { FieldError } from '../webhooks.errors';
import { customHeadersProblem } from './custom-headers';

/** How deliveries to one endpoint are made. Null or left out = the service's default, or no limit. */
export interface EndpointPolicy {
  retryPolicy?: RetryPolicy | null;
  /** Total time for one attempt: 1,000–30,000. */
  timeoutMs?: number | null;
  /** Attempts per second, over all workers: 0.01–1,000. */
  ratePerSecond?: number | null;
  /** Attempts at once, over all workers: 1–100. */
  concurrency?: number | null;
  /** Whether events with the same ordering key are delivered one after another. */
  ordered?: boolean;
  /** Headers of the customer's own. */
  headers?: Record<string, string> | null;
  /** Which payloads it receives. */
  filter?: PayloadFilter | null;
}

const DAY_MS = 86_400_000;
const MAX_DELAY_MS = 7 * DAY_MS;
const MAX_ATTEMPTS = 20;

/**
 * Everything that is wrong with a policy. Pure.
 * @param reservedHeaders names that the service sets itself as it is configured
 */
export function policyProblems(policy: EndpointPolicy, reservedHeaders: readonly string[] = []): FieldError[] {
  const problems: [string, string | null][] = [
    ['retryPolicy', unlessAbsent(policy.retryPolicy, retryPolicyProblem)],
    ['timeoutMs', unlessAbsent(policy.timeoutMs, whole(1_000, 30_000))],
    ['ratePerSecond', unlessAbsent(policy.ratePerSecond, between(0.01, 1_000))],
    ['concurrency', unlessAbsent(policy.concurrency, whole(1, 100))],
    ['headers', unlessAbsent(policy.headers, (headers) => customHeadersProblem(headers, reservedHeaders))],
    ['filter', unlessAbsent(policy.filter, filterProblem)],
  ];
  return problems.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]));
}

function retryPolicyProblem(value: unknown): string | null {
  if (!hasExactly(value, ['attempts', 'schedule'])) return 'must be { attempts, schedule }';
  const problem = whole(1, MAX_ATTEMPTS)(value['attempts']);
  if (problem !== null) return `attempts ${problem}`;
  return scheduleProblem(value['schedule']);
}

function scheduleProblem(value: unknown): string | null {
  if (hasExactly(value, ['type', 'delaysMs']) && value['type'] === 'list') {
    const delays = value['delaysMs'];
    const isSound = Array.isArray(delays) && delays.length > 0 && delays.length < MAX_ATTEMPTS;
    if (!isSound || !delays.every((delay) => whole(0, MAX_DELAY_MS)(delay) === null)) {
      return `schedule.delaysMs must be 1 to ${MAX_ATTEMPTS - 1} whole numbers of milliseconds, at most 7 days each`;
    }
    return null;
  }
  if (hasExactly(value, ['type', 'baseMs', 'factor', 'maxMs', 'jitter']) && value['type'] === 'exponential') {
    const parts: [string, string | null][] = [
      ['baseMs', whole(0, MAX_DELAY_MS)(value['baseMs'])],
      ['factor', between(1, 100)(value['factor'])],
      ['maxMs', whole(0, MAX_DELAY_MS)(value['maxMs'])],
      ['jitter', between(0, 1)(value['jitter'])],
    ];
    const wrong = parts.find(([, problem]) => problem !== null);
    return wrong === undefined ? null : `schedule.${wrong[0]} ${wrong[1]}`;
  }
  return 'schedule must be { type: "list", delaysMs } or { type: "exponential", baseMs, factor, maxMs, jitter }';
}

const unlessAbsent = (value: unknown, problemOf: (value: unknown) => string | null): string | null =>
  value === undefined || value === null ? null : problemOf(value);

const between =
  (min: number, max: number) =>
  (value: unknown): string | null =>
    typeof value === 'number' && value >= min && value <= max ? null : `must be a number from ${min} to ${max}`;

const whole =
  (min: number, max: number) =>
  (value: unknown): string | null =>
    Number.isInteger(value) && between(min, max)(value) === null
      ? null
      : `must be a whole number from ${min} to ${max}`;

const hasExactly = (value: unknown, keys: readonly string[]): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === keys.length &&
  keys.every((key) => Object.hasOwn(value, key));

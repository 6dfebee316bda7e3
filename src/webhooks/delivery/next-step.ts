import type { DueDelivery } from './delivery.types';

/** What a job finds to do at its row. */
export type Step =
  /** Nothing: the row is done, gone, or belongs to a later round. */
  | { do: 'drop' }
  | { do: 'hold'; reason: string }
  | { do: 'fail'; reason: string }
  /** It is early: come back later. */
  | { do: 'wait'; delayMs: number }
  | { do: 'attempt' };

/** Clocks and timers differ by a little; a job that is early by less than this goes ahead. */
const EARLY_TOLERANCE_MS = 50;

/** Decides what a job does, from the row alone: a job is only a reminder to look. Pure. */
export function nextStep(delivery: DueDelivery | undefined, round: number): Step {
  if (delivery?.status !== 'PENDING' || delivery.round !== round) return { do: 'drop' };
  const { endpoint, dueInMs } = delivery;
  if (endpoint.deleted && !endpoint.deliversPending) return { do: 'fail', reason: 'endpoint deleted' };
  if (!endpoint.deleted && endpoint.state !== 'active') return { do: 'hold', reason: `endpoint ${endpoint.state}` };
  // Held, and its endpoint is active again: the sweep starts a new round for it.
  if (dueInMs === null) return { do: 'drop' };
  if (dueInMs > EARLY_TOLERANCE_MS) return { do: 'wait', delayMs: Math.ceil(dueInMs) };
  return { do: 'attempt' };
}

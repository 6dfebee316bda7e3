import type { Stage } from './stage';

/** Where a scenario's jobs are kept. */
export type QueueBackend = 'redis' | 'postgresql';

/** One fault, and what holds under it. */
export interface Scenario {
  readonly number: number;
  /** A few words, for the table. */
  readonly name: string;
  /** One sentence: what it proves. */
  readonly proves: string;
  /** `redis` only where the fault is about Redis, or both queues have to be seen: elsewhere it is the runner's choice. */
  readonly queue: QueueBackend;
  /** Without a redis-server it cannot run; the others then use PostgreSQL. */
  readonly needsRedis?: boolean;
  /** Plays it. Problems that it finds are given to `stage.expect`. */
  play(stage: Stage): Promise<void>;
}

/** How large it is played. */
export interface Form {
  readonly events: number;
  readonly seed: number;
  /** The build that runs. */
  readonly dist: string;
  /** A file that every node of the service loads first: a broken build. */
  readonly preload?: string | undefined;
  /** How long nothing may move before what is missing counts as lost. */
  readonly patienceMs: number;
}

/** The short form is about time on a CI machine, the full one about numbers. */
export const isShort = ({ events }: Form): boolean => events <= 1_000;

/** What a scenario printed. */
export interface Report {
  number: number;
  name: string;
  proves: string;
  queue: QueueBackend;
  accepted: number;
  delivered: number;
  /** Arrivals that were not needed. */
  duplicated: number;
  /** Visibly FAILED, with every attempt made. */
  failed: number;
  lost: number;
  /** Promised and not delivered when the fault struck. */
  inFlight: number;
  /** From the end of the fault to the last delivery that it had held up. */
  recoveryMs: number | null;
  durationMs: number;
  /** What did not hold; empty = passed. */
  problems: string[];
  /** What held, but took longer than it may: a matter of the machine as well. */
  delays: string[];
  /** Figures that are worth reading. */
  notes: string[];
}

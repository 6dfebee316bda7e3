import type { RateLimit } from '../identity.types';

/** What some requests of one key ask for together. */
export interface KeyDemand extends RateLimit {
  keyId: string;
  customerId: string;
  /** How many requests. */
  demand: number;
}

/** A key's window after a demand was counted. */
export interface RateWindow {
  keyId: string;
  /** Requests in this window; once it is beyond the limit, only that much is certain. */
  used: number;
  /** How long ago it began. */
  ageMs: number;
}

/** Whether a request is within its key's rate limit, and how much is left. */
export interface RateDecision extends RateLimit {
  isAccepted: boolean;
  /** Requests that the window still has room for. */
  remaining: number;
  /** Until the window ends. */
  resetMs: number;
}

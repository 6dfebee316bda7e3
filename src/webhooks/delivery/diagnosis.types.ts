/** One thing that was looked at. */
export interface Finding {
  check: string;
  /** `problem`: deliveries do not go out as they should. `warning`: somebody should know. */
  level: 'ok' | 'warning' | 'problem';
  /** What was found. */
  found: string;
  /** What to do about it; null when it is well. */
  advice: string | null;
  /** The figures, and the ids that the advice is about. */
  details?: unknown;
}

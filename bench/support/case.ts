import type { Bench } from './bench';
import type { Figure } from './figure';

/** One thing that is measured. */
export interface Case {
  /** For `--only`. */
  name: string;
  title: string;
  /** Whether its figures are ratios to the bare axios loop. */
  needsCeiling?: boolean;
  needsRedis?: boolean;
  run(bench: Bench): Promise<Figure[]>;
}

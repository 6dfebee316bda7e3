/** One line of the table. */
export interface Figure {
  /** Stable, for programs: `end-to-end-redis`. */
  name: string;
  /** For people. */
  title: string;
  value: number;
  unit: 'per second' | 'ms' | 'µs' | 'KiB' | 'MiB' | 'ratio' | 'times';
  /** Against the ceiling of this run, or against what `of` says. */
  ratio?: number;
  of?: string;
  goal?: Goal;
  /** What a reader has to know: which part of the figure is not the service's, say. */
  note?: string;
}

/** What was set as a goal for it, and whether this run reached it. */
export interface Goal {
  text: string;
  isMet: boolean;
}

/** A goal of at least so much. */
export const atLeast = (least: number, reached: number): Goal => ({
  text: `>= ${least.toFixed(2)}`,
  isMet: reached >= least,
});

/** A goal of at most so much. */
export const atMost = (most: number, unit: 'ms' | 'MiB', reached: number): Goal => ({
  text: `<= ${most} ${unit}`,
  isMet: reached <= most,
});

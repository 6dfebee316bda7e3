/** The value below which `part` (0 to 1) of the samples lie; 0 without samples. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export const mean = (samples: readonly number[]): number =>
  samples.reduce((sum, sample) => sum + sample, 0) / Math.max(1, samples.length);

/** Milliseconds since the epoch, with fractions, comparable between the processes of one machine. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();

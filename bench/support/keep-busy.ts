/** Runs `work` for each number below `count`, so many at once. */
export async function keepBusy(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
}

/** Runs `work` again and again, so many at once, for a time. @returns how often it ran, per second */
export async function ratePerSecond(
  milliseconds: number,
  atOnce: number,
  work: () => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  const end = start + milliseconds;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return (done * 1_000) / (performance.now() - start);
}

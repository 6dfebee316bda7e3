import type { Stage } from './stage';

const SCHEDULE_MS = [1_000, 2_000];
/** Clocks and timers differ by a little, and an answer is on its way for a while. */
const EARLY_MS = 50;

/** Attempts are numbered 1, 2, 3 without a gap, and none comes earlier than the schedule says. */
export function expectRetries(stage: Stage): void {
  let gaps = 0;
  let early = 0;
  for (const { arrivals } of stage.ledger.entries.values()) {
    const first = new Map<number, number>();
    for (const { attempt, at } of arrivals) if (!first.has(attempt)) first.set(attempt, at);
    const numbers = [...first.keys()].sort((a, b) => a - b);
    if (numbers.some((number, index) => number !== index + 1)) gaps += 1;
    for (const number of numbers.slice(1)) {
      const waited = first.get(number)! - (first.get(number - 1) ?? 0);
      if (waited < SCHEDULE_MS[number - 2]! - EARLY_MS) early += 1;
    }
  }
  stage.expect(gaps === 0, `${gaps} deliveries with attempt numbers that are not 1, 2, 3`);
  stage.expect(early === 0, `${early} retries came before their time`);
}

import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 10;

/**
 * Asks again and again until the answer is neither false nor null nor undefined, and returns it.
 * @throws Error that names `what` was waited for, and the last error of `probe`
 */
export async function waitFor<Answer>(
  what: string,
  probe: () => Answer | Promise<Answer>,
  timeoutMs = 10_000,
): Promise<NonNullable<Exclude<Answer, false>>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let problem: unknown;
    try {
      const answer = await probe();
      if (answer !== false && answer !== null && answer !== undefined) {
        return answer as NonNullable<Exclude<Answer, false>>;
      }
    } catch (error) {
      problem = error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for: ${what}`, { cause: problem });
    await sleep(PAUSE_MS);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;
/** A machine of CI does much else at the same time. */
const PATIENCE = process.env['CI'] === undefined ? 1 : 3;

/**
 * Asks again and again until the answer is something, and returns it.
 * @throws Error that names what did not come, after `timeoutMs`, three times as long where the environment has CI
 */
export async function until<T>(
  what: string,
  timeoutMs: number,
  ask: () => T | Promise<T>,
): Promise<Exclude<T, undefined | null | false>> {
  const patienceMs = PATIENCE * timeoutMs;
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return answer as Exclude<T, undefined | null | false>;
    }
    if (Date.now() > deadline) throw new Error(`Not within ${patienceMs} ms: ${what}`);
    await sleep(POLL_MS);
  }
}

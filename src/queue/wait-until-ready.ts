import { within } from '../time/within';

/** How long a start waits for the queue. */
const PATIENCE_MS = 5_000;

/**
 * Waits a moment for a queue or worker to be ready. A queue that is away does not stop the start: PostgreSQL takes
 * events in, and the queue follows when it is back.
 * @throws Error when the queue answers, and cannot be used
 */
export async function waitUntilReady(
  queue: { waitUntilReady(): Promise<unknown> },
  logger: { warn(message: string): void },
): Promise<void> {
  if (await within(PATIENCE_MS, queue.waitUntilReady())) return;
  logger.warn('the queue does not answer; starting without it, and using it as soon as it is there');
}

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
  const ready = queue.waitUntilReady().then(() => true);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    if (await Promise.race([ready, timeout])) return;
    ready.catch(() => undefined);
    logger.warn('the queue does not answer; starting without it, and using it as soon as it is there');
  } finally {
    clearTimeout(timer);
  }
}

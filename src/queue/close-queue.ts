/** How long a backend may take to answer when we leave it. */
const PATIENCE_MS = 5_000;

/** What BullMQ's queues and workers have in common. */
interface Closable {
  close(): Promise<void>;
  disconnect(): Promise<void>;
}

/**
 * Closes a queue or worker. BullMQ itself waits until a backend that is away comes back; here it has five seconds, and
 * then its connections are dropped. What the backend did not hear of any more, PostgreSQL knows.
 *
 * @param underWay work that is finished first, however long it takes
 */
export async function closeQueue(queue: Closable, underWay: ReadonlySet<Promise<unknown>> = new Set()): Promise<void> {
  const closing = queue.close().then(
    () => true,
    () => false,
  );
  let isClosed: boolean;
  do {
    await Promise.allSettled(underWay);
    isClosed = await within(PATIENCE_MS, closing);
  } while (!isClosed && underWay.size > 0);
  // Also after a close that succeeded: where the backend was away, it leaves a connection that goes on trying. Not
  // awaited: it waits for an event that a connection which is down already does not have.
  void queue.disconnect().catch(() => undefined);
}

async function within(timeoutMs: number, work: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

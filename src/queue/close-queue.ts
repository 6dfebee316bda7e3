import { within } from '../time/within';

/**
 * How long a backend may take to answer when we leave it. A worker is left first and its producer after it: with the look
 * whether the backend answers, a service that stops without it takes less than ten seconds.
 */
const PATIENCE_MS = 3_000;

/** What BullMQ's queues and workers have in common. */
interface Closable {
  close(): Promise<void>;
  disconnect(): Promise<void>;
}

/**
 * Closes a queue or worker. BullMQ itself waits until a backend that is away comes back; here it has three seconds,
 * and then its connections are dropped. What the backend did not hear of any more, PostgreSQL knows.
 *
 * @param underWay work that is finished first, however long it takes
 */
export async function closeQueue(queue: Closable, underWay: ReadonlySet<Promise<unknown>> = new Set()): Promise<void> {
  const closing = queue.close();
  // Its failure is looked at below, once what is under way has ended.
  closing.catch(() => undefined);
  let isClosed: boolean;
  do {
    await Promise.allSettled(underWay);
    isClosed = await within(PATIENCE_MS, closing).catch(() => false);
  } while (!isClosed && underWay.size > 0);
  // Also after a close that succeeded: where the backend was away, it leaves a connection that goes on trying. Not
  // awaited: it waits for an event that a connection which is down already does not have.
  void queue.disconnect().catch(() => undefined);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger';
import type { Server } from './server';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A server that ran for so long before it ended is started again at once. */
const STEADY_MS = 60_000;

/** What a supervisor is given. */
interface Supervised {
  /** Starts the server in the same place. */
  restart: () => Promise<Server>;
  /** Stops the server that runs. */
  stop: () => Promise<void>;
  logger: Logger;
  logFile: string;
}

/**
 * Starts the server again when it ends by itself (the kernel killed it, say), with growing pauses while it does not stay.
 * @returns what stops it for good, once a start that is under way is over; may be called again
 */
export function superviseServer(first: Server, { restart, stop, logger, logFile }: Supervised): () => Promise<void> {
  let server = first;
  let pauseMs = FIRST_PAUSE_MS;
  let restarting: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  const isStopping = (): boolean => stopping !== undefined;

  const watch = (started: Server): void => {
    server = started;
    const startedAt = Date.now();
    server.process.once('exit', () => {
      if (isStopping()) return;
      if (Date.now() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
      logger.warn(`The embedded PostgreSQL ended by itself and is started again; its log: ${logFile}`);
      restarting = startAgain();
    });
  };
  const startAgain = async (): Promise<void> => {
    while (!isStopping()) {
      await sleep(pauseMs, undefined, { ref: false });
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      try {
        if (!isStopping()) watch(await restart());
        return;
      } catch (error) {
        logger.warn((error as Error).message);
      }
    }
  };
  const stopForGood = async (): Promise<void> => {
    await restarting;
    const hasEnded = (): boolean => server.process.exitCode !== null || server.process.signalCode !== null;
    if (hasEnded()) return;
    try {
      await stop();
    } catch (error) {
      // It died just now.
      if (!hasEnded()) throw error;
    }
  };
  watch(first);
  return () => (stopping ??= stopForGood());
}

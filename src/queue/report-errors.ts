import type { EventEmitter } from 'node:events';

const QUIET_MS = 10_000;

/** Logs the errors of a queue or worker, one line in ten seconds: a backend that is away reports several a second. */
export function reportErrors(
  emitter: Pick<EventEmitter, 'on'> | { on(event: 'error', listener: (error: Error) => void): unknown },
  logger: { warn(message: string): void },
): void {
  let quietUntil = 0;
  (emitter as Pick<EventEmitter, 'on'>).on('error', (error: Error) => {
    const now = Date.now();
    if (now < quietUntil) return;
    quietUntil = now + QUIET_MS;
    logger.warn(`queue: ${describe(error)}`);
  });
}

/** An AggregateError (a host with several addresses) has no message of its own. */
function describe(error: Error): string {
  if (error.message !== '') return error.message;
  if (error instanceof AggregateError) return (error.errors as Error[]).map(({ message }) => message).join(', ');
  return error.name;
}

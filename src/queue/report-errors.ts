import type { EventEmitter } from 'node:events';

/** Logs the errors of a queue or worker. A backend that is away reports several a second: the logger is to bear that. */
export function reportErrors(
  emitter: Pick<EventEmitter, 'on'> | { on(event: 'error', listener: (error: Error) => void): unknown },
  logger: { warn(message: string): void },
): void {
  (emitter as Pick<EventEmitter, 'on'>).on('error', (error: Error) => logger.warn(`queue: ${describe(error)}`));
}

/** An AggregateError (a host with several addresses) has no message of its own. */
function describe(error: Error): string {
  if (error.message !== '') return error.message;
  if (error instanceof AggregateError) return (error.errors as Error[]).map(({ message }) => message).join(', ');
  return error.name;
}

import { CommanderError } from 'commander';
import { EXIT } from './exit-codes';
import type { Failure } from './explain-failure';

/** What to say of an error, and with what exit code. */
export async function toFailure(error: unknown): Promise<Failure> {
  if (error instanceof CommanderError) {
    // Help that was asked for is thrown as well.
    return { exitCode: error.exitCode === 0 ? EXIT.ok : EXIT.usage, message: '', code: error.code };
  }
  // It takes half of the service along, which wrong use of a command has no need of.
  const { explainFailure } = await import('./explain-failure.js');
  return explainFailure(error);
}

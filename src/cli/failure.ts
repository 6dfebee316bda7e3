import { CommanderError } from 'commander';
import { EXIT } from './exit-codes';
import type { Failure } from './explain-failure';

/** What to say of an error, and with what exit code. */
export async function toFailure(error: unknown): Promise<Failure> {
  if (error instanceof CommanderError) return ofCommandLine(error);
  // It takes half of the service along, which wrong use of a command has no need of.
  const { explainFailure } = await import('./explain-failure.js');
  return explainFailure(error);
}

/** What standard error is told: a line of JSON for a program, for a person what was not told already. */
export function tell({ exitCode, code, message, isTold = false }: Failure, { json }: { json: boolean }): string {
  if (exitCode === EXIT.ok) return '';
  if (json) return `${JSON.stringify({ error: { code, message } })}\n`;
  return isTold ? '' : `${message}\n`;
}

/** Commander has told a person already, unless that was forbidden. */
function ofCommandLine({ exitCode, code, message }: CommanderError): Failure {
  // Help and the version are thrown as well, when they were asked for; help also when a command is missing.
  if (exitCode === 0) return { exitCode: EXIT.ok, code, message: '', isTold: true };
  const sentence = code === 'commander.help' ? NO_COMMAND : message.replace(/^error: /, '').replaceAll('\n', ' ');
  return { exitCode: EXIT.usage, code: 'usage', message: sentence, isTold: true };
}

const NO_COMMAND = 'A command is missing: --help lists them.';

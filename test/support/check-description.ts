import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What is made of a description, and what an independent validator says of it. */
export interface Checked {
  /** The content of each generated file, by its path in the project. */
  files: Record<string, string>;
  valid: boolean;
  errors?: unknown;
  version: string;
}

/** Generates and validates in a process of its own: Jest cannot load the programs that do it. */
export async function checkDescription(document: object): Promise<Checked> {
  const program = spawn(process.execPath, [join(__dirname, 'generated-client.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  program.stdin.end(JSON.stringify(document));
  const [written] = await Promise.all([text(program.stdout), once(program, 'close')]);
  return JSON.parse(written) as Checked;
}

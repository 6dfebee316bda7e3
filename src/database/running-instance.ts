import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent, writePrivateFile } from './private-file';
import { currentProcess, isAlive } from './process-identity';

const FILE = 'instance.json';

/** What the command line needs to know of the service that runs on a data directory. */
export interface RunningInstance {
  /** The service's process. */
  pid: number;
  /** Its database, with the password: the file is for its owner's eyes only (0600). */
  databaseUrl: string;
  /** The HTTP port, when it serves one. */
  port?: number;
}

/** Leaves word in `dataDir` of this process, which must be `instance.pid`; replaces what was there. */
export async function publishInstance(dataDir: string, instance: RunningInstance): Promise<void> {
  const { startedAt } = await currentProcess();
  await writePrivateFile(join(dataDir, FILE), JSON.stringify({ ...instance, startedAt }));
}

/** The service that runs on `dataDir`, or null: none, or the file is of one that is gone. */
export async function readInstance(dataDir: string): Promise<RunningInstance | null> {
  const content = await readIfPresent(join(dataDir, FILE));
  const found = content === null ? null : parse(content);
  if (!found || !(await isAlive(found))) return null;
  const { pid, databaseUrl, port } = found;
  return port === undefined ? { pid, databaseUrl } : { pid, databaseUrl, port };
}

/** Takes this process's word back. Another live process's is left alone. */
export async function withdrawInstance(dataDir: string): Promise<void> {
  const found = await readInstance(dataDir);
  if (found && found.pid !== process.pid) return;
  await rm(join(dataDir, FILE), { force: true });
}

function parse(content: string): (RunningInstance & { startedAt: string }) | null {
  let value: Partial<Record<string, unknown>>;
  try {
    value = Object(JSON.parse(content)) as Partial<Record<string, unknown>>;
  } catch {
    return null;
  }
  const { pid, databaseUrl, port, startedAt } = value;
  if (typeof pid !== 'number' || typeof databaseUrl !== 'string' || typeof startedAt !== 'string') return null;
  return { pid, databaseUrl, startedAt, ...(typeof port === 'number' ? { port } : {}) };
}

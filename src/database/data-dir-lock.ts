import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPrivateFile, hasCode, readIfPresent } from './private-file';
import { currentProcess, isAlive, type ProcessIdentity } from './process-identity';

const OWNER_FILE = 'owner.json';
const ATTEMPTS = 20;
/** How long the winner of a takeover waits before it believes its victory; see `confirm`. */
const SETTLE_MS = 50;

/** The right to use a data directory, until `release()` or the end of the process. */
export interface DataDirLock {
  /** The directory, as an absolute path. */
  readonly dataDir: string;
  /** Gives the directory back. Calling it again does nothing. */
  release(): Promise<void>;
}

/** Another live process owns the data directory. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  readonly code = 'data_dir_in_use';

  constructor(
    readonly dataDir: string,
    /** The process that owns it. */
    readonly pid: number,
  ) {
    super(
      `The data directory ${dataDir} is in use by process ${pid}. ` +
        `Stop that process first, or give this one a directory of its own (DATA_DIR).`,
    );
  }
}

/**
 * Makes this process the only owner of `dataDir`, which is created (0700) when missing. The owner is named in a file
 * there; the file of a process that is gone, even one killed with SIGKILL, is taken over.
 *
 * The processes must see each other: two containers that share the directory but not their process ids do not.
 *
 * @throws DataDirInUseError when a live process owns it; then nothing was changed.
 */
export async function acquireDataDir(dataDir: string): Promise<DataDirLock> {
  const directory = resolve(dataDir);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return await acquire(directory, join(directory, OWNER_FILE));
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
    throw new Error(
      `The data directory ${directory} belongs to another user or is read-only: choose another DATA_DIR.`,
      { cause: error },
    );
  }
}

async function acquire(directory: string, file: string): Promise<DataDirLock> {
  const mine = JSON.stringify({ ...(await currentProcess()), token: randomUUID() });

  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await readIfPresent(file);
    if (found === null) {
      if (await claim(file, mine)) return lockOf(directory, file, mine);
      continue;
    }
    const owner = parseOwner(found);
    if (owner && (await isAlive(owner))) throw new DataDirInUseError(directory, owner.pid);
    if ((await setAside(file, found)) && (await claim(file, mine)) && (await confirm(file, mine))) {
      return lockOf(directory, file, mine);
    }
  }
  throw new Error(`The data directory ${directory} changes hands too often; try again.`);
}

/** Puts the owner file in place, complete from its first moment; false when somebody else was faster. */
async function claim(file: string, content: string): Promise<boolean> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  await createPrivateFile(temporary, content);
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes a dead owner's file, unless it has become another's in the meantime: that one is put back. */
async function setAside(file: string, stale: string): Promise<boolean> {
  const aside = `${file}.${randomUUID()}.tmp`;
  if ((await readIfPresent(file)) !== stale) return false;
  try {
    await rename(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  try {
    if ((await readIfPresent(aside)) === stale) return true;
    // Taken over between our look and our rename. If a third one claimed it since, that one is the owner.
    await link(aside, file).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
    return false;
  } finally {
    await rm(aside, { force: true });
  }
}

/**
 * Two that saw the same dead owner may both have moved a file away, the slower one the faster one's. It is put back
 * at once; the faster one looks again after that, and gives way if a third process stepped into the gap.
 */
async function confirm(file: string, mine: string): Promise<boolean> {
  await sleep(SETTLE_MS);
  return (await readIfPresent(file)) === mine;
}

function lockOf(dataDir: string, file: string, mine: string): DataDirLock {
  return {
    dataDir,
    async release() {
      if ((await readIfPresent(file)) === mine) await rm(file, { force: true });
    },
  };
}

/** Null for a file that no version of this program wrote. */
function parseOwner(content: string): ProcessIdentity | null {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value)) return null;
    const { pid, startedAt } = value;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : null;
  } catch {
    return null;
  }
}

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { hasCode } from './private-file';

const execFileAsync = promisify(execFile);

/**
 * A process, in a form that survives the reuse of process ids: the same pid with another start is another process.
 * `startedAt` is opaque (on Linux the boot and the clock tick, elsewhere what `ps` prints); '' where it is not known.
 */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

/** This process. */
export async function currentProcess(): Promise<ProcessIdentity> {
  return { pid: process.pid, startedAt: (await startOf(process.pid)) ?? '' };
}

/** Whether exactly this process is still there. A zombie, which only waits for its parent, is not. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  if (!pidExists(identity.pid)) return false;
  const startedAt = await startOf(identity.pid);
  if (startedAt === null) return false;
  return startedAt === '' || identity.startedAt === '' || startedAt === identity.startedAt;
}

/** Whether some process has this pid, whichever it is. */
export function pidExists(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, of another user.
    return hasCode(error, 'EPERM');
  }
}

/** The command line of a process (words joined by blanks), or null when it cannot be told. */
export async function commandLineOf(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').join(' ').trim();
    }
    return process.platform === 'win32' ? null : await ps(pid, 'command=');
  } catch {
    return null;
  }
}

/** When the process started; null when it is not there (any more), '' when this system does not tell. */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return '';
  try {
    if (process.platform !== 'linux') return (await ps(pid, 'lstart=')) || null;
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    ]);
    return startFromStat(stat, boot.trim());
  } catch {
    return null;
  }
}

/**
 * Reads the start out of `/proc/<pid>/stat` (proc(5): field 3 is the state, field 22 the start in clock ticks since
 * the boot). Null for a zombie or a dead process.
 */
export function startFromStat(stat: string, boot: string): string | null {
  // Field 2 is the program's name in parentheses and may itself hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const ticks = fields[19];
  if (ticks === undefined || state === 'Z' || state === 'X') return null;
  return `${boot}/${ticks}`;
}

async function ps(pid: number, column: string): Promise<string> {
  // A fixed locale and time zone: the text is compared with what another process read.
  const env = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };
  const { stdout } = await execFileAsync('ps', ['-o', column, '-p', String(pid)], { env });
  return stdout.trim();
}

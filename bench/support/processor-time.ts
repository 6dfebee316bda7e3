import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const TICK_MICROSECONDS = 10_000;

/**
 * Microseconds of processor time that a process, its children, and the children that have ended, have used; 0 where the
 * system does not tell (it is read from /proc).
 */
export function processorTimeOfFamily(pid: number): number {
  let sum = 0;
  for (const name of numbersIn('/proc')) {
    const fields = statOf(name);
    const [parent, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((n) =>
      Number(fields[n]),
    );
    if (Number(name) === pid) sum += user + system + endedUser + endedSystem;
    else if (parent === pid) sum += user + system;
  }
  return sum * TICK_MICROSECONDS;
}

function numbersIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** The fields after the name, which may hold spaces: the first is the state. */
function statOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return [];
  }
}

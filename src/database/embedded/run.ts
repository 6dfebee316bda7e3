import { execFile } from 'node:child_process';
import { hasCode } from '../private-file';
import { EmbeddedPostgresError } from './binaries';

/** The system user that a program runs as. */
export interface SystemUser {
  uid: number;
  gid: number;
}

/** How a program ended: its exit code, and what it printed, standard error last. */
export interface RunResult {
  code: number;
  output: string;
}

/**
 * The environment of every program started here: nothing of ours (a PGDATA or PGOPTIONS would steer the server) and
 * messages in English, because some are read. Windows needs its own variables and gets them.
 */
export const PROGRAM_ENV =
  process.platform === 'win32'
    ? undefined
    : { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

/** Our own working directory may be out of reach for the server's user. */
export const PROGRAM_CWD = process.platform === 'win32' ? undefined : '/';

/**
 * Runs a program to its end, whatever its exit code.
 *
 * @throws EmbeddedPostgresError when it cannot be started at all.
 */
export function run(program: string, args: readonly string[], user?: SystemUser): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const options = { env: PROGRAM_ENV, cwd: PROGRAM_CWD, windowsHide: true, ...user };
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = [stdout, stderr].join('\n').trim();
      if (!error) resolve({ code: 0, output });
      else if (typeof error.code === 'number') resolve({ code: error.code, output });
      else reject(cannotStart(program, error));
    });
  });
}

/** Explains why a program of the embedded PostgreSQL did not even start. */
export function cannotStart(program: string, error: Error): EmbeddedPostgresError {
  // The file is there (the package was found), so what is missing is the system's loader for it.
  const why = hasCode(error, 'ENOENT') ? 'it is built for glibc, which this system (Alpine?) lacks' : error.message;
  return new EmbeddedPostgresError(`Cannot run ${program}: ${why}. Set DATABASE_URL to a PostgreSQL of your own.`);
}

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../logger';
import { createPrivateFile, hasCode, readIfPresent, syncDirectory } from '../private-file';
import { EmbeddedPostgresError, type Binaries } from './binaries';
import { run, type SystemUser } from './run';
import { letThrough } from './system-user';

/**
 * The superuser of the embedded PostgreSQL. Not `webhooks`: PostgreSQL's default search path begins with the schema of
 * the user's name, which would be ours, and hide that a query forgot to name it.
 */
export const SUPERUSER = 'postgres';

const HOME = 'postgres';
const UNFINISHED = 'postgres.init-';

/** A database cluster: PostgreSQL's files, and the password that goes with them. */
export interface Cluster {
  /** PostgreSQL's own directory. */
  pgData: string;
  /** The server's log file. */
  logFile: string;
  /** The superuser's password; also in `postgres/password` (0600). */
  password: string;
}

interface ClusterOptions {
  dataDir: string;
  binaries: Binaries;
  user: SystemUser | undefined;
  logger: Logger;
  /** Whether a new cluster is brought to the disk before it is used; half a second faster when not. */
  isDurable: boolean;
}

/**
 * Opens the cluster in `<dataDir>/postgres`, and makes it first when there is none.
 *
 * A new one is made under another name and renamed when it is complete, password included: whatever interrupts
 * `initdb`, the next start finds either a whole cluster or none.
 *
 * @throws EmbeddedPostgresError when `initdb` fails or the password file is gone.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const home = join(options.dataDir, HOME);
  await removeUnfinished(options.dataDir);
  if (existsSync(home) && !isWhole(home)) await setAside(home, options.logger);
  if (!existsSync(home)) await makeCluster(home, options);
  if (options.user) await letThrough(home, options.user);

  const password = await readIfPresent(join(home, 'password'));
  if (!password) {
    throw new EmbeddedPostgresError(
      `The password of the embedded PostgreSQL is gone (${join(home, 'password')}): restore that file, ` +
        `or move ${home} away to start with an empty database.`,
    );
  }
  return { pgData: join(home, 'data'), logFile: join(home, 'server.log'), password };
}

/** A finished `initdb` left at least these. */
const MARKS = [join('data', 'PG_VERSION'), join('data', 'global', 'pg_control')];

const isWhole = (home: string): boolean => MARKS.every((mark) => existsSync(join(home, mark)));

/** Whether opening the cluster of `dataDir` would make one. False also where this user may not look: opening says why. */
export async function lacksCluster(dataDir: string): Promise<boolean> {
  const isMissing = (mark: string): Promise<boolean> =>
    stat(join(dataDir, HOME, mark)).then(
      () => false,
      (error: unknown) => hasCode(error, 'ENOENT', 'ENOTDIR'),
    );
  return (await Promise.all(MARKS.map(isMissing))).includes(true);
}

async function removeUnfinished(dataDir: string): Promise<void> {
  const left = (await readdir(dataDir)).filter((name) => name.startsWith(UNFINISHED));
  // The initdb of a service that was killed may still be writing there; what cannot be removed now is next time.
  const patience = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };
  for (const name of left) await rm(join(dataDir, name), patience).catch(() => undefined);
}

/** Not one of ours, or damaged by hand. It may hold something dear to somebody, so it is kept. */
async function setAside(home: string, logger: Logger): Promise<void> {
  const aside = `${home}.unusable-${Date.now()}`;
  await rename(home, aside);
  logger.warn(`${home} is not a complete PostgreSQL directory: moved to ${aside}, starting with an empty database`);
}

async function makeCluster(
  home: string,
  { dataDir, binaries, user, logger, isDurable }: ClusterOptions,
): Promise<void> {
  logger.log('Creating the embedded PostgreSQL database (once, about a second)');
  const unfinished = await mkdtemp(join(dataDir, UNFINISHED));
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(unfinished, 'initdb-password');
  const pgData = join(unfinished, 'data');

  await createPrivateFile(join(unfinished, 'password'), password);
  await createPrivateFile(passwordFile, password);
  await mkdir(pgData, { mode: 0o700 });
  if (user) {
    await letThrough(unfinished, user);
    await chown(passwordFile, user.uid, user.gid);
    await chown(pgData, user.uid, user.gid);
  }
  const args = [...initdbArguments(pgData, passwordFile), ...(isDurable ? [] : ['--no-sync'])];
  const { code, output } = await run(binaries.initdb, args, user);
  if (code !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw new EmbeddedPostgresError(`initdb failed: ${output.split('\n').slice(-3).join(' ')}`);
  }
  await rm(passwordFile);
  await rename(unfinished, home);
  await syncDirectory(dataDir);
}

function initdbArguments(pgData: string, passwordFile: string): string[] {
  return [
    `--pgdata=${pgData}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`, // never on the command line, where every user of the machine can read it
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case rules on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
}

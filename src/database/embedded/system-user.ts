import { chmod, chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from '../logger';
import { EmbeddedPostgresError } from './binaries';
import { run, type SystemUser } from './run';

const NAME = 'postgres';

/**
 * The user that the server runs as: undefined = this process's own. PostgreSQL refuses to run as root, so for root it
 * is the system user `postgres`, which is created when missing.
 *
 * @throws EmbeddedPostgresError when the user is missing and cannot be created.
 */
export async function serverUser(logger: Logger): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await lookUp();
  if (existing) return existing;
  logger.log(`PostgreSQL does not run as root: creating the system user "${NAME}" for it`);
  // Each may fail because the group exists or another process was faster; the look-up afterwards is what counts.
  const home = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
  await run('groupadd', ['--system', NAME]).catch(() => undefined);
  await run('useradd', ['--system', '--gid', NAME, ...home, NAME]).catch(() => undefined);
  const created = await lookUp();
  if (created) return created;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the system user "${NAME}" could not be created: ` +
      'create it, start the service as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * Lets the server's user through `directory`, ours, to what lies in it: search permission only, for its group only.
 */
export async function letThrough(directory: string, user: SystemUser): Promise<void> {
  if (await canReach(directory, user)) return;
  const { uid, mode } = await stat(directory);
  if (uid !== 0) return;
  await chown(directory, uid, user.gid);
  await chmod(directory, (mode & 0o7777) | 0o010);
}

/**
 * Checks that the server's user can get to a directory.
 *
 * @throws EmbeddedPostgresError that names the first directory on the way that is closed to it.
 */
export async function assertReachable(path: string, user: SystemUser): Promise<void> {
  if (await canReach(path, user)) return;
  let closed = path;
  for (let up = dirname(path); up !== dirname(up) && !(await canReach(up, user)); up = dirname(up)) closed = up;
  throw new EmbeddedPostgresError(
    `PostgreSQL runs as the system user "${NAME}", which cannot pass through ${closed} to ${path}: ` +
      `run "chmod o+x ${closed}", put the project and DATA_DIR elsewhere, ` +
      'start the service as an ordinary user, or set DATABASE_URL.',
  );
}

/** Asked of the system itself, as that user: mode bits alone do not tell (access control lists, mounts). */
async function canReach(path: string, user: SystemUser): Promise<boolean> {
  return (await run('test', ['-x', path], user)).code === 0;
}

async function lookUp(): Promise<SystemUser | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

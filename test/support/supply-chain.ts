import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that `npm ci --omit=dev` installs. */
export interface ProductionPackage {
  name: string;
  version: string;
  /** An SPDX expression, or what the package says instead; `none` where it says nothing. */
  licence: string;
  /** The lock file's checksum of its content. */
  integrity: string | undefined;
  /** Where npm takes it from; undefined is the registry. */
  resolved: string | undefined;
  /** Whether it would run a program of its own when it is installed. */
  hasInstallScript: boolean;
}

interface LockEntry {
  version?: string;
  license?: string;
  dev?: boolean;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}

/** Licences under which packages may be used without more than passing on their text. */
const ALLOWED = [
  'MIT',
  'ISC',
  'MIT and ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'Unlicense',
  'CC0-1.0',
];

/** Looked at by hand, package by package. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  // An MIT text in its folder, and no field that says so.
  busboy: 'none',
  streamsearch: 'none',
  'seq-queue': 'none',
  // Drawings of the Prisma command line: not loaded by the service, used unchanged.
  elkjs: 'EPL-2.0',
};

/** Everything that is installed beside the service, from the lock file. */
export function productionPackages(root: string): ProductionPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version = '', license = 'none', integrity, resolved, hasInstallScript = false }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      integrity,
      resolved,
      hasInstallScript,
    }));
}

/** Whether its licence is one that this project accepts. */
export const isLicenceAllowed = ({ name, licence }: ProductionPackage): boolean =>
  ALLOWED.includes(licence) || LOOKED_AT[name] === licence;

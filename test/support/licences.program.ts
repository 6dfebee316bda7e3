import { join } from 'node:path';
import { isLicenceAllowed, productionPackages } from './supply-chain';

// `npm run licences`: the licence of every package that is installed beside the service; exit code 1 when one is not
// among those that SECURITY.md names.

const packages = productionPackages(join(__dirname, '../..'));
const byLicence = new Map<string, string[]>();
for (const { name, version, licence } of packages) {
  byLicence.set(licence, [...(byLicence.get(licence) ?? []), `${name}@${version}`]);
}
for (const [licence, names] of [...byLicence].sort(([, a], [, b]) => b.length - a.length)) {
  console.log(`${licence} (${names.length})\n  ${[...new Set(names)].sort().join(', ')}`);
}
const refused = packages.filter((found) => !isLicenceAllowed(found));
for (const { name, licence } of refused) console.error(`Not allowed: ${name} (${licence})`);
process.exitCode = refused.length > 0 ? 1 : 0;

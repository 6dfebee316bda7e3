import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLicenceAllowed, productionPackages } from '../support/supply-chain';

const root = join(__dirname, '../..');
const packages = productionPackages(root);

it('every package that is installed beside the service has a licence that was agreed to', () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter((found) => !isLicenceAllowed(found)).map(({ name, licence }) => [name, licence])).toEqual([]);
});

it('the lock file fixes the content of every one of them, from the registry and nowhere else', () => {
  expect(packages.filter(({ integrity }) => integrity?.startsWith('sha512-') !== true)).toEqual([]);
  expect(packages.filter(({ resolved = 'https:' }) => !resolved.startsWith('https:'))).toEqual([]);
});

it('packages that would run a program at their installation are named, each with a yes or a no', () => {
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    allowScripts: Record<string, boolean>;
  };
  const undecided = packages.filter(({ name, hasInstallScript }) => hasInstallScript && !(name in allowScripts));
  expect(undecided.map(({ name }) => name)).toEqual([]);
});

it('every test that SECURITY.md refers to is there', () => {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  const files = [...text.matchAll(/`((?:src|test)\/[^`]+\.ts)`/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

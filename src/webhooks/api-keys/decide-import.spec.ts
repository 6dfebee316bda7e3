import type { KeyToImport } from './api-keys.types';
import { decideImport, type ImportState } from './decide-import';

const key = (customerId: string, digest: string): KeyToImport => ({
  customerId,
  digest,
  name: 'k',
  preview: null,
  permissions: [],
  labels: {},
  expiresAt: null,
  isActive: true,
  createdAt: null,
});
const state = (changes: Partial<ImportState> = {}): ImportState => ({
  customers: new Set(['a', 'b']),
  owners: new Map(),
  counts: new Map(),
  limit: null,
  ...changes,
});

it('what is new is imported, once', () => {
  expect(decideImport([key('a', '1'), key('a', '1'), key('b', '2')], state())).toEqual([
    'imported',
    'present',
    'imported',
  ]);
});

it('what is there already stays, and whose it is decides how that is told', () => {
  const owners = new Map([['1', 'a']]);
  expect(decideImport([key('a', '1'), key('b', '1')], state({ owners }))).toEqual(['present', 'foreign']);
  expect(decideImport([key('a', '2'), key('b', '2')], state())).toEqual(['imported', 'foreign']);
});

it('a customer that is not there gets none', () => {
  expect(decideImport([key('c', '1')], state())).toEqual(['no-customer']);
});

it('the limit holds within a batch; what is there already does not count twice', () => {
  const owners = new Map([['0', 'a']]);
  const counts = new Map([['a', 1]]);
  const keys = [key('a', '0'), key('a', '1'), key('a', '2'), key('a', '1'), key('b', '3')];
  expect(decideImport(keys, state({ owners, counts, limit: 2 }))).toEqual([
    'present',
    'imported',
    'too-many',
    'present',
    'imported',
  ]);
});

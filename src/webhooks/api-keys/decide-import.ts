import type { ImportOutcome, KeyToImport } from './api-keys.types';

/** What is there before a batch is imported. */
export interface ImportState {
  /** The customers that there are. */
  customers: ReadonlySet<string>;
  /** Whom the keys belong to that are there already, by their digests. */
  owners: ReadonlyMap<string, string>;
  /** How many keys the customers have. */
  counts: ReadonlyMap<string, number>;
  /** How many they may have; null = any number. */
  limit: number | null;
}

/** What becomes of each key of a batch, in their order. */
export function decideImport(keys: readonly KeyToImport[], state: ImportState): ImportOutcome[] {
  const owners = new Map(state.owners);
  const counts = new Map(state.counts);
  return keys.map(({ customerId, digest }) => {
    if (!state.customers.has(customerId)) return 'no-customer';
    const owner = owners.get(digest);
    if (owner !== undefined) return owner === customerId ? 'present' : 'foreign';
    const count = counts.get(customerId) ?? 0;
    if (state.limit !== null && count >= state.limit) return 'too-many';
    owners.set(digest, customerId);
    counts.set(customerId, count + 1);
    return 'imported';
  });
}

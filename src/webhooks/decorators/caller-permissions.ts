import type { AuthenticatedRequest } from '../identity.types';

const EVERYTHING: readonly string[] = ['*'];
const NOTHING: readonly string[] = [];

/** What the caller of a request may do: what the key may, or everything for a platform's user. */
export function permissionsOf({ customer, apiKey }: Partial<AuthenticatedRequest>): readonly string[] {
  if (apiKey !== undefined) return apiKey.permissions;
  return customer === undefined ? NOTHING : EVERYTHING;
}

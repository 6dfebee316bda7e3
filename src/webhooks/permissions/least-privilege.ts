import { covers, MAX_PERMISSIONS } from '../api-keys/permissions';
import type { ApiKeyUsage, PermissionUse } from './permissions.types';

/** A key's rights and deeds. */
interface Facts {
  /** What it holds: concrete permissions and wildcards. */
  granted: readonly string[];
  /** What exists of what that includes, wildcards spelled out. */
  concrete: readonly string[];
  /** What it was used with, ever. */
  uses: readonly PermissionUse[];
  since: Date;
}

/** Compares what a key may do with what it did. */
export function compareUse({ granted, concrete, uses, since }: Facts): ApiKeyUsage {
  const used = uses
    .filter(({ lastUsedAt }) => lastUsedAt >= since)
    .map((use) => ({ ...use, grantedBy: granted.filter((holder) => covers(holder, use.permission)) }));
  const usedNames = new Set(used.map(({ permission }) => permission));
  // A permission that has ceased to exist is still held, and certainly not needed.
  const held = [...new Set([...concrete, ...granted.filter((permission) => !isWildcard(permission))])].sort();
  const under = (wildcard: string, names: Iterable<string>): string[] =>
    [...names].filter((permission) => covers(wildcard, permission));
  const neverUsed = held.filter((permission) => !usedNames.has(permission));
  const permissions = leastOf(used);
  return {
    since,
    used,
    neverUsed,
    wildcards: granted.filter(isWildcard).map((permission) => ({
      permission,
      used: under(permission, usedNames),
      neverUsed: under(permission, neverUsed),
    })),
    advice: { permissions, removable: granted.filter((permission) => !permissions.includes(permission)) },
  };
}

const isWildcard = (permission: string): boolean => permission.endsWith('*');

/** Single permissions; where a key cannot hold so many, what grants them now. */
function leastOf(used: ApiKeyUsage['used']): string[] {
  const needed = used.filter(({ grantedBy }) => grantedBy.length > 0);
  if (needed.length <= MAX_PERMISSIONS) return needed.map(({ permission }) => permission);
  return [...new Set(needed.flatMap(({ grantedBy }) => grantedBy))];
}

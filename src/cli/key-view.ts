import type { AuthenticatedApiKey } from '../webhooks/identity.types';
import { state } from './output';
import type { CellValue, Column } from './table';

/** A list of keys. */
export const KEY_COLUMNS: readonly Column<AuthenticatedApiKey>[] = [
  { title: 'id', of: ({ id }) => id },
  { title: 'name', of: ({ name }) => name, mayShrink: true },
  { title: 'key', of: ({ preview }) => preview },
  { title: 'state', of: (key) => state(keyState(key)) },
  { title: 'permissions', of: ({ permissions }) => permissions, mayShrink: true },
  { title: 'last used', of: ({ lastUsedAt }) => lastUsedAt },
  { title: 'expires', of: ({ expiresAt }) => expiresAt },
];

/** One key. */
export function keyFields(key: AuthenticatedApiKey): [name: string, value: CellValue][] {
  const { rateLimit } = key;
  return [
    ['id', key.id],
    ['name', key.name],
    ['preview', key.preview],
    ['state', state(keyState(key))],
    ['permissions', key.permissions],
    ['labels', Object.entries(key.labels).map(([name, value]) => `${name}=${value}`)],
    ['allowed from', key.allowedCidrs.length === 0 ? 'everywhere' : key.allowedCidrs],
    ['rate limit', rateLimit === null ? null : `${rateLimit.limit} in ${rateLimit.windowSeconds} s`],
    ['canary', key.isCanary ? 'yes' : null],
    ['successor', key.successorId],
    ['last used', key.lastUsedAt],
    ['last used from', key.lastUsedIp],
    ['last used by', key.lastUsedUserAgent],
    ['expires', key.expiresAt],
    ['created', key.createdAt],
  ];
}

function keyState({ isActive, deactivatedReason, expiresAt, successorId }: AuthenticatedApiKey): string {
  if (!isActive) return deactivatedReason ?? 'inactive';
  if (expiresAt !== null && expiresAt <= new Date()) return 'expired';
  return successorId === null ? 'active' : 'being replaced';
}

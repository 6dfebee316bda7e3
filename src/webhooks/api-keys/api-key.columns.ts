import type { AuthenticatedApiKey } from '../identity.types';

/** Everything of a key that may be shown: not its digest. */
export const shown = {
  id: true,
  name: true,
  preview: true,
  permissions: true,
  labels: true,
  isActive: true,
  deactivatedReason: true,
  expiresAt: true,
  allowedCidrs: true,
  rateLimit: true,
  rateWindowSeconds: true,
  isCanary: true,
  successorId: true,
  rotatedAt: true,
  lastUsedAt: true,
  lastUsedIp: true,
  lastUsedUserAgent: true,
  createdAt: true,
} as const;

/** The keys that count for a customer's limit: not the deleted ones, nor those that have a successor. */
export const counted = { deletedAt: null, successorId: null } as const;

/** A row with the columns of {@link shown}. */
export interface ApiKeyRow extends Omit<AuthenticatedApiKey, 'permissions' | 'labels' | 'rateLimit'> {
  permissions: unknown;
  labels: unknown;
  rateLimit: number | null;
  rateWindowSeconds: number | null;
}

/** A key as it is shown, from its row. */
export function toApiKey({ rateWindowSeconds, rateLimit, ...row }: ApiKeyRow): AuthenticatedApiKey {
  return {
    ...row,
    permissions: row.permissions as string[],
    labels: row.labels as Record<string, string>,
    rateLimit:
      rateLimit === null || rateWindowSeconds === null ? null : { limit: rateLimit, windowSeconds: rateWindowSeconds },
  };
}

import type { RateLimit } from '../identity.types';

/** What may be chosen of a new key. */
export interface NewApiKey {
  name: string;
  /** Left out = none: the key may do nothing. */
  permissions?: string[] | undefined;
  labels?: Record<string, string> | undefined;
  /** In the future; null or left out = never. */
  expiresAt?: Date | null | undefined;
  /** CIDR ranges; empty or left out = everywhere. */
  allowedCidrs?: string[] | undefined;
  rateLimit?: RateLimit | null | undefined;
  isCanary?: boolean | undefined;
}

/** What can be changed of a key; left out = as it is. */
export interface ApiKeyChanges {
  name?: string | undefined;
  permissions?: string[] | undefined;
  labels?: Record<string, string> | undefined;
  isActive?: boolean | undefined;
  expiresAt?: Date | null | undefined;
  allowedCidrs?: string[] | undefined;
  rateLimit?: RateLimit | null | undefined;
}

/** Why a key is not active any more. */
export type DeactivationReason = 'deactivated' | 'rotated' | 'leaked' | 'self-revoked';

/** How a key is rotated. */
export interface RotationOptions {
  /** How long the old key is accepted beside the new one; 0 = not at all. Default: a day. */
  gracePeriodSeconds?: number | undefined;
  /** When the new key expires; left out = when the old one would have, null = never. */
  expiresAt?: Date | null | undefined;
}

/** Where a key was found that should have stayed secret. */
export interface Leak {
  /** Who noticed: `github`, `canary`. */
  source: string;
  url?: string | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
}

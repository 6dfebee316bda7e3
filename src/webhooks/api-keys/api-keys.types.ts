import type { AuthenticatedApiKey, RateLimit } from '../identity.types';

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

/** A key that was made elsewhere, as it is written. */
export interface KeyToImport {
  customerId: string;
  name: string;
  digest: string;
  preview: string | null;
  permissions: string[];
  labels: Record<string, string>;
  expiresAt: Date | null;
  isActive: boolean;
  /** null = now. */
  createdAt: Date | null;
}

/**
 * What becomes of a key that is to be imported: `present`: it is there already; `foreign`: it is another customer's;
 * `too-many`: the customer has as many as it may.
 */
export type ImportOutcome = 'imported' | 'present' | 'foreign' | 'too-many' | 'no-customer';

/** What the earlier batches of a dry run would have changed. */
export interface DryRun {
  /** Customers that would have been made, and whose they would be. */
  customers: Map<string, string>;
  /** How many keys a customer would have got. */
  added: Map<string, number>;
}

/**
 * The answer to `POST /api-keys`: with that to a rotation, the only one that holds a key. Beside these fields it has
 * those that the request set.
 */
export type CreatedApiKey = Pick<AuthenticatedApiKey, 'id' | 'name' | 'permissions' | 'isActive' | 'createdAt'> & {
  key: string;
} & Partial<Pick<AuthenticatedApiKey, 'labels' | 'expiresAt' | 'allowedCidrs' | 'rateLimit' | 'isCanary'>>;

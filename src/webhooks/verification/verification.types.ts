import type { AuthenticatedApiKey, AuthenticatedCustomer, AuthenticatedUser } from '../identity.types';

/** Whom a key belongs to, and what decides whether it is accepted. */
export interface KeyIdentity {
  user: AuthenticatedUser;
  customer: AuthenticatedCustomer;
  apiKey: AuthenticatedApiKey;
  /** Since when the customer has no access, and why. */
  suspension: { at: Date; reason: string | null } | null;
}

/** From where and by what program a key is used. */
export interface KeyUse {
  ip: string | null;
  userAgent: string | null;
  /** What the route asked for. */
  permissions: readonly string[];
}

/** Told of each use of a decoy. Must neither throw nor wait. */
export type CanaryListener = (key: { id: string; customerId: string }, use: Pick<KeyUse, 'ip' | 'userAgent'>) => void;

/** What is known of a presented key. */
export type Verification =
  | ({ outcome: 'valid' } & Omit<KeyIdentity, 'suspension'>)
  | { outcome: 'suspended'; reason: string | null }
  | { outcome: 'inactive' }
  | { outcome: 'expired' }
  | { outcome: 'unknown' };

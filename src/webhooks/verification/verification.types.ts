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

/** Somebody presents a decoy. */
export interface CanaryUse {
  keyId: string;
  customerId: string;
  ip: string | null;
  userAgent: string | null;
}

/** What is known of a presented key. */
export type Verification =
  | ({ outcome: 'valid' } & KeyIdentity)
  | { outcome: 'suspended'; reason: string | null }
  | { outcome: 'inactive' }
  | { outcome: 'expired' }
  | { outcome: 'unknown' };

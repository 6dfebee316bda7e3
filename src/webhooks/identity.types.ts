import type { Actor } from './audit/audit.types';

/** The platform's user whom a request speaks for. */
export interface AuthenticatedUser {
  id: string;
  createdAt: Date;
}

/** The customer (tenant) whom a request speaks for. */
export interface AuthenticatedCustomer {
  id: string;
  userId: string;
  name: string;
  createdAt: Date;
}

/** How many requests a key may make in a window of time, over all nodes. */
export interface RateLimit {
  limit: number;
  windowSeconds: number;
}

/** An API key as it may be shown: neither the key nor its digest. */
export interface AuthenticatedApiKey {
  id: string;
  name: string;
  /** `sk_…` and its last four characters; null when it was imported as a digest. */
  preview: string | null;
  permissions: string[];
  /** The customer's own: an environment, a team. */
  labels: Record<string, string>;
  isActive: boolean;
  /** Why it is not active: `deactivated`, `rotated`, `leaked` or `self-revoked`. */
  deactivatedReason: string | null;
  /** From then on it is refused; null = never. */
  expiresAt: Date | null;
  /** CIDR ranges that it may be used from; empty = everywhere. */
  allowedCidrs: string[];
  rateLimit: RateLimit | null;
  /** A decoy: it opens nothing, and using it sets off an alarm. */
  isCanary: boolean;
  /** The key that took its place. */
  successorId: string | null;
  rotatedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  lastUsedUserAgent: string | null;
  createdAt: Date;
}

/** Who makes a change, and what they may do: nobody grants more than they hold. */
export interface Caller {
  actor: Actor;
  permissions: readonly string[];
}

/** The platform's own code, in the same process. */
export const PLATFORM: Caller = { actor: { type: 'system' }, permissions: ['*'] };

/** What the guards set on the request, on Express and on Fastify. */
export interface AuthenticatedRequest {
  user: AuthenticatedUser;
  customer: AuthenticatedCustomer;
  /** Only when the request came with an API key. */
  apiKey?: AuthenticatedApiKey;
}

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

/** An API key as it may be shown: neither the key nor its digest. */
export interface AuthenticatedApiKey {
  id: string;
  name: string;
  permissions: string[];
  isActive: boolean;
  lastUsedAt: Date | null;
  createdAt: Date;
}

/** What the guards set on the request, on Express and on Fastify. */
export interface AuthenticatedRequest {
  user: AuthenticatedUser;
  customer: AuthenticatedCustomer;
  /** Only when the request came with an API key. */
  apiKey?: AuthenticatedApiKey;
  /** What the caller may do: the key's permissions, or `["*"]` for a platform user. */
  permissions: readonly string[];
}

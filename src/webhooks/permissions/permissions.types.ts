/** A route of this application. */
export interface Route {
  /** `GET`, `POST`, …; `ALL` when it takes every method. */
  method: string;
  /** As it is called, with the global prefix: `/api/messages/:id`. */
  path: string;
}

/** A permission that exists, as `GET /permissions` shows it. */
export interface Permission {
  /** `resource:action`. */
  permission: string;
  /** What it lets a key do; null when nobody has said. */
  description: string | null;
  /** The routes of this application that require it. Empty = other services of the platform ask for it. */
  routes: Route[];
  /** What grants it as well: `resource:*` and `*`. */
  wildcards: string[];
}

/** A permission that routes have asked a key for. */
export interface PermissionUse {
  permission: string;
  /** Requests, over the key's whole life. */
  uses: number;
  firstUsedAt: Date;
  lastUsedAt: Date;
}

/** Which permissions a key needs. */
export interface ApiKeyUsage {
  /** From when on a use counts: the time that was asked for, or the key's creation when that was later. */
  since: Date;
  /** What it was used with since then, by name; `grantedBy`: what it holds now that includes it. */
  used: (PermissionUse & { grantedBy: string[] })[];
  /** What it may do, wildcards spelled out, and has not done since then. */
  neverUsed: string[];
  /** The wildcards it holds, each with what is under it. */
  wildcards: { permission: string; used: string[]; neverUsed: string[] }[];
  advice: {
    /** The least that covers what it did: `PATCH` its `permissions` to this. Never more than it holds. */
    permissions: string[];
    /** What it holds now and would not hold any more. */
    removable: string[];
  };
}

/** A request that somebody thinks of making with a key. */
export interface ImaginedRequest {
  /** In any case. */
  method: string;
  /** With the global prefix; what follows a `?` does not matter. */
  path: string;
  /** Where it would come from. */
  ip?: string | undefined;
}

/** Something that decides about a request, or that was not looked at. */
export interface AccessReason {
  /**
   * Refusals: `route_not_found`, `operator_only`, `api_key_deleted`, `api_key_decoy`, `api_key_inactive`,
   * `api_key_expired`, `customer_suspended`, `ip_not_allowed`, `permission_missing`.
   * Beside `allowed: true`: `route_public`, `ip_not_given`, `other_guards`.
   */
  code: string;
  detail: string;
}

/** Whether a key would be allowed to make a request, and why not. */
export interface AccessExplanation {
  allowed: boolean;
  /** The route that would answer; null when there is none. */
  route: Route | null;
  /** The permissions that it requires. */
  required: string[];
  /** Those of them that the key does not hold. */
  missing: string[];
  reasons: AccessReason[];
}

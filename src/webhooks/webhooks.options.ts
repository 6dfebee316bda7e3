import type { PlatformTokenOptions } from '../auth/platform-tokens';
import type { UrlPolicy } from './endpoints/url-policy';
import type { EventTypeDefinition } from './event-types/catalogue';
import type { PermissionDefinition } from './permissions/permission-catalogue';

/**
 * What this process does.
 * - `all`: takes emits, serves the API and delivers (the default).
 * - `api`: takes emits and serves the API; other processes deliver.
 * - `worker`: delivers.
 * - `publisher`: only writes rows to PostgreSQL and connects to no queue; running workers find the rows by themselves.
 */
export type Role = 'all' | 'api' | 'worker' | 'publisher';

/** Whether a process delivers, and does what else is to be done in the background. */
export const isWorker = (role: Role): boolean => role === 'all' || role === 'worker';

/** Options of `WebhooksModule.forRoot`. Only `database.url` and `secretsKey` are required. */
export interface WebhooksModuleOptions {
  database: {
    /** `postgresql://…`, PostgreSQL 14 or newer. */
    url: string;
    /** A connection that bypasses a transaction-pooling proxy; default: `url`. */
    directUrl?: string | undefined;
    /** The PostgreSQL schema that holds this module's tables; default `webhooks`. */
    schema?: string | undefined;
    /** Connections in the pool; default 10. */
    poolSize?: number | undefined;
    /**
     * Milliseconds that one statement may take; default 20,000. After that the caller is told that the database is away:
     * one that hangs, or packets that are dropped, would keep it waiting for ever.
     */
    queryTimeoutMs?: number | undefined;
    /** Whether start-up applies pending migrations; default true. */
    migrate?: boolean | undefined;
  };
  queue?: {
    /** `redis://` or `rediss://`; without it, the queue lives in PostgreSQL. */
    redisUrl?: string | undefined;
    /** Separates queues that share one Redis or PostgreSQL; default: the database schema's name. */
    prefix?: string | undefined;
  };
  role?: Role | undefined;
  /** 32 bytes, as base64 or hexadecimal: encrypts endpoint secrets. */
  secretsKey: string;
  /** More keys that open what they encrypted: `secretsKey` of before, until everything is encrypted anew. */
  secretsKeyPrevious?: readonly string[] | undefined;
  /** How the platform's own users are authenticated; without it only API keys manage things. */
  auth?: PlatformTokenOptions | undefined;
  /** Guards the `/customers` routes; without it they answer 401. */
  operatorToken?: string | undefined;
  delivery?: {
    /** Whether endpoints may use `http:`; default false. */
    allowHttp?: boolean | undefined;
    /** Private ranges that endpoints may be in, e.g. `['10.1.0.0/16']`; default none. */
    allowedCidrs?: readonly string[] | undefined;
    /** Total time for one attempt, from DNS to the last byte; default 15,000. */
    timeoutMs?: number | undefined;
    /** Attempts under way at once in this process; default 50. */
    concurrency?: number | undefined;
    /** Largest body, in bytes; default 262,144. */
    maxPayloadBytes?: number | undefined;
    /** How long the queue is trusted to hold the job of a waiting delivery; default 15,000. */
    leaseMs?: number | undefined;
    /** Deliveries of one endpoint that may be in the queue at once; the rest wait in PostgreSQL. Default 1,000. */
    window?: number | undefined;
    /** An endpoint whose every attempt has failed for this long is disabled; default 5 days. */
    disableAfterMs?: number | undefined;
    /** How often deliveries without a job are looked for; default 1,000. */
    reconcileIntervalMs?: number | undefined;
    /** Whether attempts carry the `traceparent` of their span (OpenTelemetry) to the receiver; default false. */
    forwardTraceparent?: boolean | undefined;
  };
  /** The application's own event types, beside the platform's. Wrong ones refuse to start. */
  eventTypes?: readonly EventTypeDefinition[] | undefined;
  /** Permissions beside those that the routes' `@RequirePermissions` name. Wrong ones refuse to start. */
  permissions?: readonly PermissionDefinition[] | undefined;
  apiKeys?: {
    /** Whether new keys carry a checksum (`skc_…`), so that scanners can tell a key from random text; default false. */
    checksum?: boolean | undefined;
    /** What imported keys of another form begin with, e.g. `['acme_live_']`; default none. */
    importedPrefixes?: readonly string[] | undefined;
    /** Days in which a deleted key can be restored; default 7. */
    restoreDays?: number | undefined;
    /** Verified keys remembered in this process; default 10,000. */
    cacheSize?: number | undefined;
    /** Keys that are none, from one address (IPv6: one /64) in a minute, before it is told to slow down; default 60. */
    unknownPerMinute?: number | undefined;
    /** Where GitHub publishes the keys that sign its secret-scanning reports; without it that route is closed. */
    githubKeysUrl?: string | undefined;
  };
  /** Proxies whose `X-Forwarded-For` is believed, as CIDR ranges; default none. */
  trustedProxies?: readonly string[] | undefined;
  retention?: {
    /** Days after which the bodies of finished deliveries are emptied; default 30. */
    payloadDays?: number | undefined;
    /** Days after which deliveries and their messages are deleted; what still waits then is given up. Default 90. */
    eventDays?: number | undefined;
  };
  limits?: {
    /** Default 100. */
    apiKeysPerCustomer?: number | undefined;
    /** Default 50. */
    endpointsPerCustomer?: number | undefined;
  };
}

/** {@link WebhooksModuleOptions} with every default filled in. */
export interface ResolvedOptions {
  database: {
    url: string;
    directUrl: string;
    schema: string;
    poolSize: number;
    queryTimeoutMs: number;
    migrate: boolean;
  };
  queue: { redisUrl: string | undefined; prefix: string };
  role: Role;
  secretsKey: string;
  secretsKeyPrevious: readonly string[];
  auth: PlatformTokenOptions | undefined;
  operatorToken: string | undefined;
  delivery: {
    urlPolicy: UrlPolicy;
    timeoutMs: number;
    concurrency: number;
    maxPayloadBytes: number;
    leaseMs: number;
    window: number;
    disableAfterMs: number;
    reconcileIntervalMs: number;
    forwardTraceparent: boolean;
  };
  eventTypes: readonly EventTypeDefinition[];
  permissions: readonly PermissionDefinition[];
  apiKeys: {
    checksum: boolean;
    importedPrefixes: readonly string[];
    restoreDays: number;
    cacheSize: number;
    unknownPerMinute: number;
    githubKeysUrl: string | undefined;
  };
  trustedProxies: readonly string[];
  retention: { payloadDays: number; eventDays: number };
  limits: { apiKeysPerCustomer: number; endpointsPerCustomer: number };
}

/** Injection token of the {@link ResolvedOptions}. */
export const WEBHOOKS_OPTIONS = Symbol('WEBHOOKS_OPTIONS');

/** Fills in the defaults. */
export function resolveOptions(options: WebhooksModuleOptions): ResolvedOptions {
  const { database, queue = {}, delivery = {}, apiKeys = {}, limits = {}, retention = {} } = options;
  return {
    database: {
      url: database.url,
      directUrl: database.directUrl ?? database.url,
      schema: database.schema ?? 'webhooks',
      poolSize: database.poolSize ?? 10,
      queryTimeoutMs: database.queryTimeoutMs ?? 20_000,
      migrate: database.migrate ?? true,
    },
    queue: { redisUrl: queue.redisUrl, prefix: queue.prefix ?? database.schema ?? 'webhooks' },
    role: options.role ?? 'all',
    secretsKey: options.secretsKey,
    secretsKeyPrevious: options.secretsKeyPrevious ?? [],
    auth: options.auth,
    operatorToken: options.operatorToken,
    delivery: {
      urlPolicy: { allowHttp: delivery.allowHttp ?? false, allowedCidrs: delivery.allowedCidrs ?? [] },
      timeoutMs: delivery.timeoutMs ?? 15_000,
      concurrency: delivery.concurrency ?? 50,
      maxPayloadBytes: delivery.maxPayloadBytes ?? 262_144,
      leaseMs: delivery.leaseMs ?? 15_000,
      window: delivery.window ?? 1_000,
      disableAfterMs: delivery.disableAfterMs ?? 5 * 86_400_000,
      reconcileIntervalMs: delivery.reconcileIntervalMs ?? 1_000,
      forwardTraceparent: delivery.forwardTraceparent ?? false,
    },
    eventTypes: options.eventTypes ?? [],
    permissions: options.permissions ?? [],
    apiKeys: {
      checksum: apiKeys.checksum ?? false,
      importedPrefixes: apiKeys.importedPrefixes ?? [],
      restoreDays: apiKeys.restoreDays ?? 7,
      cacheSize: apiKeys.cacheSize ?? 10_000,
      unknownPerMinute: apiKeys.unknownPerMinute ?? 60,
      githubKeysUrl: apiKeys.githubKeysUrl,
    },
    trustedProxies: options.trustedProxies ?? [],
    retention: { payloadDays: retention.payloadDays ?? 30, eventDays: retention.eventDays ?? 90 },
    limits: {
      apiKeysPerCustomer: limits.apiKeysPerCustomer ?? 100,
      endpointsPerCustomer: limits.endpointsPerCustomer ?? 50,
    },
  };
}

/** The validated configuration of this process. Made by `loadConfig`; nothing else reads the environment. */
export interface AppConfig {
  readonly environment: 'development' | 'production' | 'test';
  readonly role: 'api' | 'worker' | 'all';
  /** An absolute path. It may not exist yet. */
  readonly dataDir: string;
  readonly shutdownTimeoutMs: number;
  readonly http: HttpConfig;
  readonly log: LogConfig;
  readonly database: DatabaseConfig;
  readonly queue: QueueConfig;
  /** Base64 or hexadecimal of the 32 bytes that encrypt endpoint secrets. Always set in production. */
  readonly secretsKey: string | undefined;
  /** More keys that decrypt, written like `secretsKey`. */
  readonly secretsKeyPrevious: readonly string[];
  readonly auth: AuthConfig;
  readonly webhooks: WebhooksConfig;
  readonly operation: OperationConfig;
}

/** Where the API listens. */
export interface HttpConfig {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
}

/** What is logged, and how. */
export interface LogConfig {
  readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  readonly format: 'pretty' | 'json';
}

/** Which PostgreSQL, and how it is used. */
export interface DatabaseConfig {
  /** Undefined: the embedded PostgreSQL. */
  readonly url: string | undefined;
  /** For what a transaction-pooling proxy breaks; the same as `url` unless set. Undefined exactly when `url` is. */
  readonly directUrl: string | undefined;
  readonly schema: string;
  readonly poolSize: number;
  readonly waitMs: number;
}

/** Which queue. */
export interface QueueConfig {
  /** Undefined: the queue is kept in PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly prefix: string;
}

/** Who may manage keys and endpoints. */
export interface AuthConfig {
  /** Never together with `jwksUrl`. */
  readonly jwtSecret: string | undefined;
  readonly jwksUrl: string | undefined;
  readonly jwksAlgorithms: readonly string[];
  readonly jwtIssuer: string | undefined;
  readonly jwtAudience: string | undefined;
  readonly operatorToken: string | undefined;
}

/** What the operator sees of the service. */
export interface OperationConfig {
  /** Who may read `/metrics`. */
  readonly metrics: 'off' | 'open' | 'operator';
  readonly queueBoard: boolean;
  /** How far the reconciler may be behind before a worker is not ready; 0 = however far. */
  readonly readyMaxLagMs: number;
}

/** The limits of delivery and of what a customer may have. */
export interface WebhooksConfig {
  readonly allowHttp: boolean;
  readonly allowedCidrs: readonly string[];
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly maxPayloadBytes: number;
  readonly leaseMs: number;
  readonly window: number;
  readonly disableAfterMs: number;
  readonly reconcileIntervalMs: number;
  readonly forwardTraceparent: boolean;
  readonly retentionPayloadDays: number;
  readonly retentionEventDays: number;
  readonly trustedProxies: readonly string[];
  readonly apiKeyChecksum: boolean;
  readonly apiKeyImportedPrefixes: readonly string[];
  readonly apiKeyRestoreDays: number;
  readonly apiKeyCacheSize: number;
  readonly apiKeyUnknownPerMinute: number;
  readonly githubKeysUrl: string | undefined;
  readonly maxApiKeysPerCustomer: number;
  readonly maxEndpointsPerCustomer: number;
}

/** A configuration whose secrets are complete: from the environment, or outside production from DATA_DIR. */
export interface CompleteConfig extends AppConfig {
  readonly secretsKey: string;
}

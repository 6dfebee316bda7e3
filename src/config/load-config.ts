import { resolve } from 'node:path';
import { customCleanEnv, type CleanedEnv } from 'envalid';
import { ConfigError } from './config.error';
import type { AppConfig } from './config.types';
import { combinationProblems, refusedValue, type GivenSettings } from './problems';
import { settings, type SettingName } from './settings';

type Values = CleanedEnv<typeof settings>;

/**
 * Reads the whole configuration from the environment. An empty variable counts as not set; a wrong one is refused,
 * never corrected.
 *
 * @throws {ConfigError} naming everything that is wrong, once
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): AppConfig {
  const given = givenSettings(env);
  // The library picks its defaults for development only where NODE_ENV is there to be read.
  const complete: GivenSettings = { NODE_ENV: 'development', ...given };
  const values = customCleanEnv(complete, settings, (cleaned) => cleaned, {
    reporter: ({ errors }) => {
      const refused = settingNames.flatMap((name) => {
        const [error, value] = [errors[name], complete[name]];
        return error && value ? [refusedValue(name, error.message, value)] : [];
      });
      const problems = [...refused, ...combinationProblems(complete)];
      if (problems.length > 0) throw new ConfigError(problems);
    },
  });
  return toConfig(values);
}

const settingNames = Object.keys(settings) as SettingName[];

function givenSettings(env: NodeJS.ProcessEnv): GivenSettings {
  return Object.fromEntries(settingNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

function toConfig(values: Values): AppConfig {
  return {
    environment: values.NODE_ENV,
    role: values.ROLE,
    dataDir: resolve(values.DATA_DIR),
    shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
    http: { host: values.HOST, port: values.PORT },
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT },
    database: {
      url: values.DATABASE_URL,
      directUrl: values.DATABASE_DIRECT_URL ?? values.DATABASE_URL,
      schema: values.DATABASE_SCHEMA,
      poolSize: values.DATABASE_POOL_SIZE,
      waitMs: values.DATABASE_WAIT_MS,
    },
    queue: { redisUrl: values.REDIS_URL, prefix: values.QUEUE_PREFIX },
    secretsKey: values.SECRETS_KEY,
    secretsKeyPrevious: values.SECRETS_KEY_PREVIOUS,
    auth: authConfig(values),
    webhooks: webhooksConfig(values),
    operation: {
      metrics: values.METRICS,
      queueBoard: values.QUEUE_BOARD,
      readyMaxLagMs: values.READY_MAX_LAG_MS,
    },
  };
}

function authConfig(values: Values): AppConfig['auth'] {
  return {
    jwtSecret: values.AUTH_JWT_SECRET,
    jwksUrl: values.AUTH_JWKS_URL,
    jwksAlgorithms: values.AUTH_JWKS_ALGORITHMS,
    jwtIssuer: values.AUTH_JWT_ISSUER,
    jwtAudience: values.AUTH_JWT_AUDIENCE,
    operatorToken: values.OPERATOR_TOKEN,
  };
}

function webhooksConfig(values: Values): AppConfig['webhooks'] {
  return {
    allowHttp: values.WEBHOOK_ALLOW_HTTP,
    allowedCidrs: values.WEBHOOK_ALLOWED_CIDRS,
    timeoutMs: values.WEBHOOK_TIMEOUT_MS,
    concurrency: values.WEBHOOK_CONCURRENCY,
    maxPayloadBytes: values.WEBHOOK_MAX_PAYLOAD_BYTES,
    leaseMs: values.WEBHOOK_LEASE_MS,
    window: values.WEBHOOK_WINDOW,
    disableAfterMs: values.WEBHOOK_DISABLE_AFTER_MS,
    reconcileIntervalMs: values.WEBHOOK_RECONCILE_INTERVAL_MS,
    forwardTraceparent: values.WEBHOOK_FORWARD_TRACEPARENT,
    retentionPayloadDays: values.RETENTION_PAYLOAD_DAYS,
    retentionEventDays: values.RETENTION_EVENT_DAYS,
    trustedProxies: values.TRUSTED_PROXIES,
    apiKeyChecksum: values.API_KEY_CHECKSUM,
    apiKeyImportedPrefixes: values.API_KEY_IMPORTED_PREFIXES,
    apiKeyRestoreDays: values.API_KEY_RESTORE_DAYS,
    apiKeyCacheSize: values.API_KEY_CACHE_SIZE,
    apiKeyUnknownPerMinute: values.API_KEY_UNKNOWN_PER_MINUTE,
    githubKeysUrl: values.GITHUB_SECRET_SCANNING_KEYS_URL,
    maxApiKeysPerCustomer: values.MAX_API_KEYS_PER_CUSTOMER,
    maxEndpointsPerCustomer: values.MAX_ENDPOINTS_PER_CUSTOMER,
  };
}

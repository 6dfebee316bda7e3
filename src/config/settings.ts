import { optional, withDefault } from './setting';
import {
  cidrList,
  flag,
  key256,
  key256List,
  listOf,
  matching,
  oneOf,
  prefixList,
  secretOfBytes,
  text,
  urlOf,
  wholeNumber,
} from './validators';

const randomKey = 'output of: openssl rand -base64 32';
const makeKey = 'Make one with: openssl rand -base64 32';
const keptForDevelopment = 'one that is generated once and kept in DATA_DIR/secrets.json';

const general = {
  NODE_ENV: withDefault(oneOf('development', 'production', 'test'), {
    desc: '`production` refuses to start on defaults that are unsafe there.',
    default: 'development',
    example: 'production',
  }),
  ROLE: withDefault(oneOf('api', 'worker', 'all'), {
    desc: 'What this process does: answer HTTP, deliver webhooks, or both.',
    default: 'all',
    example: 'worker',
  }),
  HOST: withDefault(text, {
    desc: 'The address to listen on.',
    default: '0.0.0.0',
    devDefault: '127.0.0.1',
    example: '0.0.0.0',
  }),
  PORT: withDefault(wholeNumber(0, 65_535), {
    desc: 'The port to listen on; 0 takes a free one.',
    default: 3000,
    example: '8080',
  }),
  DATA_DIR: withDefault(text, {
    desc: 'Where the embedded database, development secrets and the running instance’s connection are kept.',
    default: '.data',
    example: '/var/lib/webhooks',
  }),
  SHUTDOWN_TIMEOUT_MS: withDefault(wholeNumber(0, 3_600_000), {
    desc: 'How long a stopping process may take to finish what it is sending.',
    default: 20_000,
    example: '30000',
  }),
  LOG_LEVEL: withDefault(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace'), {
    desc: 'The least severe lines that are logged.',
    default: 'info',
    example: 'debug',
  }),
  LOG_FORMAT: withDefault(oneOf('pretty', 'json'), {
    desc: 'For people (`pretty`) or one JSON object per line (`json`).',
    default: 'json',
    devDefault: 'pretty',
    example: 'json',
  }),
};

const database = {
  DATABASE_URL: optional(urlOf('postgres', 'postgresql'), {
    desc: 'The PostgreSQL (14 or later) that keeps everything. Required in production.',
    example: 'postgresql://webhooks:password@localhost:5432/webhooks',
    secret: true,
    whenUnset: 'an embedded PostgreSQL under DATA_DIR',
  }),
  DATABASE_DIRECT_URL: optional(urlOf('postgres', 'postgresql'), {
    desc: 'The same database around a transaction-pooling proxy: for LISTEN, migrations, locks and the PostgreSQL queue.',
    example: 'postgresql://webhooks:password@localhost:5432/webhooks',
    secret: true,
    whenUnset: 'DATABASE_URL',
  }),
  DATABASE_SCHEMA: withDefault(
    matching(
      /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/,
      'at most 63 lower-case letters, digits and _, not starting with a digit or pg_',
    ),
    { desc: 'The PostgreSQL schema that holds all tables.', default: 'webhooks', example: 'webhooks' },
  ),
  DATABASE_POOL_SIZE: withDefault(wholeNumber(1, 1_000), {
    desc: 'Connections this process opens at most.',
    default: 10,
    example: '20',
  }),
  DATABASE_WAIT_MS: withDefault(wholeNumber(0, 600_000), {
    desc: 'How long a start waits for its databases to answer.',
    default: 10_000,
    example: '60000',
  }),
};

const queue = {
  REDIS_URL: optional(urlOf('redis', 'rediss'), {
    desc: 'The Redis that holds the queue. It must run with `maxmemory-policy noeviction`.',
    example: 'redis://localhost:6379',
    secret: true,
    whenUnset: 'the queue is kept in PostgreSQL',
  }),
  QUEUE_PREFIX: withDefault(
    matching(
      /^(?:[\w-]{1,60}|\{[\w-]{1,60}\})$/,
      'at most 60 letters, digits, _ and - (in braces for a Redis cluster)',
    ),
    { desc: 'Sets this service’s queue apart from others in the same place.', default: 'webhooks', example: 'staging' },
  ),
};

const auth = {
  SECRETS_KEY: optional(key256, {
    desc: 'Encrypts the endpoints’ signing secrets: 32 bytes as base64 or hexadecimal. Required in production.',
    example: randomKey,
    remedy: makeKey,
    secret: true,
    whenUnset: keptForDevelopment,
  }),
  SECRETS_KEY_PREVIOUS: withDefault(key256List, {
    desc: 'More keys that can still decrypt, comma-separated: SECRETS_KEY of before, until `secrets rotate` has run.',
    default: [],
    example: 'the value that SECRETS_KEY had before',
    remedy: 'Write the keys as SECRETS_KEY is written, with commas between them.',
    secret: true,
  }),
  AUTH_JWT_SECRET: optional(secretOfBytes(32), {
    desc: 'Verifies the platform’s HS256 tokens: at least 32 bytes. Not together with AUTH_JWKS_URL.',
    example: randomKey,
    remedy: makeKey,
    secret: true,
    whenUnset: `${keptForDevelopment}; in production no HS256 tokens`,
  }),
  AUTH_JWKS_URL: optional(urlOf('https', 'http'), {
    desc: 'Where the platform publishes the keys of its tokens; `https:` in production.',
    example: 'https://login.example.com/.well-known/jwks.json',
    secret: true,
    whenUnset: 'no such tokens',
  }),
  AUTH_JWKS_ALGORITHMS: withDefault(
    listOf('RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'),
    {
      desc: 'The signature algorithms accepted from AUTH_JWKS_URL, comma-separated.',
      default: ['RS256', 'ES256', 'EdDSA'],
      example: 'RS256',
    },
  ),
  AUTH_JWT_ISSUER: optional(text, {
    desc: 'The `iss` that every token must have.',
    example: 'https://login.example.com/',
    whenUnset: 'not checked',
  }),
  AUTH_JWT_AUDIENCE: optional(text, {
    desc: 'The `aud` that every token must have.',
    example: 'webhooks',
    whenUnset: 'not checked',
  }),
  OPERATOR_TOKEN: optional(matching(/^[\x21-\x7e]{32,}$/, 'at least 32 printable ASCII characters without spaces'), {
    desc: 'The bearer token of the platform’s operator: at least 32 characters.',
    example: randomKey,
    remedy: makeKey,
    secret: true,
    whenUnset: `${keptForDevelopment}; in production the operator’s routes are closed`,
  }),
};

const webhooks = {
  WEBHOOK_ALLOW_HTTP: withDefault(flag, {
    desc: 'Endpoints may use `http:` URLs.',
    default: false,
    devDefault: true,
    example: 'false',
  }),
  WEBHOOK_ALLOWED_CIDRS: withDefault(cidrList, {
    desc: 'Private or loopback address ranges that endpoints may be in, comma-separated, or `none`.',
    default: [],
    devDefault: ['127.0.0.0/8', '::1/128'],
    example: '10.1.0.0/16,fd00:1::/32',
  }),
  WEBHOOK_TIMEOUT_MS: withDefault(wholeNumber(1, 600_000), {
    desc: 'The total time one attempt may take.',
    default: 15_000,
    example: '5000',
  }),
  WEBHOOK_CONCURRENCY: withDefault(wholeNumber(1, 10_000), {
    desc: 'Attempts one worker process makes at a time.',
    default: 50,
    example: '200',
  }),
  WEBHOOK_MAX_PAYLOAD_BYTES: withDefault(wholeNumber(1, 16_777_216), {
    desc: 'The size of the largest event that is accepted.',
    default: 262_144,
    example: '65536',
  }),
  WEBHOOK_LEASE_MS: withDefault(wholeNumber(100, 3_600_000), {
    desc: 'How long a queued event is trusted to have its job, before it is queued again.',
    default: 15_000,
    example: '30000',
  }),
  WEBHOOK_RECONCILE_INTERVAL_MS: withDefault(wholeNumber(10, 3_600_000), {
    desc: 'The time between two looks for events that are due and have no job.',
    default: 1_000,
    example: '5000',
  }),
  WEBHOOK_WINDOW: withDefault(wholeNumber(1, 100_000), {
    desc: 'Events for one endpoint that may be in the queue at once; the rest wait in PostgreSQL.',
    default: 1_000,
    example: '200',
  }),
  WEBHOOK_DISABLE_AFTER_MS: withDefault(wholeNumber(1_000, 31_536_000_000), {
    desc: 'An endpoint whose every attempt has failed for this long is disabled.',
    default: 432_000_000,
    example: '86400000',
  }),
  WEBHOOK_FORWARD_TRACEPARENT: withDefault(flag, {
    desc: 'Attempts carry the `traceparent` of their OpenTelemetry span to the receiver.',
    default: false,
    example: 'true',
  }),
  RETENTION_PAYLOAD_DAYS: withDefault(wholeNumber(1, 3_650), {
    desc: 'Days after which the bodies of finished deliveries are emptied, unless a customer has its own limit.',
    default: 30,
    example: '7',
  }),
  RETENTION_EVENT_DAYS: withDefault(wholeNumber(1, 3_650), {
    desc: 'Days after which deliveries and their messages are deleted, unless a customer has its own limit.',
    default: 90,
    example: '30',
  }),
  TRUSTED_PROXIES: withDefault(cidrList, {
    desc: 'Proxies whose `X-Forwarded-For` is believed, as address ranges, comma-separated, or `none`.',
    default: [],
    example: '10.0.0.0/8',
  }),
  API_KEY_CHECKSUM: withDefault(flag, {
    desc: 'New API keys carry a checksum (`skc_…`), so that secret scanners find no false ones.',
    default: false,
    example: 'true',
  }),
  API_KEY_IMPORTED_PREFIXES: withDefault(prefixList, {
    desc: 'What imported API keys of another form begin with, comma-separated, or `none`.',
    default: [],
    example: 'acme_live_,acme_test_',
  }),
  API_KEY_RESTORE_DAYS: withDefault(wholeNumber(0, 365), {
    desc: 'Days in which a deleted API key can be restored.',
    default: 7,
    example: '30',
  }),
  API_KEY_CACHE_SIZE: withDefault(wholeNumber(0, 1_000_000), {
    desc: 'Verified API keys that this process remembers; 0 asks the database each time.',
    default: 10_000,
    example: '100000',
  }),
  API_KEY_UNKNOWN_PER_MINUTE: withDefault(wholeNumber(1, 1_000_000), {
    desc: 'Keys that are none, from one address in a minute, before it gets 429.',
    default: 60,
    example: '20',
  }),
  GITHUB_SECRET_SCANNING_KEYS_URL: optional(urlOf('https', 'http'), {
    desc: 'Where GitHub publishes the keys that sign its secret-scanning reports; `https:` in production.',
    example: 'https://api.github.com/meta/public_keys/secret_scanning',
    whenUnset: 'such reports are not taken',
  }),
  MAX_API_KEYS_PER_CUSTOMER: withDefault(wholeNumber(1, 10_000), {
    desc: 'API keys one customer may have.',
    default: 100,
    example: '20',
  }),
  MAX_ENDPOINTS_PER_CUSTOMER: withDefault(wholeNumber(1, 10_000), {
    desc: 'Webhook endpoints one customer may have.',
    default: 50,
    example: '10',
  }),
};

const operation = {
  METRICS: withDefault(oneOf('operator', 'open', 'off'), {
    desc: 'Who may read `/metrics`: whoever has OPERATOR_TOKEN, everybody, or nobody.',
    default: 'operator',
    example: 'open',
  }),
  QUEUE_BOARD: withDefault(flag, {
    desc: 'Shows the queue at `/queues`, read-only, with OPERATOR_TOKEN as the password.',
    default: false,
    example: 'true',
  }),
  READY_MAX_LAG_MS: withDefault(wholeNumber(0, 86_400_000), {
    desc: 'How far a worker’s reconciler may be behind before `/health/ready` says 503; 0 = however far.',
    default: 120_000,
    example: '60000',
  }),
};

/** Every setting of the service: how it is read, what it is for, its default and an example. */
export const settings = { ...general, ...database, ...queue, ...auth, ...webhooks, ...operation };

/** The environment variable of a setting. */
export type SettingName = keyof typeof settings;

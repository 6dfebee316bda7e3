import { isAbsolute, resolve } from 'node:path';
import { ConfigError, type ConfigProblem } from './config.error';
import { loadConfig } from './load-config';

const key = Buffer.alloc(32, 7);
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db/webhooks',
  SECRETS_KEY: key.toString('base64'),
};

function problemsOf(env: NodeJS.ProcessEnv): readonly ConfigProblem[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const namesOf = (env: NodeJS.ProcessEnv): string[] => problemsOf(env).map((problem) => problem.setting);

describe('defaults', () => {
  it('need nothing in development', () => {
    expect(loadConfig({})).toEqual({
      environment: 'development',
      role: 'all',
      dataDir: resolve('.data'),
      shutdownTimeoutMs: 20_000,
      http: { host: '127.0.0.1', port: 3000 },
      log: { level: 'info', format: 'pretty' },
      database: { url: undefined, directUrl: undefined, schema: 'webhooks', poolSize: 10, waitMs: 10_000 },
      queue: { redisUrl: undefined, prefix: 'webhooks' },
      secretsKey: undefined,
      secretsKeyPrevious: [],
      auth: {
        jwtSecret: undefined,
        jwksUrl: undefined,
        jwksAlgorithms: ['RS256', 'ES256', 'EdDSA'],
        jwtIssuer: undefined,
        jwtAudience: undefined,
        operatorToken: undefined,
      },
      webhooks: {
        allowHttp: true,
        allowedCidrs: ['127.0.0.0/8', '::1/128'],
        timeoutMs: 15_000,
        concurrency: 50,
        maxPayloadBytes: 262_144,
        leaseMs: 15_000,
        window: 1_000,
        disableAfterMs: 432_000_000,
        reconcileIntervalMs: 1_000,
        forwardTraceparent: false,
        retentionPayloadDays: 30,
        retentionEventDays: 90,
        trustedProxies: [],
        apiKeyChecksum: false,
        apiKeyImportedPrefixes: [],
        apiKeyRestoreDays: 7,
        apiKeyCacheSize: 10_000,
        apiKeyUnknownPerMinute: 60,
        githubKeysUrl: undefined,
        maxApiKeysPerCustomer: 100,
        maxEndpointsPerCustomer: 50,
      },
      operation: { metrics: 'operator', queueBoard: false, readyMaxLagMs: 120_000 },
    });
  });

  it('are closed in production', () => {
    const config = loadConfig(production);
    expect(config).toMatchObject({
      environment: 'production',
      http: { host: '0.0.0.0' },
      log: { format: 'json' },
      webhooks: { allowHttp: false, allowedCidrs: [] },
      operation: { metrics: 'operator', queueBoard: false },
    });
  });

  it('in a test run are those of development', () => {
    expect(loadConfig({ NODE_ENV: 'test' })).toEqual({ ...loadConfig({}), environment: 'test' });
  });

  it('hold for empty variables too', () => {
    expect(loadConfig({ NODE_ENV: '', PORT: '', DATABASE_URL: '', WEBHOOK_ALLOWED_CIDRS: '' })).toEqual(loadConfig({}));
  });

  it('come from the environment of the process when none is given', () => {
    expect(isAbsolute(loadConfig().dataDir)).toBe(true);
  });
});

describe('values', () => {
  it('are read into their groups', () => {
    const config = loadConfig({
      ROLE: 'worker',
      HOST: '::',
      PORT: '0',
      DATA_DIR: '/somewhere',
      DATABASE_URL: 'postgresql://user:pw@pooler/webhooks',
      DATABASE_DIRECT_URL: 'postgres:///webhooks?host=/run/postgresql',
      REDIS_URL: 'rediss://cache:6380/1',
      QUEUE_PREFIX: '{staging}',
      AUTH_JWKS_URL: 'http://127.0.0.1:9/jwks',
      AUTH_JWKS_ALGORITHMS: 'EdDSA, RS256',
      WEBHOOK_ALLOW_HTTP: '0',
      WEBHOOK_ALLOWED_CIDRS: '10.0.0.0/8, fd00::/8',
    });
    expect(config).toMatchObject({
      role: 'worker',
      http: { host: '::', port: 0 },
      dataDir: resolve('/somewhere'),
      database: {
        url: 'postgresql://user:pw@pooler/webhooks',
        directUrl: 'postgres:///webhooks?host=/run/postgresql',
      },
      queue: { redisUrl: 'rediss://cache:6380/1', prefix: '{staging}' },
      auth: { jwksUrl: 'http://127.0.0.1:9/jwks', jwksAlgorithms: ['RS256', 'EdDSA'] },
      webhooks: { allowHttp: false, allowedCidrs: ['10.0.0.0/8', 'fd00::/8'] },
    });
  });

  it.each([key.toString('base64'), key.toString('base64').slice(0, -1), key.toString('hex')])(
    'accept %s as SECRETS_KEY',
    (SECRETS_KEY) => {
      expect(loadConfig({ SECRETS_KEY }).secretsKey).toBe(SECRETS_KEY);
    },
  );

  it('let the direct connection be the usual one', () => {
    expect(loadConfig({ DATABASE_URL: 'postgres://db/webhooks' }).database.directUrl).toBe('postgres://db/webhooks');
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
  ])('read %s as a flag', (WEBHOOK_ALLOW_HTTP, expected) => {
    expect(loadConfig({ WEBHOOK_ALLOW_HTTP }).webhooks.allowHttp).toBe(expected);
  });

  it('allow no private range at all in development', () => {
    expect(loadConfig({ WEBHOOK_ALLOWED_CIDRS: 'none' }).webhooks.allowedCidrs).toEqual([]);
  });

  it('reads keys with commas between them', () => {
    const [hex, base64] = [key.toString('hex'), key.toString('base64')];
    expect(loadConfig({ SECRETS_KEY_PREVIOUS: hex }).secretsKeyPrevious).toEqual([hex]);
    expect(loadConfig({ SECRETS_KEY_PREVIOUS: `${hex}, ${base64}` }).secretsKeyPrevious).toEqual([hex, base64]);
  });
});

describe('a wrong value is refused', () => {
  it.each([
    ['NODE_ENV', 'prod', 'must be one of development, production, test, not "prod". Example: NODE_ENV=production'],
    ['ROLE', 'API', 'must be one of api, worker, all, not "API". Example: ROLE=worker'],
    ['PORT', '65536', 'must be a whole number from 0 to 65535, not "65536". Example: PORT=8080'],
    ['PORT', '-1', undefined],
    ['PORT', '3e3', undefined],
    ['PORT', ' 80', undefined],
    ['PORT', '9'.repeat(400), `must be a whole number from 0 to 65535, not "${'9'.repeat(60)}…". Example: PORT=8080`],
    ['DATABASE_POOL_SIZE', '0', undefined],
    ['DATABASE_URL', 'mysql://user:pw@db', expect.stringContaining('must start with postgres:// or postgresql://. ')],
    ['DATABASE_URL', 'localhost', expect.stringContaining('must be a URL that starts with postgres://')],
    ['DATABASE_SCHEMA', 'Webhooks', undefined],
    ['DATABASE_SCHEMA', 'pg_webhooks', undefined],
    ['DATABASE_SCHEMA', `a${'b'.repeat(63)}`, undefined],
    ['DATABASE_SCHEMA', 'a"; drop', undefined],
    ['REDIS_URL', 'http://cache', undefined],
    ['QUEUE_PREFIX', 'a:b', undefined],
    ['QUEUE_PREFIX', '{a', undefined],
    ['SECRETS_KEY', key.subarray(1).toString('base64'), expect.stringContaining('must be 32 bytes')],
    ['SECRETS_KEY', `${key.toString('hex')}0`, undefined],
    ['SECRETS_KEY_PREVIOUS', `${key.toString('hex')},`, expect.stringContaining('with commas between them')],
    ['SECRETS_KEY_PREVIOUS', 'hunter2', undefined],
    ['AUTH_JWT_SECRET', 'ü'.repeat(15), expect.stringContaining('at least 32 bytes and has 30. Make one with')],
    ['AUTH_JWKS_URL', 'file:///etc/passwd', undefined],
    ['AUTH_JWKS_ALGORITHMS', 'RS256,HS256', undefined],
    ['AUTH_JWKS_ALGORITHMS', 'none', undefined],
    ['AUTH_JWKS_ALGORITHMS', 'RS256,RS256', undefined],
    ['AUTH_JWKS_ALGORITHMS', ',', undefined],
    ['OPERATOR_TOKEN', 'x'.repeat(31), undefined],
    ['OPERATOR_TOKEN', ' '.repeat(40), undefined],
    ['WEBHOOK_ALLOW_HTTP', 'yes', undefined],
    ['WEBHOOK_ALLOWED_CIDRS', '10.0.0.1', expect.stringContaining('"10.0.0.1" is none')],
    ['WEBHOOK_ALLOWED_CIDRS', '10/8', undefined],
    ['WEBHOOK_ALLOWED_CIDRS', '10.0.0.0/33', undefined],
    ['WEBHOOK_ALLOWED_CIDRS', '::1/129', undefined],
    ['WEBHOOK_ALLOWED_CIDRS', '127.0.0.0/8,', undefined],
    ['LOG_LEVEL', 'loud', undefined],
    ['LOG_FORMAT', 'xml', undefined],
  ])('%s=%s', (setting, value, message = expect.any(String)) => {
    expect(problemsOf({ [setting]: value })).toEqual([{ setting, message }]);
  });

  it('in one error with a line for each', () => {
    expect(() => loadConfig({ PORT: 'x', ROLE: 'y' })).toThrow(
      new ConfigError([
        { setting: 'ROLE', message: 'must be one of api, worker, all, not "y". Example: ROLE=worker' },
        { setting: 'PORT', message: 'must be a whole number from 0 to 65535, not "x". Example: PORT=8080' },
      ]),
    );
  });

  it('and a secret is not shown', () => {
    const env = {
      DATABASE_URL: 'hunter2',
      DATABASE_DIRECT_URL: 'hunter2',
      REDIS_URL: 'http://hunter2',
      SECRETS_KEY: 'hunter2',
      AUTH_JWT_SECRET: 'hunter2',
      AUTH_JWKS_URL: 'hunter2',
      OPERATOR_TOKEN: 'hunter2',
    };
    expect(new Set(namesOf(env))).toEqual(new Set(Object.keys(env)));
    expect(JSON.stringify(problemsOf(env))).not.toContain('hunter2');
  });
});

describe('settings that do not go together', () => {
  it('a direct connection without the usual one', () => {
    expect(namesOf({ DATABASE_DIRECT_URL: 'postgres://db' })).toEqual(['DATABASE_DIRECT_URL']);
  });

  it('two ways to verify a token', () => {
    expect(namesOf({ AUTH_JWT_SECRET: 'x'.repeat(32), AUTH_JWKS_URL: 'https://login' })).toEqual(['AUTH_JWT_SECRET']);
  });

  it('production on defaults that are unsafe there, all named at once', () => {
    expect(namesOf({ NODE_ENV: 'production', PORT: 'x' })).toEqual(['PORT', 'DATABASE_URL', 'SECRETS_KEY']);
  });

  it('production with token keys over plain http', () => {
    expect(namesOf({ ...production, AUTH_JWKS_URL: 'http://login' })).toEqual(['AUTH_JWKS_URL']);
    expect(namesOf({ ...production, AUTH_JWKS_URL: 'https://login' })).toEqual([]);
  });

  it('a wrong value is not called missing as well', () => {
    expect(namesOf({ ...production, DATABASE_URL: 'mysql://db' })).toEqual(['DATABASE_URL']);
  });
});

import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from './config.error';
import type { AppConfig, CompleteConfig } from './config.types';
import { settings } from './settings';

/** The secrets of a development run, as the environment would give them. */
export interface DevelopmentSecrets {
  readonly SECRETS_KEY: string;
  readonly AUTH_JWT_SECRET: string;
  readonly OPERATOR_TOKEN: string;
}

const names = ['SECRETS_KEY', 'AUTH_JWT_SECRET', 'OPERATOR_TOKEN'] as const;

/**
 * Fills in the secrets that the environment left out, outside production: so `npm start` needs no settings, and a
 * restart can still decrypt what the last run has stored. Production gets its configuration back as it is.
 *
 * @throws {ConfigError} when the file of secrets is damaged; it is never overwritten
 */
export async function completeSecrets(config: AppConfig): Promise<CompleteConfig> {
  const { secretsKey, auth } = config;
  if (config.environment === 'production') {
    if (secretsKey === undefined) throw new ConfigError([{ setting: 'SECRETS_KEY', message: 'must be set.' }]);
    return { ...config, secretsKey };
  }
  const jwtIsSet = auth.jwtSecret !== undefined || auth.jwksUrl !== undefined;
  if (secretsKey !== undefined && jwtIsSet && auth.operatorToken !== undefined) return { ...config, secretsKey };
  const kept = await loadDevelopmentSecrets(config.dataDir);
  return {
    ...config,
    secretsKey: secretsKey ?? kept.SECRETS_KEY,
    auth: {
      ...auth,
      jwtSecret: jwtIsSet ? auth.jwtSecret : kept.AUTH_JWT_SECRET,
      operatorToken: auth.operatorToken ?? kept.OPERATOR_TOKEN,
    },
  };
}

/**
 * Reads the secrets of this data directory from its `secrets.json`, which is made (0600) when it is not there. Processes
 * that start at the same moment end with the same secrets.
 *
 * @throws {ConfigError} when the file is damaged, which is never overwritten, or the directory cannot be used
 */
export async function loadDevelopmentSecrets(dataDir: string): Promise<DevelopmentSecrets> {
  const file = join(dataDir, 'secrets.json');
  try {
    return (await readSecrets(file)) ?? (await createSecrets(dataDir, file));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { message } = error as Error;
    throw new ConfigError([{ setting: 'DATA_DIR', message: `cannot be used: ${message}.` }]);
  }
}

async function createSecrets(dataDir: string, file: string): Promise<DevelopmentSecrets> {
  const secrets = Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('base64')]));
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeSynced(draft, `${JSON.stringify(secrets, null, 2)}\n`);
  try {
    // A link appears whole or not at all, and never replaces a file that another process has made meanwhile.
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readSecrets(file)) ?? damaged(file, 'it is a link to nothing');
}

async function writeSynced(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readSecrets(file: string): Promise<DevelopmentSecrets | undefined> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  return content === undefined ? undefined : parseSecrets(file, content);
}

function parseSecrets(file: string, content: string): DevelopmentSecrets {
  const parsed = parseObject(content) ?? damaged(file, 'it is no JSON object');
  const read = (name: (typeof names)[number]): string => {
    const value = parsed[name];
    try {
      // The checks are those of the environment variable of the same name.
      return settings[name]._parse(typeof value === 'string' ? value : '');
    } catch {
      return damaged(file, `${name} in it is missing or wrong`);
    }
  };
  return {
    SECRETS_KEY: read('SECRETS_KEY'),
    AUTH_JWT_SECRET: read('AUTH_JWT_SECRET'),
    OPERATOR_TOKEN: read('OPERATOR_TOKEN'),
  };
}

function parseObject(content: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function damaged(file: string, reason: string): never {
  throw new ConfigError([
    {
      setting: 'DATA_DIR',
      message:
        `has a ${file} that cannot be used: ${reason}. Restore it from a copy, or set SECRETS_KEY, AUTH_JWT_SECRET and` +
        ' OPERATOR_TOKEN. Removing it makes new secrets, and endpoint secrets stored with the old ones are lost.',
    },
  ]);
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}

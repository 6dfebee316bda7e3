import { existsSync } from 'node:fs';
import { type link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config.error';
import { completeSecrets, loadDevelopmentSecrets } from './development-secrets';
import { loadConfig } from './load-config';

let dataDir: string;
let file: string;

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'secrets-')), 'new', 'data');
  file = join(dataDir, 'secrets.json');
});

afterEach(async () => {
  await rm(join(dataDir, '../..'), { recursive: true, force: true });
});

describe('loadDevelopmentSecrets', () => {
  it('makes secrets that the configuration accepts, once', async () => {
    const secrets = await loadDevelopmentSecrets(dataDir);
    expect(loadConfig({ ...secrets, DATA_DIR: dataDir }).secretsKey).toBe(secrets.SECRETS_KEY);
    expect(new Set(Object.values(secrets)).size).toBe(3);
    await expect(loadDevelopmentSecrets(dataDir)).resolves.toEqual(secrets);
  });

  it('keeps them in a file that only its owner reads, and leaves nothing else behind', async () => {
    await loadDevelopmentSecrets(dataDir);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['secrets.json']);
  });

  it('gives processes that start at the same moment the same secrets', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => loadDevelopmentSecrets(dataDir)));
    expect(new Set(all.map((secrets) => JSON.stringify(secrets))).size).toBe(1);
    expect(await readdir(dataDir)).toEqual(['secrets.json']);
  });

  it.each(['', '{"SECRETS_KEY":', 'null', '"text"', '{}', '{"SECRETS_KEY":"short"}', '{"SECRETS_KEY":7}'])(
    'refuses a damaged file and does not touch it: %j',
    async (content) => {
      await mkdir(dataDir, { recursive: true });
      await writeFile(file, content);
      await expect(loadDevelopmentSecrets(dataDir)).rejects.toThrow(ConfigError);
      await expect(loadDevelopmentSecrets(dataDir)).rejects.toThrow(
        /DATA_DIR has a .*secrets\.json that cannot be used/,
      );
      expect(await readFile(file, 'utf8')).toBe(content);
    },
  );

  it('says so when the directory cannot be made', async () => {
    const occupied = join(dataDir, '..');
    await mkdir(join(occupied, '..'), { recursive: true });
    await writeFile(occupied, 'a file');
    await expect(loadDevelopmentSecrets(dataDir)).rejects.toThrow(/DATA_DIR cannot be used: ENOTDIR/);
  });
});

describe('loadDevelopmentSecrets on a disk in trouble', () => {
  it('names the cause', async () => {
    await mkdir(file, { recursive: true });
    await expect(loadDevelopmentSecrets(dataDir)).rejects.toThrow(/DATA_DIR cannot be used: EISDIR/);
  });

  it('refuses a file that cannot be there', async () => {
    await mkdir(dataDir, { recursive: true });
    await symlink('nowhere', file);
    await expect(loadDevelopmentSecrets(dataDir)).rejects.toThrow(/cannot be used: it is a link to nothing/);
    expect(await readdir(dataDir)).toEqual(['secrets.json']);
  });

  it('leaves nothing behind on a file system without links', async () => {
    // No such file system is at hand: this one call is replaced.
    const fs = jest.requireActual<{ link: typeof link }>('node:fs/promises');
    jest.spyOn(fs, 'link').mockRejectedValueOnce(new Error('ENOTSUP: no links here'));
    await expect(loadDevelopmentSecrets(dataDir)).rejects.toThrow(/DATA_DIR cannot be used: ENOTSUP/);
    expect(await readdir(dataDir)).toEqual([]);
  });
});

describe('completeSecrets', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  const token = 'x'.repeat(40);

  it('fills in what development leaves out, the same at every start', async () => {
    const config = loadConfig({ DATA_DIR: dataDir });
    const complete = await completeSecrets(config);
    const secrets = await loadDevelopmentSecrets(dataDir);
    expect(complete).toEqual({
      ...config,
      secretsKey: secrets.SECRETS_KEY,
      auth: { ...config.auth, jwtSecret: secrets.AUTH_JWT_SECRET, operatorToken: secrets.OPERATOR_TOKEN },
    });
    await expect(completeSecrets(config)).resolves.toEqual(complete);
  });

  it('makes no shared secret where tokens come with a key set', async () => {
    const config = loadConfig({ DATA_DIR: dataDir, AUTH_JWKS_URL: 'https://login' });
    expect((await completeSecrets(config)).auth.jwtSecret).toBeUndefined();
  });

  it('prefers the environment and then makes no file', async () => {
    const env = { DATA_DIR: dataDir, SECRETS_KEY: key, AUTH_JWT_SECRET: token, OPERATOR_TOKEN: token };
    await expect(completeSecrets(loadConfig(env))).resolves.toEqual(loadConfig(env));
    const partly = await completeSecrets(loadConfig({ ...env, OPERATOR_TOKEN: '' }));
    expect(partly).toMatchObject({ secretsKey: key, auth: { jwtSecret: token, operatorToken: expect.any(String) } });
  });

  it('makes nothing up in production', async () => {
    const config = loadConfig({
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      DATABASE_URL: 'postgres://db',
      SECRETS_KEY: key,
    });
    await expect(completeSecrets(config)).resolves.toEqual(config);
    await expect(completeSecrets({ ...config, secretsKey: undefined })).rejects.toThrow(/SECRETS_KEY must be set/);
    expect(existsSync(dataDir)).toBe(false);
  });
});

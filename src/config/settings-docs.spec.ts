import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSettings } from './describe-settings';
import { renderEnvExample, renderSettingsTable, withSettingsTable } from './settings-docs';

const root = join(__dirname, '../..');
const read = (name: string): string => (existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : '');

describe('describeSettings', () => {
  const byName = new Map(describeSettings().map((setting) => [setting.name, setting]));

  it.each([
    ['PORT', '3000'],
    ['HOST', '127.0.0.1; in production 0.0.0.0'],
    ['WEBHOOK_ALLOWED_CIDRS', '127.0.0.0/8,::1/128; in production none'],
    ['DATABASE_DIRECT_URL', 'DATABASE_URL'],
    ['AUTH_JWKS_ALGORITHMS', 'RS256,ES256,EdDSA'],
  ])('says what %s is when it is not set', (name, expected) => {
    expect(byName.get(name)?.default).toBe(expected);
  });

  it('marks what may hold a credential', () => {
    expect([...byName.values()].filter((setting) => setting.secret).map((setting) => setting.name)).toEqual([
      'DATABASE_URL',
      'DATABASE_DIRECT_URL',
      'REDIS_URL',
      'SECRETS_KEY',
      'SECRETS_KEY_PREVIOUS',
      'AUTH_JWT_SECRET',
      'AUTH_JWKS_URL',
      'OPERATOR_TOKEN',
    ]);
  });
});

describe('the written documentation', () => {
  it('is the same as the code in .env.example', () => {
    expect(read('.env.example')).toBe(renderEnvExample());
  });

  it('is the same as the code in README.md', () => {
    expect(read('README.md')).toBe(withSettingsTable(read('README.md')));
  });
});

describe('renderEnvExample', () => {
  it('sets nothing: a copy of it changes no default', () => {
    expect(renderEnvExample().split('\n')).not.toContainEqual(expect.stringMatching(/^[^#]/));
  });
});

describe('withSettingsTable', () => {
  const [begin, end] = ['<!-- configuration:begin -->', '<!-- configuration:end -->'];

  it('replaces what is between the markers and nothing else', () => {
    const written = withSettingsTable(`before\n${begin}\nold\n${end}\nafter\n`);
    expect(written).toBe(`before\n${begin}\n\n${renderSettingsTable()}\n\n${end}\nafter\n`);
    expect(withSettingsTable(written)).toBe(written);
  });

  it.each(['no markers', begin, end, `${end}${begin}`])('leaves %j alone', (readme) => {
    expect(withSettingsTable(readme)).toBe(readme);
  });
});

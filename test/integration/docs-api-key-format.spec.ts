import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { generateApiKey, looksLikeApiKey } from '../../src/webhooks/api-keys/api-key';

// What docs/api-key-format.md says is what keys are.
const page = readFileSync(join(__dirname, '../../docs/api-key-format.md'), 'utf8');
const written = (pattern: RegExp): string => {
  const found = pattern.exec(page)?.[1];
  if (found === undefined) throw new Error(`The page has nothing like ${pattern}.`);
  return found;
};

const random = written(/^random part +(\S+)$/m);
const checksum = written(/^checksum +(\S+)$/m);
const vector = written(/^key +(\S+)$/m);

it('the test vector holds', () => {
  expect(Buffer.from(random, 'base64url')).toEqual(Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)));
  expect(crc32(random)).toBe(Number(written(/^CRC-32 +(\d+)$/m)));
  expect(vector).toBe(`skc_${random}${checksum}`);
  expect(looksLikeApiKey(vector)).toBe(true);
  expect(looksLikeApiKey(`${vector.slice(0, -1)}K`)).toBe(false);
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

(hasPython ? it : it.skip)('the program tells keys from other text as the service does', () => {
  const program = written(/```python\n([\s\S]*?)```/);
  const keys = Array.from({ length: 50 }, () => generateApiKey({ checksum: true }));
  const others = keys.map((key) => key.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x')));
  const texts = [vector, ...keys, ...others, generateApiKey(), ''];
  const run = `import json, sys\n${program}\nprint(json.dumps([is_key(text) for text in json.load(sys.stdin)]))`;
  const { stdout } = spawnSync('python3', ['-c', run], { input: JSON.stringify(texts), encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([true, ...keys.map(() => true), ...others.map(() => false), false, false]);
});

describe.each([
  ['gitleaks', new RegExp(written(/^regex = '''(.*)'''$/m)), 1],
  ['TruffleHog', new RegExp(written(/^ +key: '(.*)'$/m)), 1],
  ['GitHub', new RegExp(`(?:^|[^0-9A-Za-z])(${written(/^\| Secret format \| `(.*?)` +\|$/m)})(?:$|[^0-9A-Za-z_-])`), 1],
  ['the plain one for skc_', new RegExp(`(${written(/^(skc_\[.*)$/m)})`), 1],
  ['the plain one for sk_', new RegExp(`(${written(/^(sk_\[.*)$/m)})`), 1],
])('the expression for %s', (name, expression, group) => {
  const checksums = name.endsWith('sk_') ? [false] : name.endsWith('skc_') ? [true] : [false, true];
  it('finds keys in text, whole', () => {
    for (const checksum of checksums) {
      for (const around of ['%', 'KEY=%\n', '"%"', 'Bearer %,', '(%)']) {
        const key = generateApiKey({ checksum });
        expect(expression.exec(around.replace('%', key))?.[group]).toBe(key);
      }
    }
  });
  it('finds no other text', () => {
    for (const text of ['sk_', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', `task_${'a'.repeat(10)}`, 'skc_short']) {
      expect(expression.test(text)).toBe(false);
    }
  });
});

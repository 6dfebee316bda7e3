import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createSecretBox, parseSecretsKey, SecretBoxError } from './secret-box';

const key = Buffer.alloc(32, 7);
const otherKey = Buffer.alloc(32, 8);
const box = createSecretBox([key]);

const codeOf = (open: () => unknown): string => {
  try {
    open();
  } catch (error) {
    if (error instanceof SecretBoxError) return error.code;
  }
  return 'no SecretBoxError';
};

describe('createSecretBox', () => {
  it('[webhook 34] opens what it sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, context) => {
        expect(box.open(box.seal(secret, context), context)).toBe(secret);
      }),
    );
  });

  it('[webhook 34] seals the same secret differently each time, and shows nothing of it', () => {
    const [first, second] = [box.seal('whsec_secret', 'endpoint'), box.seal('whsec_secret', 'endpoint')];
    expect(first.ciphertext).not.toBe(second.ciphertext);
    expect(first.ciphertext).toMatch(/^v1\.[A-Za-z0-9_-]{54}$/);
    expect(first.keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(key.toString('hex')).not.toContain(first.keyId);
  });

  it('opens with an old key, seals with the first', () => {
    const rotated = createSecretBox([otherKey, key]);
    const sealed = box.seal('secret', 'endpoint');
    expect(rotated.open(sealed, 'endpoint')).toBe('secret');
    expect(rotated.seal('secret', 'endpoint').keyId).toBe(rotated.currentKeyId);
    expect(rotated.currentKeyId).not.toBe(box.currentKeyId);
    expect(createSecretBox([key]).currentKeyId).toBe(box.currentKeyId);
  });

  it('refuses a key it does not have', () => {
    const sealed = createSecretBox([otherKey]).seal('secret', 'endpoint');
    expect(codeOf(() => box.open(sealed, 'endpoint'))).toBe('unknown-key');
    expect(codeOf(() => box.open({ ...sealed, keyId: box.currentKeyId }, 'endpoint'))).toBe('tampered');
  });

  it('refuses the secret of another row', () => {
    expect(codeOf(() => box.open(box.seal('secret', 'endpoint-1'), 'endpoint-2'))).toBe('tampered');
  });

  it('refuses a ciphertext with any one character changed', () => {
    const { keyId, ciphertext } = box.seal('whsec_secret', 'endpoint');
    fc.assert(
      fc.property(fc.nat(ciphertext.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(ciphertext[at] !== character);
        const changed = ciphertext.slice(0, at) + character + ciphertext.slice(at + 1);
        expect(['malformed', 'tampered']).toContain(codeOf(() => box.open({ keyId, ciphertext: changed }, 'endpoint')));
      }),
    );
  });

  it.each([
    '',
    'v1',
    'v1.',
    'v2.AAAA',
    'v1.AAAA',
    `v1.${'A'.repeat(40)}.x`,
    `v1.${'A'.repeat(39)}=`,
    `v1.${'!'.repeat(60)}`,
  ])('refuses %j as malformed', (ciphertext) =>
    expect(codeOf(() => box.open({ keyId: box.currentKeyId, ciphertext }, ''))).toBe('malformed'),
  );

  it('[webhook 34] never puts the secret, the key or the ciphertext into an error', () => {
    const sealed = box.seal('whsec_secret', 'endpoint-1');
    try {
      box.open(sealed, 'endpoint-2');
      throw new Error('opened');
    } catch (error) {
      const { name, message, stack = '' } = error as Error;
      expect(name).toBe('SecretBoxError');
      for (const hidden of ['whsec_', sealed.ciphertext, key.toString('hex'), key.toString('base64')]) {
        expect(message + stack + JSON.stringify(error)).not.toContain(hidden);
      }
    }
  });

  it('does not follow later changes of the key it was given', () => {
    const mine = Buffer.from(key);
    const own = createSecretBox([mine]);
    const sealed = own.seal('secret', '');
    mine.fill(0);
    expect(own.open(sealed, '')).toBe('secret');
    expect(own.open(own.seal('secret', ''), '')).toBe('secret');
  });

  it('needs keys of 32 bytes', () => {
    expect(() => createSecretBox([])).toThrow('at least one key');
    expect(() => createSecretBox([key, Buffer.alloc(16)])).toThrow('32 bytes');
  });
});

describe('parseSecretsKey', () => {
  it('reads hexadecimal, base64 and base64url, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const expected = Buffer.from(bytes);
        for (const text of [
          expected.toString('hex'),
          expected.toString('hex').toUpperCase(),
          expected.toString('base64'),
          expected.toString('base64').slice(0, -1),
          expected.toString('base64url'),
          `${expected.toString('base64url')}=`,
          `  ${expected.toString('base64')}\n`,
        ]) {
          expect(parseSecretsKey(text)).toEqual(expected);
        }
      }),
    );
  });

  it.each([
    '',
    'changeme',
    'a'.repeat(32),
    'g'.repeat(64),
    'a'.repeat(63),
    randomBytes(31).toString('base64'),
    randomBytes(33).toString('base64'),
    `${'A'.repeat(42)}B=`,
    `${'A'.repeat(21)}+${'A'.repeat(20)}_`,
    `${'A'.repeat(43)}==`,
  ])('refuses %j without repeating it', (text) => {
    expect(() => parseSecretsKey(text)).toThrow(
      'the key must be 32 bytes as base64, base64url or hexadecimal: make one with "openssl rand -base64 32"',
    );
  });
});

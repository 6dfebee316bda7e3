import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { digestOf, generateApiKey, hasKeyPrefix, looksLikeApiKey, previewOf } from './api-key';

describe('API keys', () => {
  it('[key 3] are sk_ and 32 random bytes in base64url', () => {
    const keys = Array.from({ length: 1_000 }, () => generateApiKey());
    expect(new Set(keys).size).toBe(1_000);
    for (const key of keys) {
      expect(key).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(key.slice(3), 'base64url')).toHaveLength(32);
      expect(looksLikeApiKey(key)).toBe(true);
    }
  });

  it('with a checksum, they are skc_, the same, and six base-62 digits that no other text has by chance', () => {
    const key = generateApiKey({ checksum: true });
    expect(key).toMatch(/^skc_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}$/);
    expect(looksLikeApiKey(key)).toBe(true);
    const last = key.at(-1) === '0' ? '1' : '0';
    expect(looksLikeApiKey(`${key.slice(0, -1)}${last}`)).toBe(false);
    const tenth = key.charAt(10) === 'A' ? 'B' : 'A';
    expect(looksLikeApiKey(`${key.slice(0, 10)}${tenth}${key.slice(11)}`)).toBe(false);
    // CRC-32 of 43 times 'A', in base 62.
    expect(looksLikeApiKey(`skc_${'A'.repeat(43)}0DofJ8`)).toBe(true);
  });

  it.each(['', 'sk_', `sk_${'a'.repeat(42)}`, `sk_${'a'.repeat(44)}`, `pk_${'a'.repeat(43)}`, `SK_${'a'.repeat(43)}`])(
    '%j is none',
    (text) => expect(looksLikeApiKey(text)).toBe(false),
  );

  it('of another form are keys only where their prefix is known', () => {
    const imported = `acme_live_${'a'.repeat(24)}`;
    expect(looksLikeApiKey(imported)).toBe(false);
    expect(looksLikeApiKey(imported, ['other_', 'acme_live_'])).toBe(true);
    expect(looksLikeApiKey('acme_live_short', ['acme_live_'])).toBe(false);
    expect(looksLikeApiKey(`acme_live_${'a'.repeat(201)}`, ['acme_live_'])).toBe(false);
    expect(looksLikeApiKey(`acme_live_${'a'.repeat(24)}\u0000`, ['acme_live_'])).toBe(false);
    expect(hasKeyPrefix('acme_live_x', ['acme_live_'])).toBe(true);
    expect(hasKeyPrefix('eyJhbGciOi', ['acme_live_'])).toBe(false);
  });

  it('are stored as their SHA-256, and recognised by their last four characters', () => {
    const key = generateApiKey();
    expect(digestOf(key)).toBe(createHash('sha256').update(key).digest('hex'));
    expect(previewOf(key)).toBe(`sk_…${key.slice(-4)}`);
    expect(previewOf(`acme_live_${'a'.repeat(20)}wxyz`, ['acme_live_'])).toBe('acme_live_…wxyz');
    expect(previewOf('something else')).toBe('…else');
  });

  it('property: no text is too odd to be looked at', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !looksLikeApiKey(text, ['a'])));
  });
});

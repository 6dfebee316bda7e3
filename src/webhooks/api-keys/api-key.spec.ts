import { digestOf, generateApiKey, looksLikeApiKey } from './api-key';

describe('API keys', () => {
  it('are sk_ and 32 random bytes in base64url', () => {
    const key = generateApiKey();
    expect(key).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(key.slice(3), 'base64url')).toHaveLength(32);
    expect(generateApiKey()).not.toBe(key);
    expect(looksLikeApiKey(key)).toBe(true);
  });

  it.each([
    '',
    'sk_',
    `sk_${'a'.repeat(42)}`,
    `sk_${'a'.repeat(44)}`,
    `pk_${'a'.repeat(43)}`,
    digestOf('x'),
    `sk_${'a'.repeat(43)}\n`,
  ])('%j is none', (text) => {
    expect(looksLikeApiKey(text)).toBe(false);
  });

  it('are stored as their SHA-256', () => {
    expect(digestOf('sk_test')).toBe('12b2820cf1639904311da5771de1e5bb65c77073fdc7c555df395942df42896b');
  });
});

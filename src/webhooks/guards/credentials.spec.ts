import fc from 'fast-check';
import { readCredentials, type CredentialSource } from './credentials';

const KEY = `sk_${'a'.repeat(43)}`;
const OTHER = `sk_${'b'.repeat(43)}`;
const token = { kind: 'token', token: KEY };
/** With the token's text, which does not show itself. */
const read = (source: CredentialSource) => {
  const credentials = readCredentials(source);
  return credentials.kind === 'token' ? { ...credentials, token: credentials.token.text } : credentials;
};

describe('readCredentials', () => {
  it.each([
    ['X-API-Key', { 'x-api-key': KEY }],
    ['Authorization', { authorization: `Bearer ${KEY}` }],
    ['the scheme in lower case', { authorization: `bearer ${KEY}` }],
    ['the scheme in capitals, more space', { authorization: `  BEARER   ${KEY} ` }],
    ['both, the same', { 'x-api-key': KEY, authorization: `Bearer ${KEY}` }],
    ['a proxy with Basic beside the key', { 'x-api-key': KEY, authorization: 'Basic dTpw' }],
  ])('accepts %s', (_, headers) => {
    expect(read({ headers })).toEqual(token);
  });

  it('finds nothing where there is nothing', () => {
    expect(read({ headers: {} })).toEqual({ kind: 'none' });
  });

  it.each([
    ['both, different', { 'x-api-key': KEY, authorization: `Bearer ${OTHER}` }],
    ['a broken bearer beside the key', { 'x-api-key': KEY, authorization: 'Bearer' }],
    ['a broken key beside a bearer', { 'x-api-key': 'a b', authorization: `Bearer ${KEY}` }],
    ['another scheme alone', { authorization: 'Basic dTpw' }],
    ['an empty key', { 'x-api-key': '' }],
    ['a space inside', { 'x-api-key': 'sk_ a' }],
    ['two values in one', { 'x-api-key': `${KEY}, ${KEY}` }],
    ['ten kilobytes', { authorization: `Bearer ${'a'.repeat(10_240)}` }],
  ])('refuses %s', (_, headers) => {
    expect(read({ headers })).toMatchObject({ kind: 'unusable' });
  });

  it('refuses a header that is sent twice, which Node would hide', () => {
    const rawHeaders = ['Authorization', `Bearer ${KEY}`, 'authorization', `Bearer ${OTHER}`];
    expect(read({ headers: { authorization: `Bearer ${KEY}` }, rawHeaders })).toMatchObject({
      kind: 'unusable',
    });
    expect(read({ headers: { 'x-api-key': KEY }, rawHeaders: ['X-API-Key', KEY] })).toEqual(token);
  });

  it('property: never throws, and never returns more than a bearer token may hold', () => {
    const header = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    fc.assert(
      fc.property(header, header, (apiKey, authorization) => {
        const headers = {
          ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
          ...(authorization === undefined ? {} : { authorization }),
        };
        const result = read({ headers });
        if (result.kind === 'token') expect(result.token).toMatch(/^[A-Za-z0-9\-._~+/]+=*$/);
      }),
    );
  });
});

import crypto from 'node:crypto';
import fc from 'fast-check';
import { generateKeyPair, generateSecret, sign, verifySignature } from './signature';

const secret = generateSecret();
const { privateKey, publicKey } = generateKeyPair();
const secrets = [secret, publicKey];
const now = new Date(1_700_000_000_000);
const timestamp = 1_700_000_000;
const body = Buffer.from('{"event":"message.sent"}');
const genuine = sign({ id: 'msg-1', timestamp, body, secrets: [secret, privateKey] });

const headersOf = (changes: Record<string, unknown> = {}) =>
  ({
    'webhook-id': 'msg-1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': genuine,
    ...changes,
  }) as Record<string, string>;

const verify = (headers: Record<string, string>) => verifySignature({ headers, body, secrets, now });

// What an attacker puts into a header: pieces that parsers trip over, glued together.
const piece = fc.constantFrom(
  'v1,',
  'v1a,',
  'v2,',
  'V1,',
  ',',
  ' ',
  '\t',
  '=',
  '.',
  '\0',
  '\r\n',
  '%20',
  'A'.repeat(43),
  `${'A'.repeat(86)}==`,
  '__proto__',
  'undefined',
  '💥',
  '\ud800',
);
const hostile = fc
  .array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 20 })
  .map((parts) => parts.join(''));
const name = fc.constantFrom(
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'WEBHOOK-ID',
  'Webhook-Signature',
  '__proto__',
  'x',
);

describe('verifySignature against hostile headers', () => {
  it('accepts the genuine request that the others are made from', () => {
    expect(verify(headersOf())).toEqual({ ok: true, id: 'msg-1', timestamp });
  });

  it('never throws, and never accepts, whatever the headers are', () => {
    const value = fc.oneof(hostile, fc.array(hostile, { maxLength: 3 }), fc.constant(undefined));
    fc.assert(
      fc.property(fc.dictionary(name, value), (headers) => {
        expect(verifySignature({ headers, body, secrets, now }).ok).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('accepts nothing else in the place of one header', () => {
    fc.assert(
      fc.property(fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature'), hostile, (which, value) => {
        expect(verify(headersOf({ [which]: value })).ok).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('accepts a genuine signature among any others, but no spelling of it with a character changed', () => {
    fc.assert(
      fc.property(
        hostile,
        fc.nat(genuine.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (noise, at, other) => {
          const parts = noise.split(' ').slice(0, 20).join(' ');
          expect(verify(headersOf({ 'webhook-signature': `${parts} ${genuine}` })).ok).toBe(true);
          const [only = ''] = genuine.split(' ');
          const place = at % only.length;
          fc.pre(only[place] !== other && other !== ' ');
          const changed = only.slice(0, place) + other + only.slice(place + 1);
          expect(verify(headersOf({ 'webhook-signature': changed })).ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses a header that is only there to make it compute', () => {
    const flood = (count: number) =>
      verify(headersOf({ 'webhook-signature': `v1a,${'A'.repeat(86)}== `.repeat(count) + genuine }));
    expect(flood(30).ok).toBe(true);
    expect(flood(31)).toEqual({ ok: false, code: 'malformed-header' });
    expect(flood(100_000)).toEqual({ ok: false, code: 'malformed-header' });
  });

  it('refuses a header of spaces like a missing one', () => {
    expect(verify(headersOf({ 'webhook-signature': '  ' }))).toEqual({ ok: false, code: 'missing-header' });
  });
});

describe('[webhook 6] in constant time', () => {
  afterEach(() => jest.restoreAllMocks());

  const wrong = `v1,${Buffer.alloc(32).toString('base64')}`;
  const [right = ''] = genuine.split(' ');

  it.each([
    ['first', `${right} ${wrong} ${wrong}`, true],
    ['last', `${wrong} ${wrong} ${right}`, true],
    ['nowhere', `${wrong} ${wrong} ${wrong}`, false],
  ])('[webhook 6] compares every signature with every secret, the right one being %s', (_, header, ok) => {
    const compare = jest.spyOn(crypto, 'timingSafeEqual');
    const keys = [generateSecret(), secret, generateSecret()];
    const headers = headersOf({ 'webhook-signature': header });
    expect(verifySignature({ headers, body, secrets: keys, now }).ok).toBe(ok);
    expect(compare).toHaveBeenCalledTimes(9);
  });
});

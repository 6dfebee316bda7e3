import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { generateSecret, sign, verifySignature } from './signature';
import type { VerificationInput } from './signature';

const vector = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1614265330,
  body: Buffer.from('{"test": 2432232314}'),
  secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
};
const vectorSignature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

const received = (changes: Partial<VerificationInput> = {}, headers: VerificationInput['headers'] = {}) =>
  verifySignature({
    headers: {
      'webhook-id': vector.id,
      'webhook-timestamp': String(vector.timestamp),
      'webhook-signature': vectorSignature,
      ...headers,
    },
    body: vector.body,
    secrets: vector.secrets,
    now: new Date(vector.timestamp * 1000),
    ...changes,
  });

describe('generateSecret', () => {
  it('[webhook 4] gives whsec_ and 32 random bytes, new each time', () => {
    const secrets = Array.from({ length: 100 }, generateSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    }
  });
});

describe('sign', () => {
  it('[webhook 1] gives the published vector', () => expect(sign(vector)).toBe(vectorSignature));

  it('[webhook 1] is accepted by the independent verifier, byte for byte, whatever the body', () => {
    fc.assert(
      fc.property(fc.json(), fc.uuid(), (json, id) => {
        const secret = generateSecret();
        const timestamp = Math.floor(Date.now() / 1000);
        const headers = {
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': sign({ id, timestamp, body: Buffer.from(json), secrets: [secret] }),
        };
        expect(new Webhook(secret).verify(json, headers)).toEqual(JSON.parse(json));
        expect(() => new Webhook(secret).verify(`${json} `, headers)).toThrow();
      }),
    );
  });

  it('[webhook 5] signs with both secrets while one is being replaced', () => {
    const [old, fresh] = [generateSecret(), generateSecret()];
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = {
      'webhook-id': 'id',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign({ id: 'id', timestamp, body: Buffer.from('{}'), secrets: [fresh, old] }),
    };
    expect(headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
    for (const secret of [old, fresh]) expect(new Webhook(secret).verify('{}', headers)).toEqual({});
    expect(() => new Webhook(generateSecret()).verify('{}', headers)).toThrow();
  });

  it('[webhook 3] refuses an id with a dot, and what cannot be a header', () => {
    for (const id of ['', 'a.b', 'a b', 'a\r\nb', 'ä']) expect(() => sign({ ...vector, id })).toThrow(/without a dot/);
  });

  it('refuses a timestamp that is not whole seconds', () => {
    for (const timestamp of [1.5, -1, NaN, Infinity, 2 ** 53]) {
      expect(() => sign({ ...vector, timestamp })).toThrow(/whole seconds/);
    }
  });

  it.each([
    vector.secrets[0]?.slice(6) ?? '',
    'whsec_',
    'whsec_not base64 at all, but long enough',
    `whsec_${Buffer.alloc(23).toString('base64')}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    `whpk_${Buffer.alloc(32).toString('base64')}`,
  ])('[webhook 4] refuses the secret %j without repeating it', (secret) => {
    expect(() => sign({ ...vector, secrets: [secret] })).toThrow(
      'a webhook secret must be whsec_ and base64 of 24 to 64 bytes',
    );
  });

  it('[webhook 4] takes 24 to 64 bytes, padded or not', () => {
    for (const length of [24, 25, 64]) {
      const secret = `whsec_${Buffer.alloc(length, 9).toString('base64')}`;
      expect(sign({ ...vector, secrets: [secret.replace(/=+$/, '')] })).toBe(sign({ ...vector, secrets: [secret] }));
    }
  });

  it('needs a secret', () => expect(() => sign({ ...vector, secrets: [] })).toThrow('at least one secret'));
});

describe('verifySignature', () => {
  const accepted = { ok: true, id: vector.id, timestamp: vector.timestamp };

  it('accepts the published vector, with a body of bytes or text and headers in any case', () => {
    expect(received()).toEqual(accepted);
    expect(received({ body: vector.body.toString() })).toEqual(accepted);
    expect(
      received({
        headers: {
          'Webhook-Id': vector.id,
          'WEBHOOK-TIMESTAMP': [String(vector.timestamp)],
          'Webhook-Signature': vectorSignature,
          'X-Other': undefined,
        },
      }),
    ).toEqual(accepted);
  });

  it('accepts what the independent implementation signs, and what we sign', () => {
    fc.assert(
      fc.property(fc.string(), fc.uuid(), (body, id) => {
        const [secret, old] = [generateSecret(), generateSecret()];
        const now = new Date();
        const timestamp = Math.floor(now.getTime() / 1000);
        const ours = sign({ id, timestamp, body: Buffer.from(body), secrets: [old, secret] });
        const theirs = new Webhook(secret).sign(id, now, body);
        for (const signature of [ours, theirs]) {
          const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
          expect(verifySignature({ headers, body, secrets: [secret] }).ok).toBe(true);
        }
      }),
    );
  });

  it('[webhook 6] tries every signature with every secret and passes over unknown schemes', () => {
    const wrong = `v1,${Buffer.alloc(32).toString('base64')}`;
    const header = (value: string) =>
      received({ secrets: [generateSecret(), ...vector.secrets] }, { 'webhook-signature': value });
    expect(header(`v1a,${'A'.repeat(86)} ${wrong} ${vectorSignature}`)).toEqual(accepted);
    expect(header(`${vectorSignature} ${wrong}`)).toEqual(accepted);
  });

  it.each([
    ['another signature', `v1,${Buffer.alloc(32).toString('base64')}`],
    ['a signature of another length', 'v1,AAAA'],
    ['an empty signature', 'v1,'],
    ['no scheme', vectorSignature.slice(3)],
    ['another scheme', vectorSignature.replace('v1', 'v2')],
  ])('[webhook 6] refuses %s', (_, signature) => {
    expect(received({}, { 'webhook-signature': signature })).toEqual({ ok: false, code: 'no-match' });
  });

  it('refuses other bytes, another id, another time, another secret', () => {
    const refusal = { ok: false, code: 'no-match' };
    expect(received({ body: '{"test":2432232314}' })).toEqual(refusal);
    expect(received({}, { 'webhook-id': 'msg_other' })).toEqual(refusal);
    expect(received({}, { 'webhook-timestamp': String(vector.timestamp + 1) })).toEqual(refusal);
    expect(received({ secrets: [generateSecret()] })).toEqual(refusal);
    expect(received({ secrets: [] })).toEqual(refusal);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'refuses a missing, empty or doubled %s',
    (name) => {
      for (const value of [undefined, '', ['a', 'b']]) {
        expect(received({}, { [name]: value })).toEqual({ ok: false, code: 'missing-header' });
      }
      expect(received({}, { [name.toUpperCase()]: 'again' })).toEqual({ ok: false, code: 'missing-header' });
    },
  );

  it('[webhook 3] refuses an id with a dot and a timestamp that is not digits', () => {
    const refusal = { ok: false, code: 'malformed-header' };
    expect(received({}, { 'webhook-id': 'a.1' })).toEqual(refusal);
    for (const timestamp of ['1.5', '-1', '+1', '1e9', ' 1614265330', '0x10', '9'.repeat(13)]) {
      expect(received({}, { 'webhook-timestamp': timestamp })).toEqual(refusal);
    }
  });

  it.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
    [NaN, false],
  ])('[webhook 7] with a clock off by %d seconds: %s', (seconds, ok) => {
    const now = new Date((vector.timestamp + seconds) * 1000);
    expect(received({ now })).toEqual(ok ? accepted : { ok: false, code: 'timestamp-out-of-range' });
  });

  it('[webhook 7] takes another tolerance', () => {
    const now = new Date((vector.timestamp + 11) * 1000);
    expect(received({ now, toleranceSeconds: 10 }).ok).toBe(false);
    expect(received({ now, toleranceSeconds: 11 }).ok).toBe(true);
  });

  it('tells a misconfigured receiver that its secret is wrong', () => {
    expect(() => received({ secrets: ['secret'] })).toThrow(/a webhook secret must be/);
  });
});

import { createPublicKey, generateKeyPairSync, sign as signBytes, verify } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { generateKeyPair, generateSecret, sign, verifySignature } from './signature';

// Published with the reference implementation, and as the example of the specification.
const vector = {
  privateKey: 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==',
  publicKey: 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1614265330,
  body: Buffer.from('{"test": 2432232314}'),
  signature: 'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
};
const { id, timestamp, body, publicKey, privateKey, signature } = vector;
const now = new Date(timestamp * 1_000);

const received = (webhookSignature: string, secrets: readonly string[] = [publicKey], bytes: Buffer | string = body) =>
  verifySignature({
    headers: { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': webhookSignature },
    body: bytes,
    secrets,
    now,
  });

/** node:crypto alone. */
const verifies = (key: string, content: string, given: string): boolean => {
  const x = Buffer.from(key.slice(5), 'base64').toString('base64url');
  const jwk = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(content), jwk, Buffer.from(given.slice(4), 'base64'));
};

describe('generateKeyPair', () => {
  it('[webhook 8] gives a whsk_ and a whpk_ key that belong together, new each time', () => {
    const pairs = Array.from({ length: 20 }, generateKeyPair);
    expect(new Set(pairs.map((pair) => pair.privateKey)).size).toBe(20);
    for (const pair of pairs) {
      expect(pair.privateKey).toMatch(/^whsk_[A-Za-z0-9+/]{86}==$/);
      expect(pair.publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
      const own = sign({ id, timestamp, body, secrets: [pair.privateKey] });
      expect(received(own, [pair.publicKey]).ok).toBe(true);
    }
  });
});

describe('sign with a private key', () => {
  it('[webhook 8] gives the published vector, from the seed alone as well', () => {
    expect(sign({ id, timestamp, body, secrets: [privateKey] })).toBe(signature);
    const seed = `whsk_${Buffer.from(privateKey.slice(5), 'base64').subarray(0, 32).toString('base64')}`;
    expect(sign({ id, timestamp, body, secrets: [seed] })).toBe(signature);
  });

  it('[webhook 8] is verified by node:crypto alone, byte for byte, whatever the body', () => {
    const pair = generateKeyPair();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uuid(), fc.nat(), (text, anyId, at) => {
        const given = sign({ id: anyId, timestamp: at, body: Buffer.from(text), secrets: [pair.privateKey] });
        expect(given).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
        expect(verifies(pair.publicKey, `${anyId}.${at}.${text}`, given)).toBe(true);
        expect(verifies(pair.publicKey, `${anyId}.${at}.${text} `, given)).toBe(false);
        expect(verifies(generateKeyPair().publicKey, `${anyId}.${at}.${text}`, given)).toBe(false);
      }),
    );
  });

  it('signs with both schemes side by side, each verified independently', () => {
    const secret = generateSecret();
    const at = Math.floor(Date.now() / 1_000);
    const header = sign({ id, timestamp: at, body, secrets: [secret, privateKey] });
    const headers = { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': header };
    expect(new Webhook(secret).verify(body, headers)).toEqual({ test: 2432232314 });
    expect(verifies(publicKey, `${id}.${at}.${body.toString()}`, header.split(' ')[1] ?? '')).toBe(true);
  });

  it.each([
    'whsk_',
    `whsk_${Buffer.alloc(31).toString('base64')}`,
    `whsk_${Buffer.alloc(63).toString('base64')}`,
    `whsk_${'!'.repeat(44)}`,
    publicKey,
  ])('refuses the private key %j without repeating it', (wrong) => {
    expect(() => sign({ id, timestamp, body, secrets: [wrong] })).toThrow(RangeError);
    try {
      sign({ id, timestamp, body, secrets: [wrong] });
    } catch (error) {
      if (wrong.length > 5) expect((error as Error).message).not.toContain(wrong.slice(5));
    }
  });
});

describe('verifySignature with a public key', () => {
  const accepted = { ok: true, id, timestamp };
  const refused = { ok: false, code: 'no-match' };

  it('[webhook 8] accepts the published vector, beside secrets and signatures of the other scheme', () => {
    expect(received(signature)).toEqual(accepted);
    expect(received(signature, [generateSecret(), generateKeyPair().publicKey, publicKey])).toEqual(accepted);
    const v1 = sign({ id, timestamp, body, secrets: [generateSecret()] });
    expect(received(`${v1} ${signature} v2,AAAA`)).toEqual(accepted);
  });

  it('accepts what node:crypto alone signs', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const pair = generateKeyPairSync('ed25519');
        const x = String(pair.publicKey.export({ format: 'jwk' }).x);
        const bytes = signBytes(null, Buffer.from(`${id}.${timestamp}.${text}`), pair.privateKey);
        const key = `whpk_${Buffer.from(x, 'base64url').toString('base64')}`;
        expect(received(`v1a,${bytes.toString('base64')}`, [key], text)).toEqual(accepted);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses other bytes, another key, a signature of the wrong scheme or length', () => {
    expect(received(signature, [publicKey], '{"test":2432232314}')).toEqual(refused);
    expect(received(signature, [generateKeyPair().publicKey])).toEqual(refused);
    expect(received(signature, [generateSecret()])).toEqual(refused);
    expect(received(signature.replace('v1a', 'v1'))).toEqual(refused);
    for (const given of ['v1a,', 'v1a,AAAA', `v1a,${'A'.repeat(86)}==`, `${signature}AAAA`, signature.slice(0, -1)]) {
      expect(received(given)).toEqual(refused);
    }
  });

  it('takes no signature for one of the other scheme: an HMAC under the public key is nothing', () => {
    const asSecret = `whsec_${publicKey.slice(5)}`;
    const forged = sign({ id, timestamp, body, secrets: [asSecret] });
    expect(received(forged)).toEqual(refused);
    expect(received(forged.replace('v1,', 'v1a,'))).toEqual(refused);
  });

  it.each([`whpk_${Buffer.alloc(31).toString('base64')}`, 'whpk_', `whpk_${'!'.repeat(44)}`, privateKey])(
    'tells a misconfigured receiver that %j is no key to verify with',
    (wrong) => expect(() => received(signature, [wrong])).toThrow(RangeError),
  );
});

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

/** The signature schemes of Standard Webhooks 1.0: HMAC-SHA256 with a shared secret, and Ed25519. */
export type SignatureScheme = 'v1' | 'v1a';

const SECRET_PREFIX = 'whsec_';
const PRIVATE_PREFIX = 'whsk_';
const PUBLIC_PREFIX = 'whpk_';
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;
const ED25519_BYTES = 32;

/** A key that signs. */
export type SigningKey =
  { readonly scheme: 'v1'; readonly secret: Buffer } | { readonly scheme: 'v1a'; readonly privateKey: KeyObject };

/** A key that verifies. */
export type VerifyingKey =
  { readonly scheme: 'v1'; readonly secret: Buffer } | { readonly scheme: 'v1a'; readonly publicKey: KeyObject };

/** A new endpoint secret of scheme `v1`: `whsec_` and base64 of 32 random bytes (Standard Webhooks asks for 24 to 64). */
export function generateSecret(): string {
  return SECRET_PREFIX + randomBytes(32).toString('base64');
}

/**
 * A new Ed25519 key pair of scheme `v1a`. The private key is `whsk_` and base64 of seed and public key, as the
 * reference implementation writes it; it never leaves the service. The public key is `whpk_` and base64 of 32 bytes.
 */
export function generateKeyPair(): { privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-ED25519_BYTES);
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-ED25519_BYTES);
  return {
    privateKey: PRIVATE_PREFIX + Buffer.concat([seed, point]).toString('base64'),
    publicKey: PUBLIC_PREFIX + point.toString('base64'),
  };
}

/**
 * Reads `whsec_…` or `whsk_…`.
 * @throws RangeError that says what is expected and never repeats the secret
 */
export function readSigningKey(text: string): SigningKey {
  if (!text.startsWith(PRIVATE_PREFIX)) return { scheme: 'v1', secret: readSecret(text) };
  const bytes = decode(text, PRIVATE_PREFIX);
  // The seed alone (RFC 8032), or followed by the public key.
  if (bytes?.length !== ED25519_BYTES && bytes?.length !== 2 * ED25519_BYTES) {
    throw new RangeError(`a webhook private key must be ${PRIVATE_PREFIX} and base64 of ${ED25519_BYTES} or 64 bytes`);
  }
  const [d, x] = [bytes.subarray(0, ED25519_BYTES), bytes.subarray(ED25519_BYTES)];
  return { scheme: 'v1a', privateKey: createPrivateKey({ key: jwk({ x, d }), format: 'jwk' }) };
}

/**
 * Reads `whsec_…` or `whpk_…`.
 * @throws RangeError that says what is expected and never repeats the secret
 */
export function readVerifyingKey(text: string): VerifyingKey {
  if (!text.startsWith(PUBLIC_PREFIX)) return { scheme: 'v1', secret: readSecret(text) };
  const bytes = decode(text, PUBLIC_PREFIX);
  if (bytes?.length !== ED25519_BYTES) {
    throw new RangeError(`a webhook public key must be ${PUBLIC_PREFIX} and base64 of ${ED25519_BYTES} bytes`);
  }
  return { scheme: 'v1a', publicKey: createPublicKey({ key: jwk({ x: bytes }), format: 'jwk' }) };
}

/**
 * RFC 8037. Reading this form takes a tenth of the time that DER takes, and an attempt reads its key. Of a private key
 * node:crypto uses `d` alone, so that `x` may be empty.
 */
function jwk({ x, d }: { x: Buffer; d?: Buffer }): JsonWebKey {
  const parts = { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') };
  return d === undefined ? parts : { ...parts, d: d.toString('base64url') };
}

function readSecret(text: string): Buffer {
  const key = decode(text, SECRET_PREFIX);
  if (key === null || key.length < MIN_SECRET_BYTES || key.length > MAX_SECRET_BYTES) {
    throw new RangeError(
      `a webhook secret must be ${SECRET_PREFIX} and base64 of ${MIN_SECRET_BYTES} to ${MAX_SECRET_BYTES} bytes`,
    );
  }
  return key;
}

/** Null unless the text is the prefix and base64 (padded or not) that means exactly these bytes. */
function decode(text: string, prefix: string): Buffer | null {
  if (!text.startsWith(prefix)) return null;
  const encoded = text.slice(prefix.length).replace(/=+$/, '');
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === encoded ? bytes : null;
}

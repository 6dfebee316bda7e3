import { createHmac, sign as signBytes, timingSafeEqual, verify as verifyBytes } from 'node:crypto';
import { readSigningKey, readVerifyingKey, type SigningKey, type VerifyingKey } from './signature-keys';

export { generateKeyPair, generateSecret, type SignatureScheme } from './signature-keys';

// Standard Webhooks leaves it to the library; all of the official ones take five minutes.
const DEFAULT_TOLERANCE_SECONDS = 300;

/** A sender has two signatures during a rotation. More than this only serves to make a receiver compute. */
const MAX_SIGNATURES = 32;

// Printable ASCII without the dot: the dot separates the signed parts, so an id with one could be read in two ways.
const ID = /^[\x21-\x2d\x2f-\x7e]+$/;

/** What is signed. */
export interface SignatureInput {
  /** The `webhook-id`: printable ASCII without a dot. */
  id: string;
  /** The `webhook-timestamp` of this attempt, in whole seconds since the epoch. */
  timestamp: number;
  /** The exact bytes of the request's body. */
  body: Uint8Array;
  /** One secret (`whsec_…`) or private key (`whsk_…`), or several while one is being replaced; each gives a signature. */
  secrets: readonly string[];
}

/**
 * The `webhook-signature` header of Standard Webhooks 1.0, separated by spaces: for each `whsec_` secret `v1,` and
 * base64 of HMAC-SHA256, for each `whsk_` key `v1a,` and base64 of the Ed25519 signature, over `id.timestamp.body`.
 *
 * @throws RangeError for an id with a dot, a timestamp that is not whole seconds, no secret, or one that is not
 * `whsec_` and base64 of 24 to 64 bytes, or `whsk_` and base64 of 32 or 64; the message never holds the secret
 */
export function sign({ id, timestamp, body, secrets }: SignatureInput): string {
  if (!ID.test(id)) throw new RangeError('a webhook id must be printable ASCII without a dot');
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw new RangeError('a webhook timestamp must be whole seconds since the epoch');
  }
  if (secrets.length === 0) throw new RangeError('signing needs at least one secret');
  const content = signedContent(id, String(timestamp), body);
  return secrets.map((secret) => signWith(readSigningKey(secret), content)).join(' ');
}

/** What a receiver has in hand. */
export interface VerificationInput {
  /** The request's headers; names in any case, as in Node's `request.headers`. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The exact bytes received, before any parsing. A string is taken as UTF-8. */
  body: Uint8Array | string;
  /** The endpoint's secret (`whsec_…`) or public key (`whpk_…`), or all that are currently valid. */
  secrets: readonly string[];
  /** Accepted clock difference either way, in seconds; 300 unless told. */
  toleranceSeconds?: number;
  /** The receiver's clock; now unless told. */
  now?: Date;
}

/** Why a request is not to be trusted. */
export type VerificationFailure = 'missing-header' | 'malformed-header' | 'timestamp-out-of-range' | 'no-match';

/** The verified id (deduplicate on it) and timestamp in seconds, or why the request is not to be trusted. */
export type Verification =
  | { readonly ok: true; readonly id: string; readonly timestamp: number }
  | { readonly ok: false; readonly code: VerificationFailure };

/**
 * Verifies a received webhook (Standard Webhooks 1.0, both schemes), in constant time. Signatures of schemes it does
 * not know, or has no key for, are passed over, as the standard asks.
 *
 * @throws RangeError for a secret that is neither `whsec_` and base64 of 24 to 64 bytes nor `whpk_` and base64 of 32
 */
export function verifySignature(input: VerificationInput): Verification {
  const { headers, body, secrets, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now = new Date() } = input;
  const keys = secrets.map(readVerifyingKey);
  const id = header(headers, 'webhook-id');
  const sentAt = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature')?.split(' ');
  if (!id || !sentAt || !signatures?.some(Boolean)) return { ok: false, code: 'missing-header' };
  if (!ID.test(id) || !/^\d{1,12}$/.test(sentAt) || signatures.length > MAX_SIGNATURES) {
    return { ok: false, code: 'malformed-header' };
  }
  const timestamp = Number(sentAt);
  if (!(Math.abs(now.getTime() / 1000 - timestamp) <= toleranceSeconds)) {
    return { ok: false, code: 'timestamp-out-of-range' };
  }
  const content = signedContent(id, sentAt, body);
  return anyMatches(signatures, keys, content) ? { ok: true, id, timestamp } : { ok: false, code: 'no-match' };
}

/** The one value of a header; undefined when it is missing or was sent more than once. */
function header(headers: VerificationInput['headers'], name: string): string | undefined {
  const values = Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
  return values.length === 1 ? values[0] : undefined;
}

function signedContent(id: string, timestamp: string, body: Uint8Array | string): Buffer {
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`), typeof body === 'string' ? Buffer.from(body) : body]);
}

function signWith(key: SigningKey, content: Buffer): string {
  return key.scheme === 'v1'
    ? `v1,${hmac(key.secret, content).toString('base64')}`
    : `v1a,${signBytes(null, content, key.privateKey).toString('base64')}`;
}

/** Compares all pairs without stopping at a match, so that time tells nothing about which secret or signature it was. */
function anyMatches(parts: readonly string[], keys: readonly VerifyingKey[], content: Buffer): boolean {
  const symmetric = keys.flatMap((key) => (key.scheme === 'v1' ? hmac(key.secret, content) : []));
  const publicKeys = keys.flatMap((key) => (key.scheme === 'v1a' ? key.publicKey : []));
  let found = false;
  for (const part of parts) {
    const v1 = signatureBytes(part, 'v1,');
    for (const expected of symmetric) {
      found = (v1.length === expected.length && timingSafeEqual(v1, expected)) || found;
    }
    const v1a = signatureBytes(part, 'v1a,');
    // Nothing here is secret; OpenSSL's own check is the comparison.
    for (const publicKey of v1a.length > 0 ? publicKeys : []) {
      found = verifyBytes(null, content, publicKey, v1a) || found;
    }
  }
  return found;
}

/** The bytes of a signature of this scheme; none when it is of another, or not spelled as base64 is. */
function signatureBytes(part: string, prefix: string): Buffer {
  const encoded = part.startsWith(prefix) ? part.slice(prefix.length) : '';
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded ? bytes : Buffer.alloc(0);
}

function hmac(secret: Buffer, content: Buffer): Buffer {
  return createHmac('sha256', secret).update(content).digest();
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

// Standard Webhooks leaves it to the library; all of the official ones take five minutes.
const DEFAULT_TOLERANCE_SECONDS = 300;

const SECRET_PREFIX = 'whsec_';
const VERSION_PREFIX = 'v1,';
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;

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
  /** One secret, or several while one is being replaced; each gives a signature. */
  secrets: readonly string[];
}

/** A new endpoint secret: `whsec_` and base64 of 32 random bytes (Standard Webhooks asks for 24 to 64). */
export function generateSecret(): string {
  return SECRET_PREFIX + randomBytes(32).toString('base64');
}

/**
 * The `webhook-signature` header of Standard Webhooks 1.0, symmetric scheme: for each secret `v1,` and base64 of
 * HMAC-SHA256 over `id.timestamp.body`, separated by spaces.
 *
 * @throws RangeError for an id with a dot, a timestamp that is not whole seconds, no secret, or one that is not
 * `whsec_` and base64 of 24 to 64 bytes; the message never holds the secret
 */
export function sign({ id, timestamp, body, secrets }: SignatureInput): string {
  if (!ID.test(id)) throw new RangeError('a webhook id must be printable ASCII without a dot');
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw new RangeError('a webhook timestamp must be whole seconds since the epoch');
  }
  if (secrets.length === 0) throw new RangeError('signing needs at least one secret');
  const start = `${id}.${timestamp}.`;
  return secrets
    .map((secret) => VERSION_PREFIX + digest(decodeSecret(secret), start, body).toString('base64'))
    .join(' ');
}

/** What a receiver has in hand. */
export interface VerificationInput {
  /** The request's headers; names in any case, as in Node's `request.headers`. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The exact bytes received, before any parsing. A string is taken as UTF-8. */
  body: Uint8Array | string;
  /** The endpoint's secret, or all that are currently valid. */
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
 * Verifies a received webhook (Standard Webhooks 1.0, symmetric scheme), in constant time. Signatures of schemes it
 * does not know are passed over, as the standard asks.
 *
 * @throws RangeError for a secret that is not `whsec_` and base64 of 24 to 64 bytes
 */
export function verifySignature(input: VerificationInput): Verification {
  const { headers, body, secrets, toleranceSeconds = DEFAULT_TOLERANCE_SECONDS, now = new Date() } = input;
  const keys = secrets.map(decodeSecret);
  const id = header(headers, 'webhook-id');
  const sentAt = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature');
  if (!id || !sentAt || !signatures) return { ok: false, code: 'missing-header' };
  if (!ID.test(id) || !/^\d{1,12}$/.test(sentAt)) return { ok: false, code: 'malformed-header' };
  const timestamp = Number(sentAt);
  if (!(Math.abs(now.getTime() / 1000 - timestamp) <= toleranceSeconds)) {
    return { ok: false, code: 'timestamp-out-of-range' };
  }
  const expected = keys.map((key) => digest(key, `${id}.${sentAt}.`, body));
  return anyMatches(signatures, expected) ? { ok: true, id, timestamp } : { ok: false, code: 'no-match' };
}

/** The one value of a header; undefined when it is missing or was sent more than once. */
function header(headers: VerificationInput['headers'], name: string): string | undefined {
  const values = Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value ?? []);
  return values.length === 1 ? values[0] : undefined;
}

/** Compares all pairs without stopping at a match, so that time tells nothing about which secret or signature it was. */
function anyMatches(signatures: string, expected: readonly Buffer[]): boolean {
  let found = false;
  for (const part of signatures.split(' ')) {
    const given = Buffer.from(part.startsWith(VERSION_PREFIX) ? part.slice(VERSION_PREFIX.length) : '', 'base64');
    for (const digestBytes of expected) {
      const matches = given.length === digestBytes.length && timingSafeEqual(given, digestBytes);
      found = matches || found;
    }
  }
  return found;
}

function digest(key: Buffer, start: string, body: Uint8Array | string): Buffer {
  return createHmac('sha256', key).update(start).update(body).digest();
}

function decodeSecret(secret: string): Buffer {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : '';
  const key = Buffer.from(encoded, 'base64');
  const isBase64 = key.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  if (!isBase64 || key.length < MIN_SECRET_BYTES || key.length > MAX_SECRET_BYTES) {
    throw new RangeError(
      `a webhook secret must be ${SECRET_PREFIX} and base64 of ${MIN_SECRET_BYTES} to ${MAX_SECRET_BYTES} bytes`,
    );
  }
  return key;
}

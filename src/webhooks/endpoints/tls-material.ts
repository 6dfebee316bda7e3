import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** Longest PEM text, in characters: a chain of several certificates fits. */
export const MAX_PEM_LENGTH = 32_768;

const MAX_CERTIFICATES = 10;
const MIN_RSA_BITS = 2_048;
// A handshake with a larger one costs the worker tens of milliseconds.
const MAX_RSA_BITS = 8_192;

/** How one endpoint's connections are secured, in PEM; what is left out is as for every endpoint. */
export interface TlsIdentity {
  /** Shown to a receiver that asks for a client certificate: the leaf first, then its intermediates. */
  readonly cert?: string;
  /** The private key of `cert`. */
  readonly key?: string;
  /** Trusted instead of the public authorities. */
  readonly ca?: string;
}

/** Which of the given texts is wrong. */
export type TlsField = 'clientCertificate' | 'clientKey' | 'caCertificate';

/** Why a text was refused. Stable: callers may branch on it. */
export type TlsRefusalCode = 'invalid_certificate' | 'certificate_expired' | 'invalid_private_key' | 'key_mismatch';

/** A certificate or key that cannot be used. The message never holds any part of a key. */
export class TlsMaterialError extends Error {
  override readonly name = 'TlsMaterialError';

  constructor(
    readonly code: TlsRefusalCode,
    readonly field: TlsField,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Checks a client certificate with its key, and writes both as they are stored: PEM without what stood around it, the
 * key in PKCS #8.
 *
 * @throws TlsMaterialError
 */
export function readClientIdentity(
  certificate: string,
  privateKey: string,
  now = new Date(),
): { cert: string; key: string } {
  const chain = readCertificates('clientCertificate', certificate, now);
  const key = readPrivateKey(privateKey);
  if (chain[0]?.checkPrivateKey(key) !== true) {
    throw new TlsMaterialError('key_mismatch', 'clientKey', 'is not the private key of the (first) client certificate');
  }
  const identity = { cert: toPem(chain), key: key.export({ format: 'pem', type: 'pkcs8' }).toString() };
  assertUsable('clientCertificate', identity);
  return identity;
}

/**
 * Checks certificates of authorities (or a receiver's own, self-signed one).
 * @throws TlsMaterialError
 */
export function readAuthorities(pem: string, now = new Date()): string {
  const ca = toPem(readCertificates('caCertificate', pem, now));
  assertUsable('caCertificate', { ca });
  return ca;
}

/** When the first certificate of a stored text expires. */
export function expiryOf(pem: string): Date {
  return new Date(new X509Certificate(pem).validTo);
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

function readCertificates(field: TlsField, pem: string, now: Date): X509Certificate[] {
  const refuse = (message: string): never => {
    throw new TlsMaterialError('invalid_certificate', field, message);
  };
  if (pem.length > MAX_PEM_LENGTH) refuse(`must have at most ${MAX_PEM_LENGTH} characters`);
  const blocks = pem.match(CERTIFICATE) ?? [];
  // A private key pasted along must not end up in a column that is not encrypted.
  if (blocks.length === 0 || pem.replace(CERTIFICATE, '').trim() !== '') {
    refuse('must be certificates in PEM (-----BEGIN CERTIFICATE-----) and nothing else');
  }
  if (blocks.length > MAX_CERTIFICATES) refuse(`must hold at most ${MAX_CERTIFICATES} certificates`);
  const certificates = blocks.map((block) => parseCertificate(block) ?? refuse('holds a certificate that is damaged'));
  for (const { validTo } of certificates) {
    if (!(new Date(validTo) > now)) {
      throw new TlsMaterialError('certificate_expired', field, `holds a certificate that expired at ${validTo}`);
    }
  }
  return certificates;
}

function parseCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function readPrivateKey(pem: string): KeyObject {
  const refuse = (message: string): never => {
    throw new TlsMaterialError('invalid_private_key', 'clientKey', message);
  };
  if (pem.length > MAX_PEM_LENGTH) refuse(`must have at most ${MAX_PEM_LENGTH} characters`);
  const key = parsePrivateKey(pem) ?? refuse('must be one private key in PEM, without a passphrase');
  const { modulusLength = MIN_RSA_BITS } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < MIN_RSA_BITS || modulusLength > MAX_RSA_BITS) {
    refuse(`must have ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits, as an RSA key`);
  }
  return key;
}

function parsePrivateKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey({ key: pem, format: 'pem' });
  } catch {
    return null;
  }
}

const toPem = (certificates: readonly X509Certificate[]): string => certificates.map(String).join('');

/** OpenSSL has the last word: what it refuses now (a weak digest, say), it would refuse at every attempt. */
function assertUsable(field: TlsField, identity: TlsIdentity): void {
  try {
    createSecureContext(identity);
  } catch {
    throw new TlsMaterialError(
      'invalid_certificate',
      field,
      'cannot be used for TLS: is its key or its digest too weak?',
    );
  }
}

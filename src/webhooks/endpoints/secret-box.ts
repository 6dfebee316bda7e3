import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';
const KEY_ID_LABEL = 'webhooks-module secret-box key id v1\0';

/** An encrypted secret as it is stored: both parts are text. */
export interface SealedSecret {
  /** Which key sealed it: 16 hexadecimal digits that say nothing about the key. */
  readonly keyId: string;
  /** `v1.` and base64url of IV (12 bytes), ciphertext and tag (16 bytes). */
  readonly ciphertext: string;
}

/** Encrypts and decrypts short secrets with AES-256-GCM (NIST SP 800-38D). */
export interface SecretBox {
  /** Id of the key that seals new secrets. A stored `keyId` that differs is due for sealing again. */
  readonly currentKeyId: string;
  /**
   * Encrypts with the current key and a fresh random IV.
   *
   * @param context bound to the result (additional authenticated data): the id of the row the secret belongs to, so
   * that a ciphertext copied into another row does not open
   */
  seal(plaintext: string, context: string): SealedSecret;
  /**
   * Decrypts with whichever key sealed it.
   *
   * @throws SecretBoxError when no key matches, or when text, tag or context are not the sealed ones
   */
  open(sealed: SealedSecret, context: string): string;
}

/** Why a secret did not open: no such key, not the format, or changed (or another row's) since it was sealed. */
export type SecretBoxErrorCode = 'unknown-key' | 'malformed' | 'tampered';

/** A sealed secret that cannot be opened. Neither message nor properties hold any part of secret, key or ciphertext. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';

  constructor(
    readonly code: SecretBoxErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Makes a box from one or more 32-byte keys.
 *
 * @param keys the first seals; all open, so that an old key stays readable while secrets are sealed again
 * @throws RangeError without a key, or for a key that is not 32 bytes
 */
export function createSecretBox(keys: readonly Buffer[]): SecretBox {
  const [current] = keys;
  if (current === undefined) throw new RangeError('a secret box needs at least one key');
  if (keys.some((key) => key.length !== KEY_BYTES)) throw new RangeError(`every key must be ${KEY_BYTES} bytes long`);
  const byId = new Map(keys.map((key) => [keyIdOf(key), Buffer.from(key)]));
  const currentKey = Buffer.from(current);
  const currentKeyId = keyIdOf(current);
  return {
    currentKeyId,
    seal: (plaintext, context) => ({ keyId: currentKeyId, ciphertext: encrypt(currentKey, plaintext, context) }),
    open: ({ keyId, ciphertext }, context) => {
      const key = byId.get(keyId);
      if (key === undefined) {
        throw new SecretBoxError('unknown-key', 'the secret was sealed with a key that is not configured any more');
      }
      return decrypt(key, ciphertext, context);
    },
  };
}

/**
 * Reads a 32-byte key written as hexadecimal (64 digits), base64 or base64url (43 characters, padding optional).
 *
 * @throws RangeError that says how to make a key, and does not repeat the text
 */
export function parseSecretsKey(text: string): Buffer {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^(?:[A-Za-z0-9+/]{43}|[A-Za-z0-9_-]{43})=?$/.test(trimmed)) {
    const key = Buffer.from(trimmed, 'base64');
    // The last character carries two spare bits: set ones mean a typing mistake, which would pass as another key.
    if (key.toString('base64url') === toBase64Url(trimmed)) return key;
  }
  throw new RangeError(
    `the key must be ${KEY_BYTES} bytes as base64, base64url or hexadecimal: make one with "openssl rand -base64 32"`,
  );
}

function toBase64Url(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=$/, '');
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update(KEY_ID_LABEL).update(key).digest('hex').slice(0, 16);
}

function encrypt(key: Buffer, plaintext: string, context: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const sealed = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${sealed.toString('base64url')}`;
}

function decrypt(key: Buffer, text: string, context: string): string {
  const sealed = decode(text);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const opened = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch {
    throw new SecretBoxError('tampered', 'the sealed secret was changed, or belongs to something else');
  }
}

function decode(text: string): Buffer {
  const [version, encoded = '', ...rest] = text.split('.');
  const sealed = Buffer.from(encoded, 'base64url');
  // One byte string, one spelling: Buffer.from ignores what it does not understand.
  const isExact = rest.length === 0 && sealed.toString('base64url') === encoded;
  if (version !== VERSION || !isExact || sealed.length < IV_BYTES + TAG_BYTES) {
    throw new SecretBoxError('malformed', `the sealed secret is not in the ${VERSION} format`);
  }
  return sealed;
}

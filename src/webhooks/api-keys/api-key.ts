import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const KEY = /^sk_[A-Za-z0-9_-]{43}$/;
const CHECKED_KEY = /^skc_([A-Za-z0-9_-]{43})([0-9A-Za-z]{6})$/;
const PREFIXES = ['skc_', 'sk_'];
const KEY_BYTES = 32;
const PREVIEW_CHARACTERS = 4;
/** What an imported key of another form may look like after its prefix. */
const FOREIGN_KEY = /^[A-Za-z0-9._~+/=-]{20,200}$/;

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_CHARACTERS = 6;

/**
 * A new key: `sk_` and 256 random bits in base64url (46 characters). With a checksum it is `skc_`, the same, and the
 * CRC-32 of those 43 characters in six base-62 digits (53 characters): a scanner can tell it from random text.
 * Show it once; keep only its {@link digestOf}.
 */
export function generateApiKey({ checksum = false } = {}): string {
  const random = randomBytes(KEY_BYTES).toString('base64url');
  return checksum ? `skc_${random}${checksumOf(random)}` : `sk_${random}`;
}

/** What the text begins with that keys begin with; undefined when it is none of that. */
export const prefixOf = (text: string, importedPrefixes: readonly string[] = []): string | undefined =>
  [...PREFIXES, ...importedPrefixes].find((prefix) => text.startsWith(prefix));

/** Whether the text begins as keys do, whatever follows. */
export const hasKeyPrefix = (text: string, importedPrefixes: readonly string[] = []): boolean =>
  prefixOf(text, importedPrefixes) !== undefined;

/**
 * Whether the text has the form of a key. Everything else can be refused without asking the database.
 * @param importedPrefixes what imported keys of another form begin with
 */
export function looksLikeApiKey(text: string, importedPrefixes: readonly string[] = []): boolean {
  if (KEY.test(text)) return true;
  const checked = CHECKED_KEY.exec(text);
  if (checked?.[1] !== undefined) return checksumOf(checked[1]) === checked[2];
  return importedPrefixes.some((prefix) => text.startsWith(prefix) && FOREIGN_KEY.test(text.slice(prefix.length)));
}

/** What is stored of a key: its SHA-256, in hexadecimal. A slow hash would add nothing to 256 random bits. */
export const digestOf = (key: string): string => hash('sha256', key);

/** What a key is recognised by: its prefix, an ellipsis and its last four characters. */
export function previewOf(key: string, importedPrefixes: readonly string[] = []): string {
  return `${prefixOf(key, importedPrefixes) ?? ''}…${key.slice(-PREVIEW_CHARACTERS)}`;
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let index = 0; index < CHECKSUM_CHARACTERS; index += 1) {
    digits = `${BASE_62.charAt(rest % BASE_62.length)}${digits}`;
    rest = Math.floor(rest / BASE_62.length);
  }
  return digits;
}

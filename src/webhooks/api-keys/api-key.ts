import { createHash, randomBytes } from 'node:crypto';

const KEY = /^sk_[A-Za-z0-9_-]{43}$/;
const KEY_BYTES = 32;

/** A new key: `sk_` and 256 random bits in base64url. Show it once; keep only its {@link digestOf}. */
export const generateApiKey = (): string => `sk_${randomBytes(KEY_BYTES).toString('base64url')}`;

/** Whether the text has the form of a key. Everything else can be refused without asking the database. */
export const looksLikeApiKey = (text: string): boolean => KEY.test(text);

/** What is stored of a key: its SHA-256, in hexadecimal. A slow hash would add nothing to 256 random bits. */
export const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

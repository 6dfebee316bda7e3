import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const KINDS =
  'invalid|unauthenticated|forbidden|not-found|conflict|too-large|unsupported-media-type|unprocessable|too-many-requests|unavailable';
const THROWN = new RegExp(
  [
    String.raw`new WebhooksError\(\s*'(?:${KINDS})',\s*'(\w+)'`,
    String.raw`(?:invalidField|unprocessable|conflict|refuse|forbid)\(\s*(?:context,\s*)?'(\w+_\w+)'`,
    String.raw`problem\(\d{3}, '(\w+)'`,
    String.raw`TlsMaterialError\(\s*'(\w+)'`,
  ].join('|'),
  'g',
);

/** Every error code that the sources of a folder write down where they throw or answer. */
export async function thrownCodes(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  const texts = await Promise.all(sources.map((file) => readFile(join(folder, file), 'utf8')));
  const codes = texts.flatMap((text) => [...text.matchAll(THROWN)].map((match) => match.slice(1).find(Boolean) ?? ''));
  return [...new Set(codes)].sort();
}

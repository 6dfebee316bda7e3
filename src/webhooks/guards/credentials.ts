import type { IncomingHttpHeaders } from 'node:http';
import { PresentedToken } from '../verification/presented-token';

/** What a request presents to prove who it is. */
export type Credentials =
  | { kind: 'none' }
  /** Something is there that cannot be used; `reason` says what, without quoting it. */
  | { kind: 'unusable'; reason: string }
  | { kind: 'token'; token: PresentedToken };

/** The parts of a request that matter here; the same on Express and, through its `raw` request, on Fastify. */
export interface CredentialSource {
  headers: IncomingHttpHeaders;
  rawHeaders?: readonly string[] | undefined;
}

const MAX_LENGTH = 8192;
// RFC 6750's b64token: what a bearer token may consist of.
const BEARER = /^bearer[ \t]+([A-Za-z0-9\-._~+/]+=*)$/i;
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/**
 * Reads `X-API-Key` and `Authorization: Bearer` (RFC 6750; the scheme in any case). Both may be given when they agree.
 * Other authorization schemes count only when there is nothing else.
 */
export function readCredentials(source: CredentialSource): Credentials {
  if (isRepeated(source, 'authorization') || isRepeated(source, 'x-api-key')) {
    return { kind: 'unusable', reason: 'A credential header is given more than once.' };
  }
  const apiKey = single(source.headers['x-api-key']);
  const authorization = single(source.headers.authorization);
  if (apiKey === undefined && authorization === undefined) return { kind: 'none' };

  const fromKey = apiKey === undefined ? undefined : match(TOKEN, apiKey, 'X-API-Key does not hold a key.');
  const fromBearer =
    authorization === undefined ? undefined : match(BEARER, authorization, 'Authorization must be "Bearer <key>".');
  if (fromKey === undefined) return fromBearer ?? { kind: 'none' };
  if (fromBearer === undefined || fromKey.kind !== 'token') return fromKey;
  // A different scheme (a proxy's Basic, say) is not meant for us; a different bearer token is a contradiction.
  if (fromBearer.kind !== 'token') return isBearer(authorization) ? fromBearer : fromKey;
  if (fromBearer.token.text !== fromKey.token.text) {
    return { kind: 'unusable', reason: 'X-API-Key and Authorization hold different values: send one of them.' };
  }
  return fromKey;
}

function match(pattern: RegExp, header: string, reason: string): Credentials {
  if (header.length > MAX_LENGTH) return { kind: 'unusable', reason };
  const found = pattern.exec(header.trim());
  const text = found?.[1] ?? found?.[0];
  return text === undefined ? { kind: 'unusable', reason } : { kind: 'token', token: new PresentedToken(text) };
}

const isBearer = (authorization: string | undefined): boolean => /^\s*bearer(?:\s|$)/i.test(authorization ?? '');

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;

/** Node keeps only the first `Authorization` header; the raw list shows whether there were more. */
function isRepeated({ rawHeaders }: CredentialSource, name: string): boolean {
  if (rawHeaders === undefined) return false;
  let isThere = false;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const header = rawHeaders[index];
    // Most names differ in their length already.
    if (header?.length !== name.length || header.toLowerCase() !== name) continue;
    if (isThere) return true;
    isThere = true;
  }
  return false;
}

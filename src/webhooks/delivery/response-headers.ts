import type { IncomingHttpHeaders } from 'node:http';

/** Header names in lower case, with their values. */
export type ResponseHeaders = Readonly<Record<string, string>>;

/**
 * The headers of an answer that explain a failure: what was sent back, by whom, when, and under which id the receiver
 * knows the request. An allow-list, because everything else may be a credential (`Set-Cookie`, `Authorization`, tokens
 * in headers of the receiver's own).
 */
const SHOWN = [
  'age',
  'allow',
  'cache-control',
  'cf-ray',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'location',
  'retry-after',
  'server',
  'via',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-cache',
  'x-correlation-id',
  'x-powered-by',
  'x-request-id',
  'x-trace-id',
];

const MAX_VALUE = 256;

// What PostgreSQL cannot store, or a log viewer would act on. Node decodes header bytes as Latin-1.
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/g;

/** The headers of an answer that the attempt log keeps, capped at 256 characters each. Pure. */
export function pickResponseHeaders(headers: IncomingHttpHeaders): ResponseHeaders {
  const picked: Record<string, string> = {};
  for (const name of SHOWN) {
    const value = headers[name];
    if (value === undefined) continue;
    const text = name === 'location' ? withoutSecrets(String(value)) : String(value);
    picked[name] = text.replace(CONTROL_CHARACTERS, '\uFFFD').slice(0, MAX_VALUE);
  }
  return picked;
}

/** Where a redirect leads, without what may be a credential: user name, query and fragment. */
function withoutSecrets(location: string): string {
  const path = location.replace(/[?#].*$/s, '');
  return path.replace(/^((?:[a-z][a-z\d+.-]*:)?[/\\]{2})[^/\\]*@/i, '$1');
}

/**
 * Headers that a customer adds to what is sent to an endpoint. Pure. What the product or the protocol sets itself cannot
 * be overridden, and nothing can be smuggled in through a value.
 */
const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
// Visible ASCII, spaces and tabs: no CR or LF, no control character.
const VALUE = /^[\t\x20-\x7e]{0,1000}$/;
const MAX_HEADERS = 20;
const RESERVED_PREFIXES = ['webhook-', 'x-webhook-', 'proxy-', 'sec-'];
const RESERVED = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);

/** Set by the service where it sends traces along (W3C Trace Context). */
export const TRACE_HEADERS: readonly string[] = ['traceparent', 'tracestate'];

/**
 * What is wrong with custom headers, in words that follow their name; null when they can be sent.
 * @param alsoReserved names, in lower case, that are the service's own as it is configured
 */
export function customHeadersProblem(headers: unknown, alsoReserved: readonly string[] = []): string | null {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers))
    return 'must be an object of names and values';
  const entries = Object.entries(headers as Record<string, unknown>);
  if (entries.length > MAX_HEADERS) return `must hold at most ${MAX_HEADERS} headers`;
  const seen = new Set<string>();
  for (const [name, value] of entries) {
    const lower = name.toLowerCase();
    if (!NAME.test(name) || name === '__proto__') return 'has a name that is not a header name';
    if (seen.has(lower)) return `has ${name} twice`;
    if (
      RESERVED.has(lower) ||
      alsoReserved.includes(lower) ||
      RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix))
    ) {
      return `must not set ${name}: the service sets it itself`;
    }
    if (typeof value !== 'string' || !VALUE.test(value))
      return `has a value of ${name} that is not visible ASCII of at most 1000 characters`;
    seen.add(lower);
  }
  return null;
}

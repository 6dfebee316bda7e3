import { integer, text } from './schema';

const RATE_LIMITED = 'On every answer to a key that has a rate limit of its own.';

/** Headers of answers: `#/components/headers`. */
export const ANSWER_HEADERS = {
  'Cache-Control': { description: 'The answer holds a secret.', schema: { type: 'string', const: 'no-store' } },
  'RateLimit-Limit': {
    description: `Requests in one window. ${RATE_LIMITED}`,
    schema: integer('Requests.', 100),
  },
  'RateLimit-Remaining': {
    description: `Requests that this window still has room for. ${RATE_LIMITED}`,
    schema: integer('Requests.', 99),
  },
  'RateLimit-Reset': {
    description: `Seconds until the window ends. ${RATE_LIMITED}`,
    schema: integer('Seconds.', 60),
  },
  'RateLimit-Policy': {
    description: `The limit, as draft-ietf-httpapi-ratelimit-headers writes it. ${RATE_LIMITED}`,
    schema: text('Quota and window in seconds.', '"key";q=100;w=60'),
  },
  RateLimit: {
    description: `What is left of it, as draft-ietf-httpapi-ratelimit-headers writes it. ${RATE_LIMITED}`,
    schema: text('Rest and time in seconds.', '"key";r=99;t=60'),
  },
  'Retry-After': { description: 'Seconds after which to try again.', schema: integer('Seconds.', 1) },
  'WWW-Authenticate': {
    description: 'What is missing, as RFC 6750 says.',
    schema: text('A challenge.', 'Bearer realm="webhooks", error="insufficient_scope", scope="api-keys:write"'),
  },
} as const;

export type AnswerHeader = keyof typeof ANSWER_HEADERS;

const RATE_LIMIT_HEADERS: readonly AnswerHeader[] = [
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
  'RateLimit',
];

/** The headers that an answer of this status may have. */
export function headersOf(
  status: number,
  { isRateLimited, isSecret = false }: { isRateLimited: boolean; isSecret?: boolean },
): Record<string, { $ref: string }> {
  const names: AnswerHeader[] = [
    ...(isRateLimited ? RATE_LIMIT_HEADERS : []),
    ...(status === 401 || status === 403 ? ['WWW-Authenticate' as const] : []),
    ...(status === 429 || status === 503 ? ['Retry-After' as const] : []),
    ...(isSecret ? ['Cache-Control' as const] : []),
  ];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

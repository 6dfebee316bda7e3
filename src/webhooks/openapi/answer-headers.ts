import { integer, text } from './schema';

const RATE_LIMITED = 'For a key that has a rate limit of its own, whatever the answer is.';

/** Headers of answers: `#/components/headers`. */
export const ANSWER_HEADERS = {
  'Cache-Control': {
    description: 'Nobody may keep the answer: it holds a secret, unless it is an error.',
    schema: { type: 'string', const: 'no-store' },
  },
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

type AnswerHeader = keyof typeof ANSWER_HEADERS;

const RATE_LIMIT_HEADERS: readonly AnswerHeader[] = [
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
  'RateLimit',
];

/** What the headers of an answer depend on, beside its status. */
export interface AnswerTraits {
  /** Whether it may be for a key, which may have a rate limit. */
  isRateLimited: boolean;
  /** Whether the route answers with a secret. */
  isSecret: boolean;
}

/** The headers that any answer of a route may have. */
export const headersOf = ({ isRateLimited, isSecret }: AnswerTraits): Record<string, { $ref: string }> =>
  referencesTo([...(isRateLimited ? RATE_LIMIT_HEADERS : []), ...(isSecret ? (['Cache-Control'] as const) : [])]);

/** The headers that a problem of this status may have. */
export const problemHeadersOf = (status: number, traits: AnswerTraits): Record<string, { $ref: string }> => ({
  ...headersOf(traits),
  ...referencesTo([
    ...(status === 401 || status === 403 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 429 || status === 503 ? (['Retry-After'] as const) : []),
  ]),
});

const referencesTo = (names: readonly AnswerHeader[]): Record<string, { $ref: string }> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

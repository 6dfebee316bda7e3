import type { ProblemName } from './problem-codes';
import type { Schema } from './schema';
import { text } from './schema';

/** How a guard lets callers in. */
interface Access {
  /** Alternatives: names of {@link SECURITY_SCHEMES}. */
  schemes: readonly string[];
  problems: readonly ProblemName[];
  /** Whether answers tell how much of a key's rate limit is left. */
  isRateLimited: boolean;
  headers?: Readonly<Record<string, Schema>>;
}

const KEY_PROBLEMS = [
  'credentials_missing',
  'invalid_credentials',
  'api_key_unknown',
  'api_key_inactive',
  'api_key_expired',
  'customer_suspended',
  'ip_not_allowed',
  'rate_limited',
  'too_many_unknown_keys',
] as const satisfies readonly ProblemName[];

/** The guards of this module, by name. */
export const ACCESS: Readonly<Record<string, Access>> = {
  ApiKeyGuard: { schemes: ['apiKey', 'bearerApiKey'], problems: KEY_PROBLEMS, isRateLimited: true },
  CustomerAccessGuard: {
    schemes: ['apiKey', 'bearerApiKey', 'platformToken'],
    problems: [...KEY_PROBLEMS, 'token_invalid', 'customer_not_accessible', 'token_keys_unavailable'],
    isRateLimited: true,
  },
  OperatorGuard: {
    schemes: ['operatorToken'],
    problems: ['credentials_missing', 'invalid_credentials', 'operator_access_off', 'operator_token_invalid'],
    isRateLimited: false,
  },
  GithubSignatureGuard: {
    schemes: ['githubSignature'],
    problems: ['signature_invalid', 'no_such_route', 'github_keys_unavailable', 'raw_body_missing'],
    isRateLimited: false,
    headers: {
      'Github-Public-Key-Identifier': text('Which of GitHub’s public keys signed the body.', '90a421169f0a406205f1'),
    },
  },
};

export const SECURITY_SCHEMES = {
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'An API key of a customer, `sk_…`. What it may do, its permissions say.',
  },
  bearerApiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'sk_…',
    description: 'The same key as `Authorization: Bearer sk_…`.',
  },
  platformToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token of the platform: `sub` is the user, `customerId` one of their customers. It may do everything for that customer.',
  },
  operatorToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The `OPERATOR_TOKEN` that the service was started with.',
  },
  githubSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'Github-Public-Key-Signature',
    description: 'GitHub’s ECDSA signature of the body’s bytes, in base64.',
  },
} as const;

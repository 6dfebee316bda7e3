import type { RateLimit } from '../identity.types';
import type { WebhooksModuleOptions } from '../webhooks.options';

/** An API key that requests of a test may present. */
export interface TestingKey {
  customerId: string;
  /** Any text that a header can hold; left out = one is made. */
  key?: string | undefined;
  /** Left out = none: the key may do nothing. */
  permissions?: string[] | undefined;
  name?: string | undefined;
  isActive?: boolean | undefined;
  expiresAt?: Date | null | undefined;
  allowedCidrs?: string[] | undefined;
  rateLimit?: RateLimit | null | undefined;
  labels?: Record<string, string> | undefined;
}

/** What a test answers when the code under test runs SQL in `WebhooksService.transaction`: rows, or their number. */
export type AnswerSql = (sql: string, values: readonly unknown[]) => unknown;

/** Options of `WebhooksTestingModule.forRoot`: those of the real module that count without a database, and the test's own. */
export interface WebhooksTestingOptions extends Pick<
  WebhooksModuleOptions,
  'eventTypes' | 'permissions' | 'auth' | 'operatorToken' | 'trustedProxies' | 'limits'
> {
  /** Largest body, in bytes; default 262,144. */
  maxPayloadBytes?: number | undefined;
  /** Keys that `ApiKeyGuard` accepts. */
  keys?: readonly TestingKey[] | undefined;
  /** The customers that there are, beside those of the keys. Left out = every id is a customer's. */
  customers?: readonly string[] | undefined;
  /** Left out = SQL in `WebhooksService.transaction` is an error: there is no database. */
  sql?: AnswerSql | undefined;
}

/** Injection token of the {@link WebhooksTestingOptions}. */
export const TESTING_OPTIONS = Symbol('TESTING_OPTIONS');

/** Of what is stored or sent with the real module; there is none here. */
const NOWHERE = 'postgresql://nobody@testing.invalid/none';

/** The options of the real module, for its parts that a test runs. */
export function toModuleOptions(options: WebhooksTestingOptions): WebhooksModuleOptions {
  const { maxPayloadBytes, keys = [], eventTypes, permissions, auth, operatorToken, trustedProxies, limits } = options;
  return {
    database: { url: NOWHERE },
    secretsKey: '',
    role: 'publisher',
    delivery: { maxPayloadBytes },
    // Keys of a test may look as they like.
    apiKeys: { cacheSize: 0, importedPrefixes: keys.flatMap(({ key }) => key ?? []) },
    ...{ eventTypes, permissions, auth, operatorToken, trustedProxies },
    ...(limits === undefined ? {} : { limits }),
  };
}

import {
  about,
  choice,
  component,
  flag,
  integer,
  list,
  maybe,
  model,
  number,
  orNull,
  text,
  time,
  uuid,
  type FieldsOf,
  type Schema,
} from '../openapi/schema';
import type { RetryPolicy } from '../delivery/retry-policy';
import type { Endpoint, EndpointWithSecret } from './endpoints.service';
import type { ShownTls } from './endpoint-security.types';

const MAX_DELAY_MS = 604_800_000;
const delay = (description: string, example: number): Schema =>
  integer(description, example, { minimum: 0, maximum: MAX_DELAY_MS });

const closed = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const LIST_SCHEDULE: Schema = {
  ...closed({
    type: { type: 'string', const: 'list' },
    delaysMs: {
      ...list(delay('A wait.', 1_000), 'One by one; the last counts for all further failures.', [1_000, 2_000]),
      minItems: 1,
      maxItems: 19,
    },
  }),
  description: 'Waits after the first, second, … failure.',
};

const EXPONENTIAL_SCHEDULE: Schema = {
  ...closed({
    type: { type: 'string', const: 'exponential' },
    baseMs: delay('The first wait.', 1_000),
    factor: number('How much longer each is than the one before.', 2, { minimum: 1, maximum: 100 }),
    maxMs: delay('The longest wait.', 3_600_000),
    jitter: number('By what part of itself a wait is shortened at random.', 0.1, { minimum: 0, maximum: 1 }),
  }),
  description: '`min(maxMs, baseMs × factor^n)`.',
};

/** When a failed delivery is tried again. */
export const RETRY_POLICY = component('RetryPolicy', {
  ...closed({
    attempts: integer('Attempts in all, the first included.', 3, { minimum: 1, maximum: 20 }),
    schedule: { oneOf: [LIST_SCHEDULE, EXPONENTIAL_SCHEDULE] },
  } satisfies Record<keyof RetryPolicy, Schema>),
  description: 'When a failed delivery is tried again.',
});

const SCALAR: Schema = { type: ['string', 'number', 'boolean', 'null'], maxLength: 255 };

/** Which payloads an endpoint receives. */
export const PAYLOAD_FILTER = component('PayloadFilter', {
  type: 'object',
  description:
    'Mirrors `data`, in the manner of Amazon EventBridge: an object asks its fields, all of them; a list holds the alternatives for one field.',
  minProperties: 1,
  additionalProperties: {
    anyOf: [
      { $ref: '#/components/schemas/PayloadFilter' },
      { type: 'array', minItems: 1, maxItems: 100, items: { $ref: '#/components/schemas/PayloadFilterAlternative' } },
    ],
  },
  examples: [{ chatbotId: ['bot_789', { prefix: 'support_' }] }],
});

component('PayloadFilterAlternative', {
  description: 'A value that is equal, or one operator.',
  anyOf: [
    SCALAR,
    closed({ prefix: { type: 'string', minLength: 1, maxLength: 255 } }),
    closed({ suffix: { type: 'string', minLength: 1, maxLength: 255 } }),
    closed({
      numeric: {
        type: 'array',
        description: 'One or two comparisons (`<`, `<=`, `>`, `>=`, `=`), each followed by its bound.',
        items: { type: ['string', 'number'] },
        minItems: 2,
        maxItems: 4,
        examples: [['>=', 10, '<', 20]],
      },
    }),
    closed({ 'anything-but': { anyOf: [SCALAR, { type: 'array', items: SCALAR, minItems: 1, maxItems: 100 }] } }),
    closed({ exists: { type: 'boolean' } }),
  ],
});

const TLS = model<ShownTls>('EndpointTls', 'TLS settings: no key.', {
  hasClientCertificate: flag('Whether the receiver is shown a certificate.', true),
  clientCertificateExpiresAt: orNull(time('When that ends.', '2027-01-31T12:00:00.000Z')),
  hasCaCertificate: flag('Whether an authority of its own is trusted instead of the public ones.', false),
});

const FIELDS: FieldsOf<Endpoint> = {
  id: uuid('Its id.', '019bd0c0-2000-7000-8000-000000000000'),
  url: text('Where events are sent.', 'https://example.com/webhooks'),
  description: orNull(text('The customer’s own words.', 'CRM')),
  events: list({ type: 'string' }, 'The events it receives, wildcards included; empty = all.', ['message.*']),
  isActive: flag('Whether it delivers.', true),
  state: choice(
    ['active', 'paused', 'disabled'],
    '`active` delivers, `paused` holds what comes, `disabled` takes nothing new and holds what waits.',
  ),
  disabledReason: orNull(text('Why it is disabled: `gone` (HTTP 410) or `failing`.', 'gone'), null),
  retryPolicy: RETRY_POLICY,
  timeoutMs: orNull(integer('Total time for one attempt; null = the service’s default.', 15_000), null),
  ratePerSecond: orNull(number('Attempts per second, over all workers; null = no limit.', 10), null),
  concurrency: orNull(integer('Attempts at once, over all workers; null = no limit.', 5), null),
  ordered: flag('Whether events with the same ordering key are delivered one after another.', false),
  headers: list({ type: 'string' }, 'Names of the customer’s own headers; their values are not shown.', [
    'Authorization',
  ]),
  filter: orNull(about(PAYLOAD_FILTER, 'Which payloads it receives; null = all.'), null),
  signatureScheme: choice(['v1', 'v1a'], '`v1`: HMAC-SHA256 with a shared secret. `v1a`: Ed25519 with a key pair.'),
  publicKey: orNull(text('Verifies what is sent to a `v1a` endpoint; null with `v1`.', 'whpk_…'), null),
  previousPublicKey: orNull(
    text('The public key before the last rotation, while its signature is still sent.', 'whpk_…'),
    null,
  ),
  previousSecretExpiresAt: orNull(time('Until when the secret before the last rotation signs as well.'), null),
  tls: orNull(about(TLS, 'TLS settings; null = none of its own.'), null),
  createdAt: time('When it was made.'),
};

/** An endpoint as it is shown. */
export const ENDPOINT = model<Endpoint>('WebhookEndpoint', 'A URL that events are delivered to.', FIELDS);

export const ENDPOINTS = list(ENDPOINT, 'Newest first.');

export const ENDPOINT_WITH_SECRET = model<EndpointWithSecret>(
  'WebhookEndpointWithSecret',
  'An endpoint with its new signing secret.',
  {
    ...FIELDS,
    secret: maybe(
      text(
        'Signs what is sent: in this answer and never again. Not with `v1a`.',
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      ),
    ),
  },
);

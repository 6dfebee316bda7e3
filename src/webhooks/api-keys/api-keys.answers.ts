import type {
  AuthenticatedApiKey,
  AuthenticatedCustomer,
  AuthenticatedRequest,
  AuthenticatedUser,
  RateLimit,
} from '../identity.types';
import {
  about,
  dictionary,
  flag,
  integer,
  list,
  maybe,
  model,
  orNull,
  text,
  time,
  uuid,
  type FieldsOf,
} from '../openapi/schema';
import type { CreatedApiKey } from './api-keys.types';
import type { RotationStatus } from './rotation.service';

const KEY_ID = '019bd0c0-1000-7000-8000-000000000000';
const SUCCESSOR_ID = '019bd0c0-1000-7000-8000-000000000001';

const RATE_LIMIT = model<RateLimit>('ApiKeyRateLimit', 'How many requests a key may make, over all nodes.', {
  limit: integer('Requests in one window.', 100, { minimum: 1, maximum: 1_000_000 }),
  windowSeconds: integer('The length of the window.', 60, { minimum: 1, maximum: 86_400 }),
});

const FIELDS: FieldsOf<AuthenticatedApiKey> = {
  id: uuid('The key’s id; not the key.', KEY_ID),
  name: text('Its name.', 'Production'),
  preview: orNull(text('`sk_…` and its last four characters; null when it was imported as a digest.', 'sk_…x4Zq')),
  permissions: list({ type: 'string' }, 'What it may do.', ['messages:send']),
  labels: dictionary({ type: 'string' }, 'The customer’s own: an environment, a team.', { environment: 'production' }),
  isActive: flag('Whether it is accepted.', true),
  deactivatedReason: orNull(
    text('Why it is not active: `deactivated`, `rotated`, `leaked` or `self-revoked`.', 'deactivated'),
    null,
  ),
  expiresAt: orNull(time('From then on it is refused; null = never.', '2027-01-31T12:00:00.000Z')),
  allowedCidrs: list({ type: 'string' }, 'Ranges that it may be used from; empty = everywhere.', ['203.0.113.0/24']),
  rateLimit: orNull(about(RATE_LIMIT, 'Its own rate limit; null = none.')),
  isCanary: flag('A decoy: it opens nothing, and using it sets off an alarm.', false),
  successorId: orNull(uuid('The key that took its place.', SUCCESSOR_ID), null),
  rotatedAt: orNull(time('When it got a successor.'), null),
  lastUsedAt: orNull(time('When it was last used; written once a minute.')),
  lastUsedIp: orNull(text('From where.', '203.0.113.9')),
  lastUsedUserAgent: orNull(text('By what program.', 'node')),
  createdAt: time('When it was made.'),
};

const KEY = text('The key itself: in this answer and never again.', 'sk_3fJ8mQ2xV7aLwT0ZrKcN5yBdH1sG6uEiPo9CqXvRt4A');

/** A key as it is shown. */
export const API_KEY = model<AuthenticatedApiKey>('ApiKey', 'An API key, without the key itself.', FIELDS);

export const API_KEYS = list(API_KEY, 'Newest first.');

export const CREATED_API_KEY = model<CreatedApiKey>(
  'CreatedApiKey',
  'A new key. Beside its main fields it has those that the request set.',
  {
    id: FIELDS.id,
    key: KEY,
    name: FIELDS.name,
    permissions: FIELDS.permissions,
    isActive: FIELDS.isActive,
    createdAt: FIELDS.createdAt,
    labels: maybe(FIELDS.labels),
    expiresAt: maybe(FIELDS.expiresAt),
    allowedCidrs: maybe(FIELDS.allowedCidrs),
    rateLimit: maybe(FIELDS.rateLimit),
    isCanary: maybe(FIELDS.isCanary),
  },
);

export const ROTATED_API_KEY = model<AuthenticatedApiKey & { key: string; predecessor: AuthenticatedApiKey }>(
  'RotatedApiKey',
  'The successor, with its key, and the old key as it is now.',
  { ...FIELDS, key: KEY, predecessor: about(API_KEY, 'The old key.') },
);

export const ROTATION = model<RotationStatus>('Rotation', 'How the rotation of a key stands.', {
  predecessor: about(API_KEY, 'The old key.'),
  successor: about(API_KEY, 'The key that takes its place.'),
  graceEndsAt: orNull(time('Until then both are accepted; in the past, only the successor is.')),
  predecessorQuietForSeconds: orNull(
    integer('Seconds since the old key was last used; null = not since the rotation.', 7_200),
  ),
  safeToCutOver: flag('The new key is in use, and the old one has not been for an hour.', true),
});

const CUSTOMER_FIELDS: FieldsOf<AuthenticatedCustomer> = {
  id: text('The platform’s id of the customer.', 'customer_123'),
  userId: text('The platform’s id of the user whom it belongs to.', 'user_123'),
  name: text('Its name.', 'Acme'),
  createdAt: time('When it was made.'),
};

export const ME = model<Pick<AuthenticatedRequest, 'user' | 'customer' | 'apiKey'>>('Me', 'Who a key speaks for.', {
  user: model<AuthenticatedUser>('User', 'A user of the platform.', {
    id: CUSTOMER_FIELDS.userId,
    createdAt: CUSTOMER_FIELDS.createdAt,
  }),
  customer: model<AuthenticatedCustomer>('Customer', 'A customer: a tenant.', CUSTOMER_FIELDS),
  apiKey: maybe(API_KEY),
});

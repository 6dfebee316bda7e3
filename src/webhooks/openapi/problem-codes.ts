import { problem, type Problem } from '../http/problem';

/** Every `code` that an answer may have: its status, and a sentence as it may say. */
const CODES = {
  // The request itself.
  invalid_request: [400, 'name: must be a text of 1 to 255 characters, without control characters'],
  invalid_body: [400, 'The body must be a JSON object.'],
  nested_too_deeply: [400, 'The body is nested more than 64 levels deep.'],
  invalid_id: [400, 'id: must be a UUID'],
  invalid_cursor: [400, 'cursor: must be the nextCursor of an earlier page'],
  invalid_range: [400, 'from: must be before the end of the range'],
  range_too_long: [400, 'from: must be at most 31 days before the end of the range'],
  invalid_expires_at: [400, 'expiresAt: must be in the future'],
  invalid_customer: [400, 'id: must be a text of 1 to 255 characters, without control characters'],
  invalid_event_data: [400, 'data: must be an object'],
  invalid_emit_option: [400, 'idempotencyKey: must be a text of 1 to 255 characters, without control characters'],
  invalid_endpoint_policy: [400, 'timeoutMs: must be a whole number from 1000 to 30000'],
  url_not_allowed: [400, 'url: must begin with https:'],
  tls_requires_https: [400, 'tls: is for endpoints with an https URL'],
  client_key_missing: [400, 'tls.clientKey: is missing'],
  invalid_certificate: [400, 'tls.clientCertificate: is not a certificate in PEM'],
  certificate_expired: [400, 'tls.clientCertificate: holds a certificate that expired'],
  invalid_private_key: [400, 'tls.clientKey: is not a private key in PEM'],
  key_mismatch: [400, 'tls.clientKey: is not the private key of the (first) client certificate'],
  invalid_report: [400, 'The body must be a JSON array.'],
  // Who calls.
  credentials_missing: [401, 'Send an API key as "X-API-Key: sk_…" or "Authorization: Bearer sk_…".'],
  invalid_credentials: [401, 'X-API-Key and Authorization hold different values: send one of them.'],
  api_key_unknown: [401, 'This is not a valid API key.'],
  api_key_inactive: [401, 'This API key is deactivated.'],
  api_key_expired: [401, 'This API key has expired.'],
  token_invalid: [401, 'The token has expired.'],
  operator_access_off: [401, 'This route is closed: the service runs without an OPERATOR_TOKEN.'],
  operator_token_invalid: [401, 'This is not the operator token.'],
  signature_invalid: [401, 'Send a report that GitHub signed, with its Github-Public-Key-Identifier and -Signature.'],
  // What they may do.
  customer_suspended: [403, 'This customer is suspended: unpaid invoices'],
  customer_not_accessible: [403, 'The token\'s "customerId" is not a customer of its "sub".'],
  ip_not_allowed: [403, "This API key may not be used from 203.0.113.9: it is in none of the key's allowedCidrs."],
  permission_missing: [403, 'This needs the permission api-keys:write, which the caller does not have.'],
  permission_not_held: [403, 'The caller cannot grant messages:send, which it does not hold itself.'],
  // What is there.
  not_found: [404, 'There is nothing with this id.'],
  no_such_route: [404, 'There is nothing at this path and method.'],
  api_key_rotated: [409, 'This key was rotated already: rotate its successor.'],
  api_key_leaked: [409, 'This key was found where others can read it: create a new one.'],
  rotation_of_inactive_key: [
    409,
    'This key is not active: activate it first, or create a new one.',
    'api_key_inactive',
  ],
  rotation_of_expired_key: [409, 'This key has expired: create a new one.', 'api_key_expired'],
  too_many_api_keys: [409, 'This customer has 100 API keys, which is the limit: delete one first.'],
  too_many_endpoints: [409, 'This customer has 50 endpoints, which is the limit: delete one first.'],
  too_many_replays: [409, 'This customer has as many running replays as it may: wait for one to end, or cancel it.'],
  replay_done: [409, 'This replay is over.'],
  idempotency_key_reused: [409, 'This idempotency key was used with another event or other data.'],
  delivery_pending: [409, 'This delivery is under way or waits already: it can be sent again when it is over.'],
  endpoint_deleted: [409, 'The endpoint of this delivery was deleted.'],
  payload_erased: [409, 'The body of this delivery was erased, as retention asks.'],
  customer_owner_differs: [409, 'This customer belongs to another user.'],
  customer_being_erased: [409, 'This customer is being erased: its id can be used again when that has ended.'],
  payload_too_large: [413, 'The request body is larger than this service accepts.'],
  too_many_findings: [413, 'Send at most 10000 findings at once.'],
  unsupported_media_type: [415, 'Send the body as Content-Type: application/json.'],
  unknown_event_type: [422, 'event: is not a known event type; known are message.received, message.sent'],
  event_type_operational: [422, 'event: is emitted by the system only'],
  event_type_without_example: [422, 'event: invoice.paid has no example that could be sent'],
  event_data_invalid: [422, 'The data does not fit the schema of message.received: data.content must be string.'],
  unknown_permission: [422, 'There is no permission message:send: did you mean messages:send?'],
  // Not now.
  rate_limited: [429, 'This API key may make 100 requests in 60 s: try again when Retry-After has passed.'],
  too_many_unknown_keys: [
    429,
    'Too many keys that are none came from this address: try again when Retry-After has passed.',
  ],
  internal_error: [500, 'Something went wrong on our side. The request can be tried again.'],
  database_unavailable: [503, 'The database does not answer. Try again shortly.'],
  database_conflict: [503, 'Another request was in the way, and nothing was changed. Try again.'],
  token_keys_unavailable: [503, 'The keys that sign tokens cannot be read.'],
  github_keys_unavailable: [503, "GitHub's public keys cannot be read."],
  raw_body_missing: [503, 'The signature cannot be checked, because the body was not kept as it came.'],
} as const satisfies Readonly<Record<string, readonly [status: number, detail: string, code?: string]>>;

/** An error that an answer may tell: its name here is its `code`, unless that is the code of another status as well. */
export type ProblemName = keyof typeof CODES;

export const PROBLEM_NAMES = Object.keys(CODES) as ProblemName[];

export const statusOf = (name: ProblemName): number => CODES[name][0];

/** The stable `code` of the error. */
export const codeOf = (name: ProblemName): string => CODES[name][2] ?? name;

/** What an answer that tells the error may look like. */
export const exampleProblem = (name: ProblemName): Problem => problem(statusOf(name), codeOf(name), CODES[name][1]);

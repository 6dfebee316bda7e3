/**
 * What went wrong, independent of any transport. The REST API maps each kind to one status code
 * (`http/problem.ts`); in-process callers can switch on {@link WebhooksError.code}.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unsupported-media-type'
  | 'unprocessable'
  | 'too-many-requests'
  | 'unavailable';

/** One wrong field of an input: a dotted path and a sentence that says what is expected. */
export interface FieldError {
  field: string;
  message: string;
}

/** Every error that this module throws on purpose. Its message is safe to show: it holds no key, secret or payload. */
export class WebhooksError extends Error {
  override readonly name = 'WebhooksError';

  constructor(
    readonly kind: ErrorKind,
    /** Stable and machine-readable, e.g. `unknown_event_type`. */
    readonly code: string,
    message: string,
    readonly fields: readonly FieldError[] = [],
  ) {
    super(message);
  }
}

/** The answer for a thing that is missing or belongs to another tenant: the two cannot be told apart. */
export const notFound = (what: string, by = 'id'): WebhooksError =>
  new WebhooksError('not-found', 'not_found', `There is no ${what} with this ${by}.`);

/** An invalid value in one field. */
export const invalidField = (code: string, field: string, message: string): WebhooksError =>
  new WebhooksError('invalid', code, `${field}: ${message}`, [{ field, message }]);

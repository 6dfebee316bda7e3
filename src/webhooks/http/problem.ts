import { STATUS_CODES } from 'node:http';
import type { ErrorKind, FieldError, WebhooksError } from '../webhooks.errors';

/** The media type of {@link Problem}. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** An error body as RFC 9457 describes it, with a stable `code` and the fields that are wrong. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: readonly FieldError[];
}

const STATUS_OF: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  unprocessable: 422,
  'too-many-requests': 429,
  unavailable: 503,
};

/** The standard title of a status. */
export const titleOf = (status: number): string => STATUS_CODES[status] ?? 'Error';

/** A problem with the standard title of its status. */
export function problem(status: number, code: string, detail: string, errors: readonly FieldError[] = []): Problem {
  return {
    type: 'about:blank',
    title: titleOf(status),
    status,
    code,
    detail,
    ...(errors.length === 0 ? {} : { errors }),
  };
}

/** How one of the module's own errors is answered over HTTP. */
export const problemOf = (error: WebhooksError): Problem =>
  problem(STATUS_OF[error.kind], error.code, error.message, error.fields);

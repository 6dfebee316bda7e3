import { BlockedAddressError } from './vetted-lookup';

/** Stable machine code of a failed attempt. */
export type SendErrorCode =
  | 'address-blocked'
  | 'connection-refused'
  | 'dns'
  | 'http-status'
  | 'invalid-request'
  | 'invalid-response'
  | 'network'
  | 'redirect'
  | 'reset'
  /** Nothing was sent: the endpoint's secrets do not open. */
  | 'secrets-unreadable'
  | 'timeout'
  | 'tls'
  | 'unreachable'
  | 'url-not-allowed';

/** A failure in words and as a code. */
export interface SendError {
  readonly error: string;
  readonly errorCode: SendErrorCode;
}

/** The request was not answered within the deadline. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(timeoutMs: number) {
    super(`timed out after ${timeoutMs} ms`);
  }
}

/** The request cannot be sent as it is: a header that is not allowed or not valid. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
}

const BY_CODE = new Map<string, SendError>(
  Object.entries({
    ECONNREFUSED: { error: 'connection refused', errorCode: 'connection-refused' },
    ECONNRESET: { error: 'connection reset', errorCode: 'reset' },
    ECONNABORTED: { error: 'connection reset', errorCode: 'reset' },
    EPIPE: { error: 'connection reset', errorCode: 'reset' },
    ETIMEDOUT: { error: 'connection timed out', errorCode: 'timeout' },
    ENOTFOUND: { error: 'host not found', errorCode: 'dns' },
    EHOSTUNREACH: { error: 'host unreachable', errorCode: 'unreachable' },
    ENETUNREACH: { error: 'network unreachable', errorCode: 'unreachable' },
    EADDRNOTAVAIL: { error: 'network unreachable', errorCode: 'unreachable' },
    // undici's own words: the other side closed, or this one is being closed.
    UND_ERR_SOCKET: { error: 'connection reset', errorCode: 'reset' },
    UND_ERR_CLOSED: { error: 'connection reset', errorCode: 'reset' },
    UND_ERR_DESTROYED: { error: 'connection reset', errorCode: 'reset' },
    UND_ERR_CONNECT_TIMEOUT: { error: 'connection timed out', errorCode: 'timeout' },
    UND_ERR_HEADERS_OVERFLOW: { error: 'response headers too large', errorCode: 'invalid-response' },
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { error: 'invalid HTTP response', errorCode: 'invalid-response' },
    HTTPParserError: { error: 'invalid HTTP response', errorCode: 'invalid-response' },
    HPE_HEADER_OVERFLOW: { error: 'response headers too large', errorCode: 'invalid-response' },
  }),
);

// OpenSSL's verification errors as Node names them, and Node's own check of the host name.
const CERTIFICATE =
  /^(?:CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERROR_IN_CERT|ERROR_IN_CRL|INVALID_|PATH_LENGTH|HOSTNAME_|ERR_TLS_CERT_)/;

/** The answer's status as a failure; null for 2xx. */
export function describeStatus(status: number): SendError | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) {
    return { error: `HTTP ${status}: redirects are not followed`, errorCode: 'redirect' };
  }
  return { error: `HTTP ${status}`, errorCode: 'http-status' };
}

/**
 * Puts what went wrong before an answer into words. Messages of Node are not repeated: they name local addresses and
 * differ between versions.
 */
export function describeFailure(failure: unknown): SendError {
  if (failure instanceof DeadlineError) return { error: failure.message, errorCode: 'timeout' };
  if (failure instanceof BlockedAddressError) return { error: failure.message, errorCode: 'address-blocked' };
  if (failure instanceof InvalidRequestError) return { error: failure.message, errorCode: 'invalid-request' };
  return describeCode(codeOf(failure));
}

function describeCode(code: string): SendError {
  const known = BY_CODE.get(code);
  if (known) return known;
  if (code.startsWith('EAI_')) return { error: `DNS lookup failed: ${code}`, errorCode: 'dns' };
  if (CERTIFICATE.test(code)) return { error: `TLS certificate rejected: ${code}`, errorCode: 'tls' };
  if (/^(?:EPROTO$|ERR_SSL_|ERR_TLS_|ERR_OSSL_)/.test(code))
    return { error: `TLS handshake failed: ${code}`, errorCode: 'tls' };
  if (code.startsWith('HPE_')) return { error: `invalid HTTP response: ${code}`, errorCode: 'invalid-response' };
  return { error: `request failed: ${code}`, errorCode: 'network' };
}

/** The `AggregateError` of several addresses carries the code of its first. */
function codeOf(failure: unknown): string {
  const { code, name } = (failure ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'UNKNOWN';
}

import { DeadlineError, describeFailure, describeStatus, InvalidRequestError } from './send-error';
import { BlockedAddressError } from './vetted-lookup';

const failure = (code: string) => describeFailure(Object.assign(new Error('connect 10.0.0.1:443'), { code }));

describe('describeStatus', () => {
  it.each([200, 201, 204, 299])('%d is a success', (status) => expect(describeStatus(status)).toBeNull());

  it.each([300, 301, 302, 304, 307, 308])('[webhook 21] %d is a failure', (status) => {
    expect(describeStatus(status)).toEqual({
      error: `HTTP ${status}: redirects are not followed`,
      errorCode: 'redirect',
    });
  });

  it.each([101, 199, 400, 410, 429, 500, 503, 999])('%d is a failure', (status) => {
    expect(describeStatus(status)).toEqual({ error: `HTTP ${status}`, errorCode: 'http-status' });
  });
});

describe('describeFailure', () => {
  it.each([
    ['ECONNREFUSED', 'connection refused', 'connection-refused'],
    ['ECONNRESET', 'connection reset', 'reset'],
    ['EPIPE', 'connection reset', 'reset'],
    ['ETIMEDOUT', 'connection timed out', 'timeout'],
    ['ENOTFOUND', 'host not found', 'dns'],
    ['EAI_AGAIN', 'DNS lookup failed: EAI_AGAIN', 'dns'],
    ['EHOSTUNREACH', 'host unreachable', 'unreachable'],
    ['CERT_HAS_EXPIRED', 'TLS certificate rejected: CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS certificate rejected: DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS certificate rejected: UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS certificate rejected: ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['EPROTO', 'TLS handshake failed: EPROTO', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS handshake failed: ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['HPE_HEADER_OVERFLOW', 'response headers too large', 'invalid-response'],
    ['HPE_INVALID_CONSTANT', 'invalid HTTP response: HPE_INVALID_CONSTANT', 'invalid-response'],
    ['EMFILE', 'request failed: EMFILE', 'network'],
    ['constructor', 'request failed: constructor', 'network'],
  ])('puts %s as "%s", without the message that names addresses', (code, error, errorCode) => {
    expect(failure(code)).toEqual({ error, errorCode });
  });

  it('keeps the words of its own errors', () => {
    expect(describeFailure(new DeadlineError(15_000))).toEqual({
      error: 'timed out after 15000 ms',
      errorCode: 'timeout',
    });
    expect(describeFailure(new BlockedAddressError('address 10.0.0.1 is not allowed'))).toEqual({
      error: 'address 10.0.0.1 is not allowed',
      errorCode: 'address-blocked',
    });
    expect(describeFailure(new InvalidRequestError('no'))).toEqual({ error: 'no', errorCode: 'invalid-request' });
  });

  it('has words for anything thrown', () => {
    expect(describeFailure(new TypeError('x'))).toEqual({ error: 'request failed: TypeError', errorCode: 'network' });
    for (const thrown of [undefined, null, 'text', 1, {}]) {
      expect(describeFailure(thrown)).toEqual({ error: 'request failed: UNKNOWN', errorCode: 'network' });
    }
  });
});

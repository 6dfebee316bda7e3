import dns from 'node:dns';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Axios } from 'axios';
import { checkUrl } from '../endpoints/url-policy';
import type { TlsIdentity } from '../endpoints/tls-material';
import type { CompiledUrlPolicy } from '../endpoints/url-policy';
import { Exchange, HttpTransport } from './http-transport';
import type { Answer, Target } from './http-transport';
import type { ExcerptLimits } from './response-excerpt';
import { pickResponseHeaders } from './response-headers';
import type { ResponseHeaders } from './response-headers';
import { parseRetryAfter } from './retry-after';
import { describeFailure, describeStatus, InvalidRequestError } from './send-error';
import type { SendError, SendErrorCode } from './send-error';
import { createVettedLookup } from './vetted-lookup';
import type { ResolveAll } from './vetted-lookup';

export interface HttpSenderOptions {
  /** Checked before each request (scheme, user name, literal addresses) and at each connect (resolved addresses). */
  urlPolicy: CompiledUrlPolicy;
  /** The whole time a request may take, from the name lookup to the last byte of the answer. Default 15,000. */
  timeoutMs?: number;
  /** Bytes of an answer's body that are read at most before its connection is closed. Default 16 KiB. */
  maxResponseBytes?: number;
  /** Bytes of the body that are kept at most. Default 4 KiB. */
  excerptBytes?: number;
  /** Connections to one host and port. More requests at once wait for one, and the wait counts. Default 256. */
  maxSocketsPerHost?: number;
  /** How names are resolved; `dns.lookup` unless told. */
  lookup?: ResolveAll;
  /** PEM certificates to trust instead of Node's own. */
  ca?: string;
}

export interface SendRequest {
  url: string;
  /** Sent with exactly this spelling, `User-Agent` and `Content-Type` among them. `Host` and framing are not allowed. */
  headers: Readonly<Record<string, string>>;
  /** Sent as it is. */
  body: Buffer;
  /** Instead of the sender's own deadline. */
  timeoutMs?: number;
  /** The endpoint's own client certificate and authorities. */
  tls?: TlsIdentity | undefined;
}

/** What became of one request. */
export interface SendResult {
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Null when no answer came. */
  readonly statusCode: number | null;
  /** For people; null exactly for a 2xx answer. */
  readonly error: string | null;
  /** For programs; null exactly for a 2xx answer. */
  readonly errorCode: SendErrorCode | null;
  /** The start of the answer's body as storable text (no NUL, no lone surrogate); null when no answer came. */
  readonly responseBody: string | null;
  /** The headers of the answer that explain it, none of which is a credential; null when no answer came. */
  readonly responseHeaders: ResponseHeaders | null;
  /** The wait the answer's `Retry-After` asks for, in milliseconds and uncapped; null without a sensible one. */
  readonly retryAfterMs: number | null;
}

// The transport frames the message and names the host. A caller who could set these could desynchronise or misdirect requests.
const FORBIDDEN_HEADERS = new Set(
  'connection content-length expect host keep-alive proxy-connection te trailer transfer-encoding upgrade'.split(' '),
);

/** Remembered URLs; beyond that the memory starts anew. */
const MAX_KNOWN_TARGETS = 1_000;

/**
 * Sends webhooks; the only place that opens connections to customers' servers.
 *
 * Redirects are never followed, bodies never decompressed, proxies in the environment ignored, certificates always
 * verified, and nothing is sent a second time. A 2xx answer is a success even when its body cannot be read.
 */
export class HttpSender {
  readonly #policy: CompiledUrlPolicy;
  readonly #timeoutMs: number;
  readonly #limits: ExcerptLimits;
  readonly #transport: HttpTransport;
  readonly #client = new Axios({ method: 'post' });
  readonly #targets = new Map<string, Target | SendError>();

  constructor(options: HttpSenderOptions) {
    const { urlPolicy, lookup = dns.lookup, maxSocketsPerHost = 256, ca } = options;
    this.#policy = urlPolicy;
    this.#timeoutMs = options.timeoutMs ?? 15_000;
    this.#limits = {
      maxResponseBytes: options.maxResponseBytes ?? 16_384,
      excerptBytes: options.excerptBytes ?? 4_096,
    };
    this.#transport = new HttpTransport({
      lookup: createVettedLookup(urlPolicy, lookup),
      maxSocketsPerHost,
      ...(ca === undefined ? {} : { ca }),
    });
  }

  /** Sends one POST. Resolves whatever the receiver or the network does; nothing is thrown for that. */
  async send(request: SendRequest): Promise<SendResult> {
    const startedAt = new Date();
    const start = performance.now();
    const outcome = await this.#attempt(request);
    return { startedAt, durationMs: Math.round(performance.now() - start), ...outcome };
  }

  /** Closes all connections; requests under way end as `connection reset`. */
  close(): void {
    this.#transport.close();
  }

  async #attempt({ url, headers, body, tls, timeoutMs = this.#timeoutMs }: SendRequest): Promise<Outcome> {
    const target = this.#targetOf(url);
    if ('error' in target) return unanswered(target);
    const destination = tls === undefined ? target : { ...target, tls };
    const { adapter } = new Exchange(this.#transport, destination, timeoutMs, this.#limits);
    try {
      const { data } = await this.#client.request<Answer>({
        adapter,
        headers: completeHeaders(headers),
        data: body,
      });
      return answered(data);
    } catch (failure) {
      return unanswered(describeFailure(failure));
    }
  }

  /** The policy does not change, so a URL is judged once. */
  #targetOf(url: string): Target | SendError {
    let target = this.#targets.get(url);
    if (target === undefined) {
      if (this.#targets.size >= MAX_KNOWN_TARGETS) this.#targets.clear();
      target = judge(this.#policy, url);
      this.#targets.set(url, target);
    }
    return target;
  }
}

type Outcome = Omit<SendResult, 'startedAt' | 'durationMs'>;

function answered({ statusCode, headers, excerpt }: Answer): Outcome {
  const { error, errorCode } = describeStatus(statusCode) ?? { error: null, errorCode: null };
  // Sent twice, it is a list, whatever its type says; the first one counts.
  const [retryAfter] = [headers['retry-after'] as string | string[] | undefined].flat();
  const retryAfterMs = parseRetryAfter(retryAfter, Date.now());
  const responseHeaders = pickResponseHeaders(headers);
  return { statusCode, error, errorCode, responseBody: excerpt, responseHeaders, retryAfterMs };
}

function unanswered({ error, errorCode }: SendError): Outcome {
  return { statusCode: null, error, errorCode, responseBody: null, responseHeaders: null, retryAfterMs: null };
}

function judge(policy: CompiledUrlPolicy, text: string): Target | SendError {
  const check = checkUrl(policy, text);
  if (!check.ok) {
    const isAddress = check.code === 'address-blocked';
    return { error: check.reason, errorCode: isAddress ? 'address-blocked' : 'url-not-allowed' };
  }
  const { origin, pathname, search } = new URL(check.url);
  return { origin, path: pathname + search };
}

function completeHeaders(headers: SendRequest['headers']): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value);
  return { Accept: '*/*', 'Accept-Encoding': 'identity', ...headers };
}

function checkHeader(name: string, value: string): void {
  if (FORBIDDEN_HEADERS.has(name.toLowerCase())) {
    throw new InvalidRequestError(`header "${name}" is set by the sender and cannot be changed`);
  }
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw new InvalidRequestError('a header name or value contains a character that is not allowed');
  }
}

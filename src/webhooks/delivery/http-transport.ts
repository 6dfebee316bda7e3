import { AxiosHeaders } from 'axios';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { TlsIdentity } from '../endpoints/tls-material';
import { TlsAgents, type ConnectOptions, type IdentityConnections } from './http-transport-agents';
import { ExcerptReader, type ExcerptLimits } from './response-excerpt';
import { DeadlineError } from './send-error';

/**
 * Idle connections are closed after this long, in milliseconds: sooner than common servers close theirs (Node after
 * 5 s), because a request that meets a closing connection is lost, and nothing is sent again outside the retry plan.
 */
const IDLE_SOCKET_MS = 3_000;

/** Time one of several addresses gets to connect before the next is tried; Node's 250 ms is too short for far hosts. */
const ADDRESS_ATTEMPT_MS = 1_000;

/** Longer than any deadline: whoever waits for a connection gives up by the deadline, and the socket a little later. */
const CONNECT_TIMEOUT_MS = 31_000;

const MAX_HEADER_BYTES = 16_384;

const NO_BODY = Buffer.alloc(0);

/** Where a request goes. */
export interface Target {
  /** `https://example.com:8443` */
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  /** A client certificate and authorities for this request alone; over `http:` there is no use for them. */
  readonly tls?: TlsIdentity | undefined;
}

export interface HttpTransportOptions {
  /** The only way from a name to an address. */
  lookup: LookupFunction;
  maxSocketsPerHost: number;
  /** PEM certificates to trust instead of Node's own; for tests and private networks. */
  ca?: string;
}

/** The keep-alive connections of a sender, and the way to send a request on them. */
export class HttpTransport {
  readonly #agent: Agent;
  readonly #tlsAgents: TlsAgents;

  constructor({ lookup, maxSocketsPerHost, ca }: HttpTransportOptions) {
    // On the agent, not on the request: no connection of this pool can come about without the vetted lookup.
    // `rejectUnauthorized`, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment does not reach customers' traffic.
    const connect: ConnectOptions = {
      lookup,
      rejectUnauthorized: true,
      timeout: CONNECT_TIMEOUT_MS,
      ...(ca === undefined ? {} : { ca }),
    };
    const shared = {
      connect,
      connections: maxSocketsPerHost,
      // One request at a time on a connection: with more, an answer that hangs would hold up others.
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: IDLE_SOCKET_MS,
      keepAliveMaxTimeout: IDLE_SOCKET_MS,
      // The deadline of each request covers these.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: MAX_HEADER_BYTES,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    };
    this.#agent = new Agent(shared);
    this.#tlsAgents = new TlsAgents(shared);
  }

  /** Starts a POST. @returns what to call when it has ended, in whatever way */
  dispatch(
    { origin, path, tls }: Target,
    headers: Record<string, string>,
    body: Buffer,
    handler: Dispatcher.DispatchHandler,
  ): () => void {
    const identity: IdentityConnections | undefined =
      tls === undefined || origin.startsWith('http:') ? undefined : this.#tlsAgents.for(tls);
    (identity?.agent ?? this.#agent).dispatch({ method: 'POST', origin, path, headers, body }, handler);
    if (identity === undefined) return () => undefined;
    identity.underWay += 1;
    return () => (identity.underWay -= 1);
  }

  /** Closes all connections, those in use too. */
  close(): void {
    void this.#agent.destroy();
    this.#tlsAgents.close();
  }
}

/** An answer, as far as it was read. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** The start of its body, as storable text. */
  readonly excerpt: string;
}

/**
 * One request and its answer, under one deadline from the name lookup to the last byte of the body.
 *
 * It is axios' adapter for this request. axios' own node transport costs several times as much per request, and brings
 * what a webhook sender must not have: proxies from the environment, redirects, decompression, headers of its own.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #body: ExcerptReader | undefined;
  #abortReason: Error | undefined;
  #settle: { answer(): void; fail(error: Error): void } | undefined;

  constructor(
    private readonly transport: HttpTransport,
    private readonly target: Target,
    private readonly timeoutMs: number,
    private readonly limits: ExcerptLimits,
  ) {}

  /** Resolves when the answer was read, or as much of it as came; `data` is the {@link Answer}. */
  readonly adapter = (config: InternalAxiosRequestConfig<Buffer>): Promise<AxiosResponse<Answer>> =>
    new Promise((resolve, reject) => {
      const deadline = setTimeout(() => this.#abort(new DeadlineError(this.timeoutMs)), this.timeoutMs);
      let release = (): void => undefined;
      const end = (): void => {
        this.#settle = undefined;
        clearTimeout(deadline);
        release();
      };
      this.#settle = {
        answer: () => {
          end();
          const data = { statusCode: this.#status, headers: this.#headers, excerpt: this.#body?.text() ?? '' };
          // The answer's headers are in the data: nobody needs axios' copy of them.
          resolve({ data, status: this.#status, statusText: '', headers: new AxiosHeaders(), config });
        },
        fail: (error) => {
          end();
          reject(error);
        },
      };
      const headers = config.headers.toJSON() as Record<string, string>;
      release = this.transport.dispatch(this.target, headers, config.data ?? NO_BODY, this);
    });

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection longer than it had time.
    if (this.#abortReason !== undefined) controller.abort(this.#abortReason);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // `103 Early Hints` and the like: the answer is still to come.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#body = new ExcerptReader(headers, this.limits);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#body?.push(chunk) !== false) return;
    this.#settle?.answer();
    controller.abort(new Error('the rest of the answer is not read'));
  }

  onResponseEnd(): void {
    // The connection is free for the next request after this turn of the event loop; whoever waits for this answer may
    // have one, which is not to open another connection.
    queueMicrotask(() => setImmediate(() => this.#settle?.answer()));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end(error);
  }

  #abort(reason: Error): void {
    this.#abortReason = reason;
    this.#end(reason);
    this.#controller?.abort(reason);
  }

  /** An answer that began is one, whatever becomes of the rest of its body. */
  #end(error: Error): void {
    if (this.#body === undefined) this.#settle?.fail(error);
    else this.#settle?.answer();
  }
}

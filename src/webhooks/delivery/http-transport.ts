import http from 'node:http';
import https from 'node:https';
import { AxiosHeaders } from 'axios';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { LookupFunction } from 'node:net';
import type { TlsIdentity } from '../endpoints/tls-material';
import { TlsAgents } from './http-transport-agents';
import { DeadlineError } from './send-error';

/**
 * Idle connections are closed after this long, in milliseconds: sooner than common servers close theirs (Node after
 * 5 s), because a request that meets a closing connection is lost, and nothing is sent again outside the retry plan.
 */
const IDLE_SOCKET_MS = 4_000;

/** Time one of several addresses gets to connect before the next is tried; Node's 250 ms is too short for far hosts. */
const ADDRESS_ATTEMPT_MS = 1_000;

const MAX_HEADER_BYTES = 16_384;

const NO_BODY = Buffer.alloc(0);

/** Where a request goes: the parts of its URL that Node's client asks for. */
export interface Target {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
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

/** The keep-alive connections of a sender, and the way to open a request on them. */
export class HttpTransport {
  readonly #http: http.Agent;
  readonly #https: https.Agent;
  readonly #tlsAgents: TlsAgents;

  constructor({ lookup, maxSocketsPerHost, ca }: HttpTransportOptions) {
    // On the agent, not on the request: no connection of this pool can come about without the vetted lookup.
    const shared: http.AgentOptions = {
      keepAlive: true,
      timeout: IDLE_SOCKET_MS,
      maxSockets: maxSocketsPerHost,
      maxFreeSockets: maxSocketsPerHost,
      lookup,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    };
    this.#http = new http.Agent(shared);
    // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment does not reach customers' traffic.
    const secured = { ...shared, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) };
    this.#https = new https.Agent(secured);
    this.#tlsAgents = new TlsAgents(secured);
  }

  /** Starts a POST; `onResponse` gets the answer when its headers are there. */
  open(target: Target, headers: http.OutgoingHttpHeaders, body: Buffer): http.ClientRequest {
    const { secure, hostname, port, path } = target;
    const request = (secure ? https : http).request({
      method: 'POST',
      hostname,
      port,
      path,
      headers,
      agent: this.#agentFor(target),
      maxHeaderSize: MAX_HEADER_BYTES,
      insecureHTTPParser: false,
    });
    request.end(body);
    return request;
  }

  #agentFor({ secure, tls }: Target): http.Agent {
    if (!secure) return this.#http;
    return tls === undefined ? this.#https : this.#tlsAgents.for(tls);
  }

  /** Closes all connections, those in use too. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
    this.#tlsAgents.close();
  }
}

/**
 * One request and its answer, under one deadline from the name lookup to the last byte of the body.
 *
 * It is axios' adapter for this request. axios' own node transport costs three times as much per request, and brings
 * what a webhook sender must not have: proxies from the environment, redirects, decompression, headers of its own.
 */
export class Exchange {
  #request: http.ClientRequest | null = null;
  #response: http.IncomingMessage | null = null;
  #reject?: (reason: Error) => void;
  readonly #deadline: NodeJS.Timeout;

  constructor(
    private readonly transport: HttpTransport,
    private readonly target: Target,
    private readonly timeoutMs: number,
  ) {
    this.#deadline = setTimeout(() => this.#expire(), timeoutMs);
  }

  /** Resolves when the answer's headers are there; its body is a stream, `data`. */
  readonly adapter = (config: InternalAxiosRequestConfig<Buffer>): Promise<AxiosResponse<http.IncomingMessage>> =>
    new Promise((resolve, reject) => {
      this.#reject = reject;
      const headers = config.headers.toJSON() as http.OutgoingHttpHeaders;
      const request = this.transport.open(this.target, headers, config.data ?? NO_BODY);
      this.#request = request;
      request.on('error', reject);
      request.on('close', () => this.#closed());
      request.on('response', (data) => {
        this.#response = data;
        // The answer's headers stay on the message: nobody needs axios' copy of them.
        const { statusCode: status = 0, statusMessage: statusText = '' } = data;
        resolve({ data, status, statusText, headers: new AxiosHeaders(), config, request });
      });
    });

  /** Ends the deadline. To be called when the answer was read, or failed. */
  finish(): void {
    clearTimeout(this.#deadline);
  }

  #expire(): void {
    const error = new DeadlineError(this.timeoutMs);
    // A request that still waits for a free connection says nothing when it is destroyed.
    this.#reject?.(error);
    (this.#response ?? this.#request)?.destroy(error);
  }

  /** A connection can close without an answer and without an error, after `101 Switching Protocols` for one. */
  #closed(): void {
    if (this.#response === null) this.#reject?.(new UnansweredError());
  }
}

class UnansweredError extends Error {
  readonly code = 'ECONNRESET';
}

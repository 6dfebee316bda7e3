import type { IncomingHttpHeaders } from 'node:http';
import { readCredentials, type Credentials } from './credentials';
import type { NodeRequest } from './client-address';

interface Read {
  apiKey: IncomingHttpHeaders[string];
  credentials: Credentials;
}

/**
 * Reads the credentials of requests. A client that keeps its connection presents the same key again: what was worked out
 * from `X-API-Key` is kept with the connection, for as long as that lives.
 */
export class ConnectionCredentials {
  private readonly last = new WeakMap<object, Read>();

  read(request: NodeRequest): Credentials {
    const { authorization, 'x-api-key': apiKey } = request.headers;
    // Node hides it when this one is sent twice: each time it has to be looked for.
    if (authorization !== undefined) return readCredentials(request);
    const last = this.last.get(request.socket);
    // Not in constant time: only who shares the connection (a proxy's) could time it, and would have to guess a machine
    // word of the key's random bits, 48 of them, before anything is different.
    if (last !== undefined && last.apiKey === apiKey) return last.credentials;
    const credentials = readCredentials(request);
    this.last.set(request.socket, { apiKey, credentials });
    return credentials;
  }
}

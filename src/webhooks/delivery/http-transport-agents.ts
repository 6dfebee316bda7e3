import { createHash } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import type { TlsIdentity } from '../endpoints/tls-material';

/** TLS identities whose idle connections are kept. */
const MAX_IDENTITIES = 200;

/** How connections are opened: what is used of the options of `net.connect` and `tls.connect`. */
export interface ConnectOptions extends TlsIdentity {
  readonly lookup?: LookupFunction;
  readonly rejectUnauthorized?: boolean;
  /** Milliseconds until a connection must be there. */
  readonly timeout?: number;
}

/** The connections of one identity. */
export interface IdentityConnections {
  readonly agent: Agent;
  /** How they are opened. */
  readonly connect: ConnectOptions;
  /** Requests that are on them, or wait for one. */
  underWay: number;
}

/**
 * The connections of each TLS identity, apart from all others: what was opened with one client certificate, or
 * trusting one authority, carries no request of another endpoint, and no TLS session is resumed across.
 *
 * Bounded: the identity that was not used for longest goes first. One with requests under way stays until they have
 * ended, so there are never more than the bound and the requests at a time.
 */
export class TlsAgents {
  readonly #connections = new Map<string, IdentityConnections>();

  constructor(
    private readonly shared: Omit<Agent.Options, 'connect'> & { connect: ConnectOptions },
    private readonly maxIdentities = MAX_IDENTITIES,
  ) {}

  /** How many identities have connections, or had them lately. */
  get size(): number {
    return this.#connections.size;
  }

  /** The connections of an identity; whoever sends on them counts what is under way. */
  for(identity: TlsIdentity): IdentityConnections {
    const fingerprint = fingerprintOf(identity);
    const connections = this.#connections.get(fingerprint) ?? this.#open(identity);
    // The order of a Map is that of insertion: the end is what was used last.
    this.#connections.delete(fingerprint);
    this.#connections.set(fingerprint, connections);
    return connections;
  }

  /** Closes all connections, those in use too. */
  close(): void {
    for (const { agent } of this.#connections.values()) void agent.destroy();
    this.#connections.clear();
  }

  #open(identity: TlsIdentity): IdentityConnections {
    this.#makeRoom();
    const connect = { ...this.shared.connect, ...identity, rejectUnauthorized: true };
    return { agent: new Agent({ ...this.shared, connect }), connect, underWay: 0 };
  }

  #makeRoom(): void {
    for (const [fingerprint, { agent, underWay }] of this.#connections) {
      if (this.#connections.size < this.maxIdentities) return;
      if (underWay > 0) continue;
      this.#connections.delete(fingerprint);
      void agent.destroy();
    }
  }
}

/** JSON keeps the parts apart: no two identities are written alike. */
function fingerprintOf({ cert, key, ca }: TlsIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([cert ?? null, key ?? null, ca ?? null]))
    .digest('hex');
}

import { createHash } from 'node:crypto';
import https from 'node:https';
import type { TlsIdentity } from '../endpoints/tls-material';

/** TLS identities whose idle connections are kept. */
const MAX_IDENTITIES = 200;

/**
 * The connections of each TLS identity, apart from all others: what was opened with one client certificate, or
 * trusting one authority, carries no request of another endpoint, and no TLS session is resumed across.
 *
 * Bounded: the identity that was not used for longest goes first. One with requests under way stays until they have
 * ended, so there are never more than the bound and the requests at a time.
 */
export class TlsAgents {
  readonly #agents = new Map<string, https.Agent>();

  constructor(
    private readonly shared: https.AgentOptions,
    private readonly maxIdentities = MAX_IDENTITIES,
  ) {}

  /** How many identities have connections, or had them lately. */
  get size(): number {
    return this.#agents.size;
  }

  /** The agent of an identity; the request is to be started on it at once. */
  for(identity: TlsIdentity): https.Agent {
    const fingerprint = fingerprintOf(identity);
    const agent = this.#agents.get(fingerprint) ?? this.#open(identity);
    // The order of a Map is that of insertion: the end is what was used last.
    this.#agents.delete(fingerprint);
    this.#agents.set(fingerprint, agent);
    return agent;
  }

  /** Closes all connections, those in use too. */
  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  #open(identity: TlsIdentity): https.Agent {
    this.#makeRoom();
    return new https.Agent({ ...this.shared, ...identity, rejectUnauthorized: true });
  }

  #makeRoom(): void {
    for (const [fingerprint, agent] of this.#agents) {
      if (this.#agents.size < this.maxIdentities) return;
      if (!isIdle(agent)) continue;
      this.#agents.delete(fingerprint);
      agent.destroy();
    }
  }
}

const isIdle = ({ sockets, requests }: https.Agent): boolean =>
  Object.keys(sockets).length === 0 && Object.keys(requests).length === 0;

/** JSON keeps the parts apart: no two identities are written alike. */
function fingerprintOf({ cert, key, ca }: TlsIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([cert ?? null, key ?? null, ca ?? null]))
    .digest('hex');
}

import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { checkAddress } from '../endpoints/url-policy';
import type { CompiledUrlPolicy } from '../endpoints/url-policy';

type LookupCallback = (error: NodeJS.ErrnoException | null, addresses?: LookupAddress[]) => void;

/** Resolves a name to all its addresses, like `dns.lookup` with `all: true`. */
export type ResolveAll = (hostname: string, options: LookupAllOptions, callback: LookupCallback) => void;

/** A name leads to an address the policy does not allow. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';
}

/**
 * A `lookup` for sockets that hands out vetted addresses only. All addresses of a name are resolved; when any of them
 * is not allowed the whole answer is refused, because a mixed answer is how a public name hides a private target. The
 * socket connects to exactly these addresses, without another lookup in between (DNS rebinding).
 *
 * Lookups of one name that overlap share one answer: getaddrinfo runs on four threads, and one endpoint with a dead
 * name server must not occupy them all.
 */
export function createVettedLookup(policy: CompiledUrlPolicy, resolve: ResolveAll): LookupFunction {
  const resolveShared = shareOverlapping(resolve);
  return (hostname, options, callback) => {
    resolveShared(hostname, { ...options, all: true }, (resolveError, addresses = []) => {
      const error = resolveError ?? findProblem(policy, hostname, addresses);
      const [first] = addresses;
      if (error || first === undefined) callback(error, []);
      // With autoSelectFamily (Node's default) the socket asks for all addresses, without it for one.
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function findProblem(policy: CompiledUrlPolicy, hostname: string, addresses: readonly LookupAddress[]): Error | null {
  if (addresses.length === 0) return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
  for (const { address } of addresses) {
    const check = checkAddress(policy, address);
    if (!check.ok) return new BlockedAddressError(check.reason);
  }
  return null;
}

function shareOverlapping(resolve: ResolveAll): ResolveAll {
  const waiting = new Map<string, LookupCallback[]>();
  return (hostname, options, callback) => {
    const key = `${hostname} ${options.family ?? 0} ${options.hints ?? 0}`;
    const others = waiting.get(key);
    if (others) {
      others.push(callback);
      return;
    }
    const callbacks = [callback];
    waiting.set(key, callbacks);
    resolve(hostname, options, (error, addresses) => {
      waiting.delete(key);
      for (const each of callbacks) each(error, addresses);
    });
  };
}

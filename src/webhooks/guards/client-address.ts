import type { IncomingMessage } from 'node:http';
import proxyAddress from 'proxy-addr';
import { canonicalAddress } from '../verification/ip-address';
import { isAddressRange, isInRanges } from '../verification/ip-allow-list';

/** The program that made a request, and where it runs. */
export interface Client {
  /** In canonical form; null when it cannot be told. */
  ip: string | null;
  userAgent: string | null;
}

/** A request as Node holds it: Express' own request, Fastify's `raw`. */
export type NodeRequest = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'socket'>;

/** An address as proxies write it into the header: some add the port, and then IPv6 has brackets. */
const WITH_PORT = /^(?:\[([0-9a-f:.]+(?:%[\w.-]+)?)\](?::\d{1,5})?|([0-9.]+):\d{1,5})$/i;

/**
 * Makes the function that tells who made a request. `X-Forwarded-For` is read from its end, for as long as what wrote an
 * entry is a trusted proxy: the first address that is none is the client's, and what stands before it may be made up.
 *
 * @param trustedProxies CIDR ranges; with none, the header is ignored
 * @throws TypeError for what is no range
 */
export function createClientReader(trustedProxies: readonly string[]): (request: NodeRequest) => Client {
  const wrong = trustedProxies.find((range) => !isAddressRange(range));
  if (wrong !== undefined) throw new TypeError(`trustedProxies: "${wrong}" is no address range such as 10.0.0.0/8.`);
  const isTrusted = (text: string | undefined): boolean => {
    const address = readAddress(text);
    return address !== null && isInRanges(address, trustedProxies);
  };
  // The same for as long as a connection lives.
  const direct = new WeakMap<object, string>();
  const readDirect = ({ socket }: NodeRequest): string | null => {
    const known = direct.get(socket);
    if (known !== undefined) return known;
    const address = readAddress(socket.remoteAddress);
    if (address !== null) direct.set(socket, address);
    return address;
  };
  const readIp = (request: NodeRequest): string | null =>
    trustedProxies.length === 0
      ? readDirect(request)
      : readAddress(proxyAddress(request as IncomingMessage, isTrusted));
  return (request) => ({ ip: readIp(request), userAgent: request.headers['user-agent'] ?? null });
}

/** @param text undefined for a socket that is closed, or one in the file system */
function readAddress(text: string | undefined): string | null {
  if (text === undefined) return null;
  const [, bracketed, withPort] = WITH_PORT.exec(text) ?? [];
  return canonicalAddress(bracketed ?? withPort ?? text);
}

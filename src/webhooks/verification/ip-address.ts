import ipaddr from 'ipaddr.js';
import { isIPv4, isIPv6 } from 'node:net';

const MAPPED = '::ffff:';

/**
 * An address in its one form: IPv4 in four decimal parts, also when it came as v4-mapped IPv6 (`::ffff:192.0.2.1`), and
 * IPv6 as RFC 5952 writes it, without a zone id. null when the text is no address.
 */
export function canonicalAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  // How IPv4 arrives at a socket that listens for both: on every request's path.
  if (text.startsWith(MAPPED) && isIPv4(text.slice(MAPPED.length))) return text.slice(MAPPED.length);
  if (!isIPv6(text)) return null;
  const [bare = text] = text.split('%');
  return ipaddr.process(withoutDots(bare)).toString();
}

/** The library reads `::192.0.2.1` as if it were v4-mapped; in hexadecimal it has no doubt. */
const withoutDots = (ipv6: string): string =>
  ipv6.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });

/** What one party holds at least, of a canonical address: an IPv4 address, or the /64 that an IPv6 address is in. */
export function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString()}/64`;
}

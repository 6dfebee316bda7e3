import ipaddr from 'ipaddr.js';
import { canonicalAddress } from './ip-address';

type Range = readonly [network: ipaddr.IPv4 | ipaddr.IPv6, prefixLength: number];

/** The first 96 bits of a v4-mapped IPv6 address. */
const MAPPED_PREFIX = 96;

/** Lists that were read before. A verified key that is remembered keeps its list, and is asked on every request. */
const compiledLists = new WeakMap<readonly string[], readonly Range[]>();

/** Whether the text is an address range in CIDR notation, IPv4 or IPv6, with no bits set beyond its prefix length. */
export function isCidr(value: unknown): boolean {
  if (typeof value !== 'string' || !isAddressRange(value)) return false;
  const [address, prefixLength] = ipaddr.parseCIDR(value);
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(value)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${prefixLength}`);
  return network.toString() === address.toString();
}

/** Whether a key with this allow list may be used from the address; null is an address that nobody could tell. */
export const isAllowed = (address: string | null, cidrs: readonly string[]): boolean =>
  cidrs.length === 0 || (address !== null && isInRanges(address, cidrs));

/**
 * Whether the address is in one of the ranges. IPv4 in its v4-mapped form is IPv4, as an address and as a range
 * (`::ffff:10.0.0.0/104`); no other IPv6 range holds an IPv4 address, `::/0` included.
 */
export function isInRanges(address: string, cidrs: readonly string[]): boolean {
  const canonical = canonicalAddress(address);
  if (canonical === null) return false;
  const parsed = ipaddr.parse(canonical);
  return compile(cidrs).some(
    ([network, prefixLength]) => network.kind() === parsed.kind() && parsed.match(network, prefixLength),
  );
}

function compile(cidrs: readonly string[]): readonly Range[] {
  let ranges = compiledLists.get(cidrs);
  if (ranges === undefined) {
    // What is no range holds no address: a list that was broken behind the service's back opens nothing.
    ranges = cidrs.filter(isAddressRange).map(toRange);
    compiledLists.set(cidrs, ranges);
  }
  return ranges;
}

function toRange(cidr: string): Range {
  const [network, prefixLength] = ipaddr.parseCIDR(cidr);
  const isMapped = network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && prefixLength >= MAPPED_PREFIX;
  return isMapped ? [network.toIPv4Address(), prefixLength - MAPPED_PREFIX] : [network, prefixLength];
}

/** Whether the text is CIDR notation, whatever bits are set. */
export const isAddressRange = (text: string): boolean =>
  // The four-part form only: the library also reads `10/8` and octal numbers, which people read differently.
  ipaddr.IPv4.isValidCIDRFourPartDecimal(text) ||
  // It also takes zone ids, and `::10.0.0.0` for a v4-mapped address, which it is not.
  (text.includes(':') && !text.includes('%') && !/^::\d+\./.test(text) && ipaddr.IPv6.isValidCIDR(text));

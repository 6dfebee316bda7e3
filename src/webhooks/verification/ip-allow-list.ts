import ipaddr from 'ipaddr.js';

/** Whether the text is an address range in CIDR notation, IPv4 or IPv6, with no bits set beyond its prefix length. */
export function isCidr(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  // The four-part form only: the library also reads `10/8` and octal numbers, which people read differently.
  return ipaddr.IPv4.isValidCIDRFourPartDecimal(value) || (value.includes(':') && ipaddr.IPv6.isValidCIDR(value));
}

/** Whether the address lies in one of the ranges; an IPv4 address that is written as IPv6 counts as itself. */
export function isInRanges(ip: string, cidrs: readonly string[]): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return cidrs.some((cidr) => {
    const [network, prefixLength] = ipaddr.parseCIDR(cidr);
    return network.kind() === address.kind() && address.match(network, prefixLength);
  });
}

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A parsed IP address. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The eight groups of an IPv6 address. */
type Groups = [number, number, number, number, number, number, number, number];

/** A parsed CIDR block: its network address and prefix length. */
export type Range = readonly [network: Address, prefixLength: number];

/**
 * Addresses that are not on the public internet, from the IANA special-purpose registries (RFC 6890 and its updates).
 * IPv6 needs few entries inside 2000::/3, because everything outside it is blocked by {@link isPublic} already.
 */
const SPECIAL_RANGES: readonly Range[] = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private use
  '100.64.0.0/10', // shared address space of carriers
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local
  '172.16.0.0/12', // private use
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relay anycast
  '192.168.0.0/16', // private use
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and the broadcast address
  '2001::/23', // protocol assignments: Teredo, ORCHID, benchmarking
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '3fff::/20', // documentation
].map(parseCidr);

/** The one block IANA hands out as global unicast; `::/8`, NAT64, ULA, link-local, multicast and the rest lie outside. */
const GLOBAL_UNICAST_V6 = parseCidr('2000::/3');

/**
 * Where clouds keep the credentials of the machine. No configuration opens these: a broad private allow-list is
 * common, and a customer's URL that reaches them hands over the platform.
 */
const METADATA_RANGES: readonly Range[] = [
  '169.254.169.0/24', // AWS, Google Cloud, Azure, DigitalOcean, Oracle, OpenStack
  '169.254.170.0/24', // AWS ECS and EKS credentials
  '169.254.0.23/32', // Tencent Cloud
  '169.254.42.42/32', // Scaleway
  '100.100.100.200/32', // Alibaba Cloud
  '168.63.129.16/32', // Azure's host agent, on a public address
  '192.0.0.192/32', // Oracle Cloud, classic
  'fd00:ec2::/32', // AWS: fd00:ec2::254, fd00:ec2::23
  'fd20:ce::254/128', // Google Cloud
  'fd00:42::42/128', // Scaleway
  'fd00:c1::a9fe:a9fe/128', // Oracle Cloud
  'fe80::a9fe:a9fe/128', // OpenStack
].map(parseCidr);

/**
 * Parses a CIDR block such as `10.0.0.0/8` or `fd00::/8`.
 *
 * @throws RangeError which names the text and what to write instead
 */
export function parseCidr(text: string): Range {
  const slash = `${text}/`.indexOf('/');
  const [address, prefix] = [text.slice(0, slash).trim(), text.slice(slash + 1).trim()];
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  if (version === 0 || address.includes('%')) {
    throw new RangeError(`"${text}" is not a CIDR block: write an address and a prefix length, like 10.0.0.0/8`);
  }
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) {
    throw new RangeError(`"${text}" needs a prefix length from 0 to ${longest}, like ${address}/${longest}`);
  }
  const range: Range = [ipaddr.parse(address), Number(prefix)];
  const network = networkOf(address, Number(prefix));
  if (network.toString() !== range[0].toString()) {
    throw new RangeError(`"${text}" has bits set behind its prefix: write ${network.toString()}/${prefix}`);
  }
  return range;
}

function networkOf(address: string, prefix: number): Address {
  const cidr = `${address}/${prefix}`;
  return isIP(address) === 4 ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
}

/** Parses the canonical textual form of an address; null for anything else, zone ids (`fe80::1%eth0`) included. */
export function parseAddress(text: string): Address | null {
  return isIP(text) === 0 || text.includes('%') ? null : ipaddr.parse(text);
}

/** Whether the address lies in one of the blocks. */
export function isInAny(address: Address, ranges: readonly Range[]): boolean {
  return ranges.some(([network, prefix]) => address.kind() === network.kind() && address.match(network, prefix));
}

/** Whether the address is a cloud's metadata service. */
export function isMetadata(address: Address): boolean {
  return isInAny(address, METADATA_RANGES);
}

/** Whether the address is ordinary public unicast. An IPv6 address that carries an IPv4 one is not: see {@link embeddedIpv4}. */
export function isPublic(address: Address): boolean {
  if (isInAny(address, SPECIAL_RANGES)) return false;
  return isIpv4(address) || (isInAny(address, [GLOBAL_UNICAST_V6]) && !isIsatap(address));
}

/**
 * The IPv4 address that an IPv6 address stands for, where a kernel, a gateway or a tunnel may send the packets to
 * that one: mapped (`::ffff:a.b.c.d`), compatible (`::a.b.c.d`), translated (`::ffff:0:a.b.c.d`), NAT64 (RFC 6052,
 * RFC 8215), 6to4, Teredo and ISATAP. Null for every other address.
 */
export function embeddedIpv4(address: Address): ipaddr.IPv4 | null {
  if (isIpv4(address)) return null;
  const [a, b, c, d, e, f, g, h] = address.parts as Groups;
  const inLast = () => ipv4From(g, h);
  if (a === 0x2002) return ipv4From(b, c);
  if (a === 0x2001 && b === 0) return ipv4From(g ^ 0xffff, h ^ 0xffff);
  if (a === 0x64 && b === 0xff9b) return inLast();
  if (isIsatap(address)) return inLast();
  if ((a | b | c | d) !== 0) return null;
  if (e === 0xffff && f === 0) return inLast();
  if (e !== 0 || (f !== 0 && f !== 0xffff)) return null;
  // :: and ::1 are the unspecified and the loopback address, not 0.0.0.0 and 0.0.0.1 in the compatible form.
  return f === 0 && g === 0 && h <= 1 ? null : inLast();
}

function isIpv4(address: Address): address is ipaddr.IPv4 {
  return address.kind() === 'ipv4';
}

/** ISATAP (RFC 5214): the interface identifier is 0000:5efe or 0200:5efe and an IPv4 address, under any prefix. */
function isIsatap(address: ipaddr.IPv6): boolean {
  const [, , , , e, f] = address.parts as Groups;
  return (e === 0 || e === 0x0200) && f === 0x5efe;
}

function ipv4From(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}

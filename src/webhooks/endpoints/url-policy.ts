import { isIPv4 } from 'node:net';
import { domainToUnicode } from 'node:url';
import { embeddedIpv4, isInAny, isMetadata, isPublic, parseAddress, parseCidr } from './address-ranges';
import type { Address, Range } from './address-ranges';

/** Longest endpoint URL, in characters, as written and as stored. */
export const MAX_URL_LENGTH = 2048;

/** What the operator allows beyond `https:` URLs on the public internet. */
export interface UrlPolicy {
  /** Whether `http:` URLs are accepted. */
  allowHttp: boolean;
  /** CIDR blocks opened although they are not public, like `10.20.0.0/16`. Cloud metadata addresses never open. */
  allowedCidrs: readonly string[];
}

/** A {@link UrlPolicy} with its blocks parsed: see {@link compileUrlPolicy}. */
export interface CompiledUrlPolicy {
  readonly allowHttp: boolean;
  readonly allowedRanges: readonly Range[];
}

/** Why a URL was refused. Stable: callers may branch on it. */
export type UrlRefusalCode =
  | 'malformed'
  | 'too-long'
  | 'invalid-characters'
  | 'scheme'
  | 'userinfo'
  | 'fragment'
  | 'port'
  | 'host'
  | 'local-name'
  | 'address-blocked';

/** A refusal; `reason` is a sentence part for people and repeats nothing of the URL but its host. */
export interface UrlRefusal {
  readonly ok: false;
  readonly code: UrlRefusalCode;
  readonly reason: string;
}

/** The URL as it should be stored and requested (host in lower case and punycode), or the refusal. */
export type UrlCheck = { readonly ok: true; readonly url: string } | UrlRefusal;

/** Whether a socket may be opened to an address. */
export type AddressCheck = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * Parses the policy once, at start.
 *
 * @throws RangeError naming the block that is not valid CIDR, and how to write it
 */
export function compileUrlPolicy(policy: UrlPolicy): CompiledUrlPolicy {
  return { allowHttp: policy.allowHttp, allowedRanges: policy.allowedCidrs.map(parseCidr) };
}

/**
 * Decides whether a socket may be opened to this address. Everything that is not public unicast is refused, and so is
 * every IPv6 form that carries an IPv4 address, unless `allowedCidrs` names it; the carried address must be allowed
 * too. Cloud metadata services are refused always.
 *
 * @param ip the textual address, as DNS or a socket gives it
 */
export function checkAddress(policy: CompiledUrlPolicy, ip: string): AddressCheck {
  const address = parseAddress(ip);
  if (address === null) return { ok: false, reason: 'the address is not a plain IP address' };
  return isAllowed(policy, address) ? ALLOWED : { ok: false, reason: `address ${ip} is not allowed` };
}

const ALLOWED: AddressCheck = { ok: true };

function isAllowed(policy: CompiledUrlPolicy, address: Address): boolean {
  if (isMetadata(address)) return false;
  const opened = isInAny(address, policy.allowedRanges);
  const carried = embeddedIpv4(address);
  return carried === null ? opened || isPublic(address) : opened && isAllowed(policy, carried);
}

/** The parts of a URL as its author spelled them: WHATWG parsing repairs and rewrites what should be refused here. */
interface Spelling {
  scheme: string;
  authority: string;
  path: string;
  fragment: string;
}

const SHAPE = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<authority>[^/?#]*)(?<path>[^#]*)(?<fragment>#.*)?$/i;

// Backslashes count as slashes in WHATWG parsing: `https://public.example\@10.0.0.1` would mean two hosts.
// eslint-disable-next-line no-control-regex
const INVALID_CHARACTERS = /[\u0000-\u0020\u007f-\u00a0\\\s]|\p{Surrogate}/u;

/**
 * Checks a URL when it is saved, and again before each request (the policy may have become stricter since). The host
 * must be spelled plainly: what parsers would quietly turn into another host is refused. Where a name leads is
 * decided at connect time by {@link checkAddress}.
 */
export function checkUrl(policy: CompiledUrlPolicy, text: string): UrlCheck {
  if (text.length > MAX_URL_LENGTH) return refuse('too-long', `the URL is longer than ${MAX_URL_LENGTH} characters`);
  if (INVALID_CHARACTERS.test(text)) {
    return refuse('invalid-characters', 'the URL contains whitespace, a control character or a backslash');
  }
  const spelling = SHAPE.exec(text)?.groups as Spelling | undefined;
  if (spelling === undefined) return refuse('malformed', 'not an absolute URL like https://example.com/webhooks');
  return checkOutline(policy, spelling) ?? checkHostAndStore(policy, text, spelling);
}

function checkOutline(policy: CompiledUrlPolicy, { scheme, authority, fragment }: Spelling): UrlRefusal | null {
  if (!/^https?$/i.test(scheme) || (!policy.allowHttp && scheme.length === 4)) {
    return refuse('scheme', policy.allowHttp ? 'only https and http URLs are allowed' : 'only https URLs are allowed');
  }
  if (authority.includes('@')) return refuse('userinfo', 'the URL must not contain a user name or password');
  if (fragment) return refuse('fragment', 'the URL must not contain a fragment (#): it would never be sent');
  return null;
}

const HOST_AND_PORT = /^(?<host>\[[^\]]*\]|[^:[\]]*)(?<port>:.*)?$/;

function checkHostAndStore(policy: CompiledUrlPolicy, text: string, spelling: Spelling): UrlCheck {
  const { host = '', port } = HOST_AND_PORT.exec(spelling.authority)?.groups ?? {};
  if (host === '') return refuse('host', 'the URL has no valid host');
  if (port !== undefined && (!/^:[1-9]\d{0,4}$/.test(port) || Number(port.slice(1)) > 65_535)) {
    return refuse('port', 'the port must be a number from 1 to 65535');
  }
  if (!URL.canParse(text)) return refuse('host', 'the host is not valid');
  const parsed = new URL(text);
  const refusal = checkHost(policy, host, parsed.hostname);
  if (refusal) return refusal;
  const url = spelling.path === '' ? parsed.href.slice(0, -1) : parsed.href;
  if (url.length > MAX_URL_LENGTH) {
    return refuse('too-long', `the URL is longer than ${MAX_URL_LENGTH} characters once encoded`);
  }
  return { ok: true, url };
}

/** @param written the host as in the text, @param host the same after WHATWG parsing */
function checkHost(policy: CompiledUrlPolicy, written: string, host: string): UrlRefusal | null {
  if (host.startsWith('[')) return checkLiteral(policy, host.slice(1, -1));
  if (written.endsWith('.')) return refuse('host', 'the host must not end with a dot');
  if (!isSpelledPlainly(written, host)) {
    return refuse('host', `the host must be written plainly, it would be read as ${host}`);
  }
  return isIPv4(host) ? checkLiteral(policy, host) : checkName(policy, host);
}

function checkLiteral(policy: CompiledUrlPolicy, ip: string): UrlRefusal | null {
  const check = checkAddress(policy, ip);
  return check.ok ? null : refuse('address-blocked', check.reason);
}

/** False for decimal, octal and hexadecimal addresses, percent-encoding, full-width digits and dots, invisible letters. */
function isSpelledPlainly(written: string, host: string): boolean {
  const lower = written.toLowerCase().normalize('NFC');
  return lower === host || lower === domainToUnicode(host);
}

const NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

// RFC 6761, RFC 6762, RFC 8375 and ICANN's reservation of .internal: names that never lead to the public internet.
const LOCAL_NAME = /^[^.]*$|\.(?:local|localdomain|internal|home\.arpa)$/;
const LOOPBACK_NAME = /(?:^|\.)localhost$/;

function checkName(policy: CompiledUrlPolicy, host: string): UrlRefusal | null {
  if (!NAME.test(host)) return refuse('host', `"${host}" is not a valid host name`);
  const allowed = LOOPBACK_NAME.test(host)
    ? ['127.0.0.1', '::1'].some((ip) => checkAddress(policy, ip).ok)
    : !LOCAL_NAME.test(host) || policy.allowedRanges.length > 0;
  return allowed ? null : refuse('local-name', `"${host}" is a name of a local network, which is not allowed`);
}

function refuse(code: UrlRefusalCode, reason: string): UrlRefusal {
  return { ok: false, code, reason };
}

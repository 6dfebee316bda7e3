import { EnvError, makeExactValidator, type ExactValidator } from 'envalid';
import ipaddr from 'ipaddr.js';

// Every validator throws an EnvError that completes the sentence "<SETTING> …" and never quotes the value:
// whether a value may be shown is known to the reporter, not here.

const refuse = (message: string): never => {
  throw new EnvError(message);
};

/** One word of a fixed list, spelled exactly like that. */
export const oneOf = <const T extends string>(...choices: readonly T[]): ExactValidator<T> =>
  makeExactValidator<T>(
    (input) => choices.find((choice) => choice === input) ?? refuse(`must be one of ${choices.join(', ')}`),
  );

/** A whole number in decimal digits from `min` to `max`; outside of it is refused, not clamped. */
export const wholeNumber = (min: number, max: number): ExactValidator<number> =>
  makeExactValidator<number>((input) => {
    const value = /^\d{1,15}$/.test(input) ? Number(input) : Number.NaN;
    return value >= min && value <= max ? value : refuse(`must be a whole number from ${min} to ${max}`);
  });

/** `true` or `false` (or 1 and 0). */
export const flag = makeExactValidator<boolean>((input) => {
  if (input === 'true' || input === '1') return true;
  return input === 'false' || input === '0' ? false : refuse('must be true or false');
});

/** Any text. */
export const text = makeExactValidator<string>((input) => input);

/** Text that matches `pattern`; `rule` completes "must be …". */
export const matching = (pattern: RegExp, rule: string): ExactValidator<string> =>
  makeExactValidator<string>((input) => (pattern.test(input) ? input : refuse(`must be ${rule}`)));

/** A URL with one of the given schemes (written without the colon). */
export const urlOf = (...schemes: readonly string[]): ExactValidator<string> =>
  makeExactValidator<string>((input) => {
    const expected = schemes.map((scheme) => `${scheme}://`).join(' or ');
    if (!URL.canParse(input)) refuse(`must be a URL that starts with ${expected}`);
    return schemes.includes(new URL(input).protocol.slice(0, -1)) ? input : refuse(`must start with ${expected}`);
  });

/** At least `bytes` bytes of UTF-8. */
export const secretOfBytes = (bytes: number): ExactValidator<string> =>
  makeExactValidator<string>((input) => {
    const length = Buffer.byteLength(input);
    return length >= bytes ? input : refuse(`must have at least ${bytes} bytes and has ${length}`);
  });

const KEY_256 = /^(?:[0-9a-f]{64}|[A-Za-z0-9+/]{43}=?)$/i;

/** Exactly 32 bytes, written as 64 hexadecimal digits or as base64 (with or without its last `=`). */
export const key256 = makeExactValidator<string>((input) =>
  KEY_256.test(input) ? input : refuse('must be 32 bytes, as base64 or as 64 hexadecimal digits'),
);

/** A comma-separated list of {@link key256}. */
export const key256List = makeExactValidator<readonly string[]>((input) => {
  const keys = splitList(input);
  return keys.every((key) => KEY_256.test(key))
    ? keys
    : refuse('must be keys of 32 bytes, each as base64 or as 64 hexadecimal digits, with commas between them');
});

/** A comma-separated list of the given words, at least one, each once. */
export const listOf = <const T extends string>(...choices: readonly T[]): ExactValidator<readonly T[]> =>
  makeExactValidator<readonly T[]>((input) => {
    const words = splitList(input);
    const known = choices.filter((choice) => words.includes(choice));
    return known.length > 0 && known.length === words.length
      ? known
      : refuse(`must be a comma-separated list of ${choices.join(', ')}, each at most once`);
  });

/** A comma-separated list of address ranges in CIDR notation, IPv4 or IPv6; `none` is the empty list. */
export const cidrList = makeExactValidator<readonly string[]>((input) => {
  if (input === 'none') return [];
  const ranges = splitList(input);
  // The four-part form only: the library also reads `10/8` and octal numbers, which people read differently.
  const wrong = ranges.find((r) => !ipaddr.IPv4.isValidCIDRFourPartDecimal(r) && !ipaddr.IPv6.isValidCIDR(r));
  return wrong === undefined
    ? ranges
    : refuse(`must be a comma-separated list of address ranges such as 10.0.0.0/8 or fd00::/8; "${wrong}" is none`);
});

/** A comma-separated list of what keys begin with; `none` is the empty list. */
export const prefixList = makeExactValidator<readonly string[]>((input) => {
  if (input === 'none') return [];
  const prefixes = splitList(input);
  return prefixes.every((prefix) => /^[A-Za-z0-9_-]{3,40}$/.test(prefix))
    ? prefixes
    : refuse('must be a comma-separated list of 3 to 40 letters, digits, _ and - each');
});

function splitList(input: string): string[] {
  return input.split(',').map((part) => part.trim());
}

import { InvalidArgumentError } from 'commander';
import { isTime } from '../webhooks/http/validators';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DURATION = /^(\d{1,6})(s|m|h|d)$/;
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads an option that is a whole number in a range. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max))
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
    return value;
  };

/** Reads an option that is JSON. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InvalidArgumentError('Expected JSON.');
  }
}

/** Reads an id that this module made. */
export function uuid(text: string): string {
  if (!UUID.test(text)) throw new InvalidArgumentError('Expected a UUID, as the list shows it.');
  return text.toLowerCase();
}

/** Collects ids. */
export const uuids = (text: string, before: string[] | undefined): string[] => [...(before ?? []), uuid(text)];

/** Reads an option that may be given several times. */
export const texts = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

/** Reads `name=value` options into one object. */
export const pairs = (text: string, before: Record<string, string> | undefined): Record<string, string> => {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected name=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
};

/** Reads a time: ISO 8601, or how far away it is: `30d` from now. */
export const timeAhead = (text: string): Date => readTime(text, 1);

/** Reads a time: ISO 8601, or how long ago it was: `15m`. */
export const timeAgo = (text: string): Date => readTime(text, -1);

function readTime(text: string, direction: 1 | -1): Date {
  const [, number, unit] = DURATION.exec(text) ?? [];
  if (number !== undefined) {
    return new Date(Date.now() + direction * Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS]);
  }
  if (isTime(text)) return new Date(text);
  throw new InvalidArgumentError(
    'Expected a time such as 2026-01-31T12:00:00Z, or a duration such as 30s, 15m, 12h, 7d.',
  );
}

/** Reads `100/60s`: so many in so many seconds. */
export function rate(text: string): { limit: number; windowSeconds: number } {
  const [, limit, windowSeconds] = /^(\d{1,7})\/(\d{1,5})s?$/.exec(text) ?? [];
  if (limit === undefined) throw new InvalidArgumentError('Expected requests/seconds, such as 100/60.');
  return { limit: Number(limit), windowSeconds: Number(windowSeconds) };
}

/** Reads an `http:` or `https:` URL. */
export function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidArgumentError('Expected a URL such as http://localhost:8080/hook.');
  return url;
}

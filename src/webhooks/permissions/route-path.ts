import { match } from 'path-to-regexp';

/** How the application's router compares paths. */
export interface PathRules {
  caseSensitive: boolean;
  ignoreTrailingSlash: boolean;
  /** The longest value of a path parameter that it accepts. */
  maxParamLength?: number | undefined;
}

/**
 * Tells whether a request's path is one of the route's, as the router would.
 * @param pattern in path-to-regexp's syntax, which Express reads; a pattern that is none matches nothing
 */
export function pathMatcher(pattern: string, rules: PathRules): (path: string) => boolean {
  const { caseSensitive, ignoreTrailingSlash, maxParamLength = Infinity } = rules;
  try {
    const matches = match(pattern, { sensitive: caseSensitive, trailing: ignoreTrailingSlash });
    return (path) => {
      const found = orFalse(() => matches(path));
      return found !== false && Object.values(found.params).every((value) => !isTooLong(value, maxParamLength));
    };
  } catch {
    return () => false;
  }
}

/** A wildcard's value is a list of segments, and has no limit. */
const isTooLong = (value: unknown, max: number): boolean => typeof value === 'string' && value.length > max;

/** `%ZZ` cannot be decoded: no route takes it. */
function orFalse<Value>(decide: () => Value): Value | false {
  try {
    return decide();
  } catch {
    return false;
  }
}

/** The path alone of what a client would send. */
export const pathnameOf = (target: string): string => target.replace(/[?#].*$/s, '');

/** Whether a route that is declared for one method answers another: GET routes answer HEAD. */
export const answers = (declared: string, method: string): boolean =>
  declared === 'ALL' || declared === method || (declared === 'GET' && method === 'HEAD');

const RANKS = { literal: 0, end: 1, mixed: 2, parameter: 3, wildcard: 4, cut: 5 } as const;

/**
 * Orders paths as a router does that picks the most specific one (Fastify; Nest's `routeResolutionStrategy:
 * 'specificity'`): a literal segment before a parameter, that before a wildcard.
 */
export function bySpecificity(one: string, other: string): number {
  const [left, right] = [ranksOf(one), ranksOf(other)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? endOf(left)) - (right[index] ?? endOf(right));
    if (difference !== 0) return difference;
  }
  return 0;
}

const ranksOf = (path: string): number[] => path.split('/').filter(Boolean).map(rankOf);

function rankOf(segment: string): number {
  if (segment.includes('*')) return RANKS.wildcard;
  if (!segment.includes(':')) return RANKS.literal;
  return /^:\w+$/.test(segment) ? RANKS.parameter : RANKS.mixed;
}

/** A wildcard takes the segments that the other path has more. */
const endOf = (ranks: readonly number[]): number => (ranks.includes(RANKS.wildcard) ? RANKS.cut : RANKS.end);

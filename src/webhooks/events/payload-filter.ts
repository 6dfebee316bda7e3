/**
 * Which payloads an endpoint receives: a pattern that mirrors `data`, in the manner of Amazon EventBridge. Pure, and
 * safe by construction: no expressions, no regular expressions, bounded in depth and size.
 *
 * An object asks its fields, all of them; a list holds the alternatives for one field:
 * - a string, number, boolean or null: equal to it
 * - `{ "prefix": "a" }`, `{ "suffix": "z" }`: a string that begins or ends so
 * - `{ "numeric": [">=", 10, "<", 20] }`: a number within bounds
 * - `{ "anything-but": ["a", "b"] }`: there, and none of these
 * - `{ "exists": false }`: not there (or `true`: there)
 *
 * Where `data` has a list, one of its elements has to match.
 */
export interface PayloadFilter {
  [field: string]: PayloadFilter | readonly Alternative[];
}

type Scalar = string | number | boolean | null;
type Comparison = '<' | '<=' | '>' | '>=' | '=';
type Alternative =
  | Scalar
  | { prefix: string }
  | { suffix: string }
  | { numeric: readonly (Comparison | number)[] }
  | { 'anything-but': Scalar | readonly Scalar[] }
  | { exists: boolean };

const MAX_DEPTH = 8;
const MAX_ALTERNATIVES = 100;
const MAX_TEXT = 255;
const COMPARISONS: Record<Comparison, (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '=': (value, bound) => value === bound,
};

/** What is wrong with a filter, in words that follow its name; null when it can be used. */
export function filterProblem(filter: unknown): string | null {
  let alternatives = 0;
  const check = (value: unknown, path: string, depth: number): string | null => {
    if (depth > MAX_DEPTH) return `is nested more than ${MAX_DEPTH} levels deep`;
    if (Array.isArray(value)) {
      alternatives += value.length;
      if (value.length === 0) return `has no alternatives at ${path}`;
      if (alternatives > MAX_ALTERNATIVES) return `has more than ${MAX_ALTERNATIVES} alternatives`;
      return value.every(isAlternative) ? null : `has an alternative at ${path} that is none of those described`;
    }
    if (!isObject(value)) return `must have an object or a list of alternatives at ${path}`;
    const fields = Object.entries(value);
    if (fields.length === 0) return `asks for nothing at ${path}`;
    for (const [field, inner] of fields) {
      // A field of this name would be lost on its way into the row, and the filter would match everything.
      if (field === '__proto__' || !isStorable(field)) return `asks for a field at ${path} whose name cannot be kept`;
      const problem = check(inner, path === 'its top' ? `"${field}"` : `${path}."${field}"`, depth + 1);
      if (problem !== null) return problem;
    }
    return null;
  };
  return isObject(filter) ? check(filter, 'its top', 1) : 'must be an object that mirrors data';
}

/** Whether `data`, as it is sent, is what the filter asks for. */
export function matchesFilter(filter: PayloadFilter, data: unknown): boolean {
  return Object.entries(filter).every(([field, pattern]) => {
    const value = isObject(data) && Object.hasOwn(data, field) ? data[field] : undefined;
    return Array.isArray(pattern)
      ? pattern.some((alternative) => matchesAlternative(alternative as Alternative, value))
      : matchesNested(pattern as PayloadFilter, value);
  });
}

function matchesNested(pattern: PayloadFilter, value: unknown): boolean {
  return Array.isArray(value)
    ? value.some((element) => matchesFilter(pattern, element))
    : matchesFilter(pattern, value);
}

function matchesAlternative(alternative: Alternative, value: unknown): boolean {
  if (isObject(alternative) && 'exists' in alternative) return (value !== undefined) === alternative.exists;
  return Array.isArray(value)
    ? value.some((element) => matchesValue(alternative, element))
    : matchesValue(alternative, value);
}

function matchesValue(alternative: Alternative, value: unknown): boolean {
  if (!isObject(alternative)) return value === alternative;
  if ('prefix' in alternative) return typeof value === 'string' && value.startsWith(alternative.prefix);
  if ('suffix' in alternative) return typeof value === 'string' && value.endsWith(alternative.suffix);
  if ('numeric' in alternative) return typeof value === 'number' && isWithin(value, alternative.numeric);
  if ('anything-but' in alternative) {
    const excluded = [alternative['anything-but']].flat() as unknown[];
    return value !== undefined && !excluded.includes(value);
  }
  return false;
}

function isWithin(value: number, bounds: readonly (Comparison | number)[]): boolean {
  for (let index = 0; index < bounds.length; index += 2) {
    if (!COMPARISONS[bounds[index] as Comparison](value, bounds[index + 1] as number)) return false;
  }
  return true;
}

function isAlternative(value: unknown): value is Alternative {
  if (isScalar(value)) return true;
  if (!isObject(value)) return false;
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) return false;
  const [operator, operand] = entry;
  if (operator === 'prefix' || operator === 'suffix') return isText(operand);
  if (operator === 'exists') return typeof operand === 'boolean';
  if (operator === 'anything-but') return isScalar(operand) || (isList(operand) && operand.every(isScalar));
  return operator === 'numeric' && isList(operand) && areBounds(operand);
}

function areBounds(operand: readonly unknown[]): boolean {
  if (operand.length !== 2 && operand.length !== 4) return false;
  return operand.every((part, index) =>
    index % 2 === 0 ? typeof part === 'string' && Object.hasOwn(COMPARISONS, part) : Number.isFinite(part),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 0 && value.length <= MAX_ALTERNATIVES;
const isText = (value: unknown): value is string => isScalar(value) && typeof value === 'string' && value !== '';
const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  typeof value === 'boolean' ||
  Number.isFinite(value) ||
  (typeof value === 'string' && value.length <= MAX_TEXT && isStorable(value));
/** PostgreSQL's jsonb takes no U+0000 and no lone surrogates. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

import { closest, distance } from 'fastest-levenshtein';
import { covers, isConcretePermission } from '../api-keys/permissions';

/** A permission that the application knows, beside those that its routes require. */
export interface PermissionDefinition {
  /** `resource:action`. */
  permission: string;
  /** What it lets a key do, in a sentence. */
  description?: string | undefined;
}

/** The permissions that were registered contain mistakes. The message names every one of them, a line each. */
export class PermissionCatalogueError extends Error {
  override readonly name = 'PermissionCatalogueError';
  readonly code = 'permission_catalogue_invalid';
}

/** The longest piece of a wrong permission that is repeated in a message. */
const MAX_QUOTED = 100;

/** @throws PermissionCatalogueError for what is no `resource:action`, is there twice, or is described by no text */
export function checkDefinitions(definitions: readonly PermissionDefinition[]): void {
  const seen = new Set<string>();
  const problems = definitions.flatMap(({ permission, description }) => {
    const isText = typeof permission === 'string';
    if (!isText || !isConcretePermission(permission))
      return [`${quoted(permission)} is not of the form resource:action`];
    if (description !== undefined && !isDescription(description))
      return [`${quoted(permission)}: its description is no text`];
    if (seen.has(permission)) return [`${quoted(permission)} is registered twice`];
    seen.add(permission);
    return [];
  });
  if (problems.length > 0) {
    throw new PermissionCatalogueError(`Permissions cannot be used:\n  ${problems.join('\n  ')}`);
  }
}

const isDescription = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const quoted = (text: unknown): string => `"${String(text).slice(0, MAX_QUOTED)}"`;

/** Whether a granted permission includes something that exists: every wildcard needs a known resource, but `*` none. */
export function isKnown(granted: string, known: Iterable<string>): boolean {
  if (granted === '*') return true;
  for (const permission of known) if (covers(granted, permission)) return true;
  return false;
}

/** What is wrong with an unknown permission, and what was probably meant. */
export function describeUnknown(granted: string, known: readonly string[]): string {
  const likely = nearest(granted, granted.endsWith(':*') ? [...new Set(known.map(wildcardOf))] : known);
  const hint = likely === undefined ? 'GET /permissions lists what there is' : `did you mean "${likely}"?`;
  return `${quoted(granted)} is not a known permission; ${hint}`;
}

/** `messages:*` of `messages:send`. */
export const wildcardOf = (permission: string): string => `${permission.slice(0, permission.indexOf(':'))}:*`;

/** The nearest of them, unless even that differs in half of its letters: then it is no misspelling. */
function nearest(text: string, known: readonly string[]): string | undefined {
  // What is compared is bounded: in-process callers may hand over anything.
  const asked = text.slice(0, MAX_QUOTED);
  if (known.length === 0) return undefined;
  const found = closest(asked, known);
  return distance(asked, found) <= Math.max(asked.length, found.length) / 2 ? found : undefined;
}

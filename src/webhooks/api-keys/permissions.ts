/**
 * The grammar of permissions: `*`, `resource:*` or `resource:action`, each part `[a-z0-9_-]+`.
 * Pure; the one place that matches them.
 */
const PART = '[a-z0-9_-]+';
const PERMISSION = new RegExp(`^(?:\\*|${PART}:(?:\\*|${PART}))$`);
const CONCRETE = new RegExp(`^${PART}:${PART}$`);

/** The most permissions one key may hold. */
export const MAX_PERMISSIONS = 100;

/** The longest permission, in characters. */
const MAX_PERMISSION_LENGTH = 100;

/** Whether the text is a permission that may be granted. */
export const isPermission = (text: string): boolean => text.length <= MAX_PERMISSION_LENGTH && PERMISSION.test(text);

/** Whether the text names one action, as a route requires it: no wildcard. */
export const isConcretePermission = (text: string): boolean =>
  text.length <= MAX_PERMISSION_LENGTH && CONCRETE.test(text);

/** Whether one granted permission includes another: `messages:*` covers `messages:send`, not `messagesX:send`. */
export function covers(granted: string, wanted: string): boolean {
  if (granted === '*' || granted === wanted) return true;
  // The colon is part of what is compared, so a resource never matches a longer name.
  return granted.endsWith(':*') && wanted.startsWith(granted.slice(0, -1));
}

/** The wanted permissions that nothing granted includes, in the order they were asked for. */
export function missingPermissions(granted: readonly string[], wanted: readonly string[]): string[] {
  const missing: string[] = [];
  // Plain loops: this is every request's path.
  for (const permission of wanted) if (!isGranted(granted, permission)) missing.push(permission);
  return missing;
}

function isGranted(granted: readonly string[], wanted: string): boolean {
  for (const holder of granted) if (covers(holder, wanted)) return true;
  return false;
}

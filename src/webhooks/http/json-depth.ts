/** Levels of nesting that `data` may have. */
export const MAX_DATA_DEPTH = 64;

/**
 * Whether objects and arrays are nested more than `limit` levels deep; the value itself is level 1.
 * Works without recursion, so that no input can exhaust the stack, and ends at the first place that is too deep.
 */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: object[] = isContainer(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

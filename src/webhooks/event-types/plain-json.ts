/**
 * Whether `JSON.stringify` would write the value as it is: nothing in it is converted, replaced or left out. Then the
 * value stands for what is sent, and needs no second look after it was written.
 *
 * Works without recursion; the value must have no cycle. Pure.
 */
export function isPlainJson(value: unknown): boolean {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === null || typeof next === 'string' || typeof next === 'boolean') continue;
    if (typeof next === 'number') {
      if (Number.isFinite(next)) continue;
      return false;
    }
    if (typeof next !== 'object') return false;
    const isList = Array.isArray(next);
    const prototype: unknown = Object.getPrototypeOf(next);
    const isPlain = isList ? prototype === Array.prototype : prototype === Object.prototype || prototype === null;
    if (!isPlain || 'toJSON' in next) return false;
    // A hole in a list is undefined here, and refused as such.
    for (const item of isList ? next : Object.values(next)) waiting.push(item);
  }
  return true;
}

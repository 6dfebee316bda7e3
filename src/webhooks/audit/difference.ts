/**
 * The fields in which two states differ, as JSON has them.
 * @param hidden fields that differ though they look the same: they are kept as well
 * @returns null when there is no difference; a side without any such field is left out
 */
export function differing(
  before: object,
  after: object,
  hidden: readonly string[] = [],
): { before?: object; after?: object } | null {
  const [old, now] = [Object.entries(before), Object.entries(after)];
  const texts = new Map(old.map(([field, value]) => [field, JSON.stringify(value)]));
  const changed = new Set([
    ...old.flatMap(([field]) => (Object.hasOwn(after, field) ? [] : [field])),
    ...now.flatMap(([field, value]) => (texts.get(field) === JSON.stringify(value) ? [] : [field])),
    ...hidden,
  ]);
  const [left, right] = [old, now].map((entries) => entries.filter(([field]) => changed.has(field)));
  if (!left?.length && !right?.length) return null;
  return {
    ...(left?.length && { before: Object.fromEntries(left) }),
    ...(right?.length && { after: Object.fromEntries(right) }),
  };
}

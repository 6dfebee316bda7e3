import { firstIdAt } from './ids';

/** A part of a list of one customer's rows whose ids hold their time. */
export interface IdRange {
  /** Made at this time or later, and before that one. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** The last id of the page before. */
  after: string | null;
  limit: number;
}

/**
 * The end of a statement that lists rows of one customer, newest first.
 * @param filters a condition with `?` for its value, and the value; one without a value does not count
 */
export function idPage(
  customerId: string,
  filters: readonly (readonly [condition: string, value: unknown])[],
  { from, to, after, limit }: IdRange,
): { clause: string; values: unknown[] } {
  const values: unknown[] = [customerId];
  const conditions = ['"customerId" = $1'];
  const range = [
    // An id holds its row's time, so time is cut by the column that every index ends with.
    ['id >= ?::uuid', from && firstIdAt(from)],
    ['id < ?::uuid', to && firstIdAt(to)],
    ['id < ?::uuid', after],
  ] as const;
  for (const [condition, value] of [...filters, ...range]) {
    if (value === undefined || value === null) continue;
    values.push(value);
    conditions.push(condition.replace('?', `$${values.length}`));
  }
  values.push(limit);
  return { clause: `WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $${values.length}`, values };
}

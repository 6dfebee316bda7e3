/** A part of a list that grows. */
export interface Page<Item> {
  data: Item[];
  /** Null at the end. */
  nextCursor: string | null;
}

/**
 * Every item of a list, page by page; the next page is asked for when the last one was used up.
 *
 * @example
 * ```ts
 * const failed = pages((cursor) =>
 *   unwrap(client.GET('/webhook-events', { params: { query: { status: 'FAILED', ...cursor } } })),
 * );
 * for await (const delivery of failed) console.log(delivery.id, delivery.lastError);
 * ```
 * @param read is called with `{}` for the first page, then with `{ cursor }`
 */
export async function* pages<Item>(
  read: (position: { cursor?: string }) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let position: { cursor?: string } = {};
  for (;;) {
    const { data, nextCursor } = await read(position);
    yield* data;
    if (nextCursor === null) return;
    position = { cursor: nextCursor };
  }
}

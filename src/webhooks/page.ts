import { invalidField } from './webhooks.errors';

/** A part of a list that grows, newest first. */
export interface Page<Item> {
  data: Item[];
  /** Pass it as `cursor` for the next page; null at the end. */
  nextCursor: string | null;
}

/** Which part of a list is asked for. */
export interface PageQuery {
  /** The `nextCursor` of an earlier page; left out = from the newest on. */
  cursor?: string | undefined;
  limit: number;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const VERSION = 1;
const LENGTH = 17;

/** Writes the position after a row: opaque to clients, who pass it on as it is. */
export const encodeCursor = (id: string): string =>
  Buffer.concat([Buffer.of(VERSION), Buffer.from(id.replaceAll('-', ''), 'hex')]).toString('base64url');

/** The row id that a cursor stands for. @throws WebhooksError `invalid_cursor` */
export function decodeCursor(cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const id = bytes.toString('hex', 1).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const isOurs = bytes.length === LENGTH && bytes[0] === VERSION && UUID.test(id) && encodeCursor(id) === cursor;
  if (!isOurs) throw invalidField('invalid_cursor', 'cursor', 'must be the nextCursor of an earlier page');
  return id;
}

/**
 * One page of a list.
 * @param read the rows after an id, newest first, `limit` of them at most
 * @throws WebhooksError `invalid_cursor`
 */
export async function readPage<Row extends { id: string }>(
  { cursor, limit }: PageQuery,
  read: (after: string | null, limit: number) => Promise<Row[]>,
): Promise<Page<Row>> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  // One more than asked for tells whether there is a next page.
  const rows = await read(after, limit + 1);
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last.id) : null };
}

import { invalidField } from '../webhooks.errors';

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

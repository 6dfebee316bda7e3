import type { Page } from '../page';
import { list, model, orNull, text, type Schema } from './schema';

/** A part of a list that grows. */
export const pageOf = (name: string, item: Schema): Schema =>
  model<Page<unknown>>(name, 'A part of a list, newest first.', {
    data: list(item, 'Newest first.'),
    nextCursor: orNull(text('Pass it as `cursor` for the next page; null at the end.', 'AQGb0MAAAHAAgAAAAAAAAAA')),
  });

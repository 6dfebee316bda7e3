import fc from 'fast-check';
import { decodeCursor, encodeCursor, readPage } from './page';
import { WebhooksError } from './webhooks.errors';

describe('cursors', () => {
  it('property: every id comes back', () => {
    fc.assert(fc.property(fc.uuid(), (id) => decodeCursor(encodeCursor(id)) === id));
  });

  it('property: what was made up is refused, and never anything but a WebhooksError', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text)).toThrow(WebhooksError);
      }),
    );
  });

  it.each([
    '',
    'abc',
    'AQ',
    `${encodeCursor('01890000-0000-7000-8000-000000000000')}=`,
    Buffer.alloc(17, 2).toString('base64url'),
  ])('refuses %j', (text) => {
    expect(() => decodeCursor(text)).toThrow('nextCursor of an earlier page');
  });
});

describe('readPage', () => {
  const ids = [3, 2, 1].map((n) => ({ id: `01890000-0000-7000-8000-00000000000${n}` }));
  const read = async (after: string | null, limit: number) =>
    Promise.resolve(ids.filter(({ id }) => after === null || id < after).slice(0, limit));

  it('goes on after the last row of the page before, and ends with null', async () => {
    const first = await readPage({ limit: 2 }, read);
    expect(first.data).toEqual(ids.slice(0, 2));
    const second = await readPage({ limit: 2, cursor: first.nextCursor! }, read);
    expect(second).toEqual({ data: ids.slice(2), nextCursor: null });
  });

  it('ends with null when the last page is full, and when there is nothing', async () => {
    expect(await readPage({ limit: 3 }, read)).toEqual({ data: ids, nextCursor: null });
    expect(await readPage({ limit: 3 }, () => Promise.resolve([]))).toEqual({ data: [], nextCursor: null });
  });
});

import fc from 'fast-check';
import { WebhooksError } from '../webhooks.errors';
import { decodeCursor, encodeCursor } from './cursor';

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

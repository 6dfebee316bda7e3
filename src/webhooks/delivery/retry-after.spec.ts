import fc from 'fast-check';
import { parseRetryAfter } from './retry-after';

const now = Date.parse('2026-03-01T12:00:00Z');

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['31536000', 31_536_000_000],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sunday, 01-Mar-26 12:00:30 GMT', 30_000],
    ['Sun Mar  1 12:00:30 2026', 30_000],
  ])('[webhook 31] reads %j as %d ms', (value, expected) => expect(parseRetryAfter(value, now)).toBe(expected));

  it.each([
    undefined,
    '',
    '-5',
    '+5',
    '1.5',
    '5s',
    '0x10',
    'soon',
    '5, 6',
    '2026-03-01T13:00:00Z',
    'Sun, 01 Mar 2026 11:59:59 GMT',
    'Sun, 01 Mar 2026 12:00:00 GMT',
    'Sun, 99 Mar 2026 12:00:30 GMT',
    'Sun, 01 Mar 2026 12:00:30 CET',
    'Sun Xxx  1 12:00:30 2026',
  ])('[webhook 31] takes no wait from %j', (value) => expect(parseRetryAfter(value, now)).toBeNull());

  it('gives a finite wait that is not negative, or null, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const wait = parseRetryAfter(value, now);
        expect(wait === null || (Number.isFinite(wait) && wait >= 0)).toBe(true);
      }),
    );
  });
});

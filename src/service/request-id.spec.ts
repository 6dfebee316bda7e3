import { requestIdOf } from './request-id';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('requestIdOf', () => {
  it.each(['a', 'req-1.2_3:4', '0af7651916cd43dd8448eb211c80319c', 'x'.repeat(128)])('keeps %s', (id) => {
    expect(requestIdOf({ 'x-request-id': id, traceparent: TRACE })).toBe(id);
  });

  it.each([
    ['too long', 'x'.repeat(129)],
    ['empty', ''],
    ['a line break', 'a\nb'],
    ['a space', 'a b'],
    ['a quote', 'a"b'],
    ['sent twice', 'a, b'],
    ['an API key', `sk_${'A'.repeat(43)}`],
    ['a part of it an API key', `id:skc_${'A'.repeat(43)}`],
    ['a signing secret', 'whsec_AAAA'],
  ])('makes a new one where it is %s', (_, id) => {
    expect(requestIdOf({ 'x-request-id': id })).toMatch(UUID);
  });

  it('takes the trace’s id where there is no own', () => {
    expect(requestIdOf({ traceparent: TRACE })).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(requestIdOf({ traceparent: 'made up' })).toMatch(UUID);
    expect(requestIdOf({})).not.toBe(requestIdOf({}));
  });
});

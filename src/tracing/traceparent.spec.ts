import fc from 'fast-check';
import { formatTraceparent, parseTraceparent } from './traceparent';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

describe('parseTraceparent', () => {
  it('reads version 00, and later versions as far as they are like it', () => {
    const position = { traceId: TRACE, spanId: SPAN, traceFlags: 1, isRemote: true };
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual(position);
    expect(parseTraceparent(`cc-${TRACE}-${SPAN}-03-more`)).toEqual(position);
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-00`)).toEqual({ ...position, traceFlags: 0 });
  });

  it.each([
    null,
    undefined,
    '',
    'x',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01x`,
    `00-${TRACE}-${SPAN}`,
  ])('%j is none', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });

  it('property: reads what was written, always 55 characters', () => {
    const hexadecimal = (length: number): fc.Arbitrary<string> =>
      fc
        .array(
          fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16)),
          { minLength: length, maxLength: length },
        )
        .map((digits) => digits.join(''))
        .filter((text) => /[^0]/.test(text));
    fc.assert(
      fc.property(hexadecimal(32), hexadecimal(16), fc.constantFrom(0, 1), (traceId, spanId, traceFlags) => {
        const written = formatTraceparent({ traceId, spanId, traceFlags });
        expect(written).toHaveLength(55);
        expect(parseTraceparent(written)).toEqual({ traceId, spanId, traceFlags, isRemote: true });
      }),
    );
  });
});

describe('formatTraceparent', () => {
  it('has nothing to write without an SDK', () => {
    expect(formatTraceparent(undefined)).toBeNull();
    expect(formatTraceparent({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 })).toBeNull();
  });
});

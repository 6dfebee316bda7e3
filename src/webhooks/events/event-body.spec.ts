import fc from 'fast-check';
import { WebhooksError } from '../webhooks.errors';
import { buildEventBody } from './event-body';

const AT = new Date('2024-01-01T00:00:00.000Z');
const build = (data: unknown, maxBytes = 100_000): string => buildEventBody('message.sent', AT, data, maxBytes).text;

function refusal(data: unknown, maxBytes?: number): WebhooksError {
  try {
    build(data, maxBytes);
  } catch (error) {
    if (error instanceof WebhooksError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

const nested = (levels: number): object => {
  let value: object = {};
  for (let level = 1; level < levels; level += 1) value = level % 2 === 0 ? { a: value } : [value];
  return { a: value };
};

describe('buildEventBody', () => {
  it('writes event, timestamp and data in this order', () => {
    expect(build({ a: 1 })).toBe('{"event":"message.sent","timestamp":"2024-01-01T00:00:00.000Z","data":{"a":1}}');
  });

  it('sends a Date as its ISO string, and what a toJSON returns', () => {
    expect(build({ at: AT, x: { toJSON: () => [1] } })).toContain('"data":{"at":"2024-01-01T00:00:00.000Z","x":[1]}}');
    expect(build({ toJSON: () => ({ b: 2 }) })).toContain('"data":{"b":2}}');
  });

  it('passes U+0000, __proto__ and lone surrogates on', () => {
    const data: unknown = JSON.parse('{"__proto__":{"a":1},"nul":"\\u0000","lone":"\\ud800"}');
    expect(build(data)).toContain('"data":{"__proto__":{"a":1},"nul":"\\u0000","lone":"\\ud800"}}');
  });

  it.each([
    ['null', null],
    ['an array', []],
    ['a text', 'x'],
    ['nothing', undefined],
    ['a toJSON that returns a text', { toJSON: () => 'x' }],
    ['a toJSON that returns nothing', { toJSON: () => undefined }],
  ])('refuses %s as data', (_, data) => {
    expect(refusal(data)).toMatchObject({ kind: 'invalid', code: 'invalid_event_data' });
  });

  it('says where an invalid Date, a BigInt or a cycle is', () => {
    const cycle: Record<string, unknown> = {};
    cycle['me'] = { again: cycle };
    expect(refusal({ list: [{ at: new Date(Number.NaN) }] }).message).toBe('data: has an invalid Date at "at"');
    expect(refusal({ big: 1n }).message).toBe('data: has a BigInt at "big": send it as a string');
    expect(refusal(cycle).message).toBe('data: refers to itself at "again"');
    expect(refusal([[new Date(Number.NaN)]].concat()).message).toContain('must be an object');
  });

  it('the same object twice side by side is no cycle', () => {
    const shared = { a: 1 };
    expect(build({ x: shared, y: [shared, shared] })).toContain('{"x":{"a":1},"y":[{"a":1},{"a":1}]}');
  });

  it('does not repeat what a toJSON or a getter throws', () => {
    const throws = (): never => {
      throw new Error('secret');
    };
    expect(refusal({ x: { toJSON: throws } }).message).not.toContain('secret');
    expect(refusal(Object.defineProperty({}, 'x', { enumerable: true, get: throws })).message).toContain('getter');
  });

  it('accepts 64 levels and refuses 65, and 10,000 without exhausting the stack', () => {
    expect(build(nested(63))).toContain('"data"');
    expect(refusal(nested(64)).message).toBe('data: is nested more than 64 levels deep');
    expect(refusal(nested(10_000)).message).toContain('64 levels');
  });

  it('counts bytes, not characters', () => {
    const size = Buffer.byteLength(build({ a: 'ü' }));
    expect(build({ a: 'ü' }, size)).toContain('ü');
    expect(refusal({ a: 'ü' }, size - 1)).toMatchObject({ kind: 'too-large', code: 'payload_too_large' });
  });

  it('property: any JSON object is written as JSON.stringify writes it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (data) => {
        expect(build(data, Number.MAX_SAFE_INTEGER)).toBe(
          `{"event":"message.sent","timestamp":"2024-01-01T00:00:00.000Z","data":${JSON.stringify(data)}}`,
        );
      }),
    );
  });
});

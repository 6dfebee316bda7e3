import { isPlainJson } from './plain-json';

describe('isPlainJson', () => {
  it.each([
    ['an empty object', {}],
    ['nested plain values', { a: [1, 'x', null, true, { b: [] }] }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['what a parser made, __proto__ included', JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}')],
  ])('is true for %s', (_, value) => {
    expect(isPlainJson(value)).toBe(true);
  });

  it.each([
    ['a Date', { at: new Date() }],
    ['undefined', { a: undefined }],
    ['a hole in a list', { a: Array(2) }],
    ['NaN', [Number.NaN]],
    ['Infinity', { a: { b: Infinity } }],
    ['a BigInt', { a: 1n }],
    ['a function', { a: () => 1 }],
    ['a symbol', { a: Symbol('x') }],
    ['an instance of a class', { a: new (class extends Object {})() }],
    ['a boxed string', { a: new String('x') }],
    ['a Map', new Map()],
    ['a list with methods of its own', { a: new (class L extends Array {})() }],
    ['a toJSON', { a: { toJSON: () => 'other' } }],
  ])('is false for %s', (_, value) => {
    expect(isPlainJson(value)).toBe(false);
  });
});

import { differing } from './difference';

describe('differing', () => {
  it('keeps the fields that differ, of both sides', () => {
    const before = { name: 'a', events: ['x'], at: new Date(0), same: { deep: [1] } };
    const after = { name: 'b', events: ['x', 'y'], at: new Date(1), same: { deep: [1] } };
    expect(differing(before, after)).toEqual({
      before: { name: 'a', events: ['x'], at: new Date(0) },
      after: { name: 'b', events: ['x', 'y'], at: new Date(1) },
    });
  });

  it('is null where nothing differs', () => {
    expect(differing({}, {})).toBeNull();
    expect(differing({ at: new Date(5), a: null }, { a: null, at: new Date(5) })).toBeNull();
  });

  it('leaves a side out that has none of the fields', () => {
    expect(differing({ a: 1 }, { a: 1, b: 2 })).toEqual({ after: { b: 2 } });
    expect(differing({ a: 1, b: null }, { a: 1 })).toEqual({ before: { b: null } });
  });

  it('keeps what has changed without showing it', () => {
    expect(differing({ a: 1, b: 2 }, { a: 1, b: 2 }, ['b'])).toEqual({ before: { b: 2 }, after: { b: 2 } });
    expect(differing({ a: 1 }, { a: 1 }, ['nowhere'])).toBeNull();
  });
});

import { isDeeperThan } from './json-depth';

const arrays = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('isDeeperThan', () => {
  it('counts the value itself as level 1', () => {
    expect([isDeeperThan(1, 0), isDeeperThan({}, 0), isDeeperThan({}, 1), isDeeperThan({ a: [] }, 1)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect(isDeeperThan(arrays(64), 64)).toBe(false);
    expect(isDeeperThan(arrays(65), 64)).toBe(true);
  });

  it('a very deep value exhausts nothing', () => {
    expect(isDeeperThan(arrays(10_000), 64)).toBe(true);
    expect(isDeeperThan(arrays(10_000), 10_000)).toBe(false);
  });
});

import { firstIdAt, newId, timeOf } from './ids';

describe('ids', () => {
  it('sort in the order they are made, and hold their time', () => {
    const before = Date.now();
    const ids = Array.from({ length: 1_000 }, newId);
    expect(ids.toSorted()).toEqual(ids);
    const times = ids.map((id) => timeOf(id).getTime());
    expect(times.every((time) => time >= before && time <= Date.now() + 1)).toBe(true);
  });

  it('are UUIDs of version 7, none of them twice, whatever the clock does', () => {
    const clock = jest.spyOn(Date, 'now');
    const real = Date.now();
    const ids = [0, 0, 5, -60_000, 0, 1, -1, 6, 7].flatMap((offset) => {
      clock.mockReturnValue(real + offset);
      return Array.from({ length: 500 }, newId);
    });
    clock.mockRestore();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // The end of an id, which only chance decides, is not the same in two of them.
    expect(new Set(ids.map((id) => id.slice(-10))).size).toBe(ids.length);
  });

  it('the first id of a millisecond sorts before the ids of that millisecond, and after earlier ones', () => {
    const id = newId();
    const time = timeOf(id);
    expect(firstIdAt(time) < id).toBe(true);
    expect(firstIdAt(new Date(time.getTime() + 1)) > id).toBe(true);
    expect(firstIdAt(new Date(-1))).toBe('00000000-0000-0000-0000-000000000000');
  });
});

import { firstIdAt, newEventId, timeOf } from './event-id';

describe('event ids', () => {
  it('sort in the order they are made, and hold their time', () => {
    const before = Date.now();
    const ids = Array.from({ length: 1_000 }, newEventId);
    expect(ids.toSorted()).toEqual(ids);
    const times = ids.map((id) => timeOf(id).getTime());
    expect(times.every((time) => time >= before && time <= Date.now() + 1)).toBe(true);
  });

  it('the first id of a millisecond sorts before the ids of that millisecond, and after earlier ones', () => {
    const id = newEventId();
    const time = timeOf(id);
    expect(firstIdAt(time) < id).toBe(true);
    expect(firstIdAt(new Date(time.getTime() + 1)) > id).toBe(true);
    expect(firstIdAt(new Date(-1))).toBe('00000000-0000-0000-0000-000000000000');
  });
});

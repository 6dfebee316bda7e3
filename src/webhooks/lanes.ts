/**
 * Lets items of the same name go one way, apart from those of other names: what has to wait in one lane holds up nobody
 * in another. A lane is there as long as something is in it.
 *
 * @param open makes the way of one lane
 */
export function createLanes<Item, Result>(
  laneOf: (item: Item) => string,
  open: () => (item: Item) => Promise<Result>,
): (item: Item) => Promise<Result> {
  const lanes = new Map<string, { run: (item: Item) => Promise<Result>; underWay: number }>();
  return async (item) => {
    const name = laneOf(item);
    const lane = lanes.get(name) ?? { run: open(), underWay: 0 };
    lanes.set(name, lane);
    lane.underWay += 1;
    try {
      return await lane.run(item);
    } finally {
      lane.underWay -= 1;
      if (lane.underWay === 0) lanes.delete(name);
    }
  };
}

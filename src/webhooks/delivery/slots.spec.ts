import { Slots } from './slots';

/** The order in which waiting ones get the only slot, when each gives it back at once. */
async function orderOf(flows: readonly string[]): Promise<string[]> {
  const slots = new Slots(1);
  expect(slots.take('first')).toBeUndefined();
  const order: string[] = [];
  const turns = flows.map(async (flow) => {
    await slots.take(flow.slice(0, 1));
    order.push(flow);
    slots.giveBack();
  });
  slots.giveBack();
  await Promise.all(turns);
  expect(slots.take('last')).toBeUndefined();
  return order;
}

describe('Slots', () => {
  it('lets so many go at once', () => {
    const slots = new Slots(2);
    expect([slots.take('a'), slots.take('a'), slots.take('b')]).toEqual([undefined, undefined, expect.any(Promise)]);
  });

  it('lets those of one flow go in the order they came', async () => {
    expect(await orderOf(['a1', 'a2', 'a3'])).toEqual(['a1', 'a2', 'a3']);
  });

  it('lets flows take turns: a lone one does not wait for a flood', async () => {
    expect(await orderOf(['a1', 'a2', 'a3', 'b1', 'a4', 'c1', 'b2'])).toEqual([
      'a1',
      'b1',
      'c1',
      'a2',
      'b2',
      'a3',
      'a4',
    ]);
  });
});

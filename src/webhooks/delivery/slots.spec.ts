import { Slots } from './slots';

/** The order in which waiting ones get the only slot, when each gives it back at once: `ax1` is the first of customer a's flow x. */
async function orderOf(waiting: readonly string[]): Promise<string[]> {
  const slots = new Slots(1);
  expect(slots.take('first', 'one')).toBeUndefined();
  const order: string[] = [];
  const turns = waiting.map(async (one) => {
    await slots.take(one[0]!, one[1]!);
    order.push(one);
    slots.giveBack();
  });
  slots.giveBack();
  await Promise.all(turns);
  expect(slots.take('last', 'one')).toBeUndefined();
  return order;
}

describe('Slots', () => {
  it('lets so many go at once', () => {
    const slots = new Slots(2);
    expect([slots.take('a', '1'), slots.take('a', '1'), slots.take('b', '1')]).toEqual([
      undefined,
      undefined,
      expect.any(Promise),
    ]);
  });

  it('lets those of one flow go in the order they came', async () => {
    expect(await orderOf(['ax1', 'ax2', 'ax3'])).toEqual(['ax1', 'ax2', 'ax3']);
  });

  it("lets a customer's flows take turns: a lone one does not wait for a flood", async () => {
    expect(await orderOf(['ax1', 'ax2', 'ax3', 'ay1', 'ax4', 'az1', 'ay2'])).toEqual([
      'ax1',
      'ay1',
      'az1',
      'ax2',
      'ay2',
      'ax3',
      'ax4',
    ]);
  });

  it('lets customers take turns, however many flows each has', async () => {
    expect(await orderOf(['ax1', 'ax2', 'ay1', 'az1', 'bx1', 'bx2', 'bx3'])).toEqual([
      'ax1',
      'bx1',
      'ay1',
      'bx2',
      'az1',
      'bx3',
      'ax2',
    ]);
  });
});

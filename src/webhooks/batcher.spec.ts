import { createBatcher } from './batcher';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createBatcher', () => {
  it('runs calls of the same moment together, and what comes meanwhile with the next batch', async () => {
    const batches: (readonly number[])[] = [];
    let finish: () => void = () => undefined;
    const double = createBatcher<number, number>(
      async (items) => {
        batches.push(items);
        if (batches.length === 1) await new Promise<void>((resolve) => (finish = resolve));
        return items.map((item) => item * 2);
      },
      { maxSize: 3, isHopeless: () => false },
    );
    const first = [double(1), double(2)];
    await settle();
    const second = [double(3), double(4), double(5), double(6)];
    await settle();
    expect(batches).toEqual([[1, 2]]);
    finish();
    expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8, 10, 12]);
    expect(batches).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it('waits for more where it is told to', async () => {
    const batches: (readonly number[])[] = [];
    const run = createBatcher<number, number>(
      (items) => {
        batches.push(items);
        return Promise.resolve(items);
      },
      { maxSize: 10, isHopeless: () => false, gatherMs: 50 },
    );
    const first = run(1);
    await settle();
    expect(await Promise.all([first, run(2)])).toEqual([1, 2]);
    expect(batches).toEqual([[1, 2]]);
  });

  it('one item that cannot succeed takes no other with it', async () => {
    const run = createBatcher<number, number>(
      (items) => (items.includes(2) ? Promise.reject(new Error('two')) : Promise.resolve(items)),
      { maxSize: 10, isHopeless: () => false },
    );
    const results = await Promise.allSettled([run(1), run(2), run(3)]);
    expect(
      results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).message)),
    ).toEqual([1, 'two', 3]);
  });

  it('does not try the items alone when the error would meet them all', async () => {
    let runs = 0;
    const run = createBatcher<number, number>(
      () => {
        runs += 1;
        return Promise.reject(new Error('away'));
      },
      { maxSize: 10, isHopeless: () => true },
    );
    const results = await Promise.allSettled([run(1), run(2)]);
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(runs).toBe(1);
    await expect(run(3)).rejects.toThrow('away');
  });

  it('runs a lone item once more after an error that passes', async () => {
    let runs = 0;
    const run = createBatcher<number, number>(
      (items) => ((runs += 1) % 3 === 0 ? Promise.resolve(items) : Promise.reject(new Error('deadlock'))),
      { maxSize: 10, isHopeless: () => false, isPassing: () => true },
    );
    await expect(run(1)).rejects.toThrow('deadlock');
    expect(await run(2)).toBe(2);
    expect(runs).toBe(3);
  });

  it('an item may be answered with an error of its own', async () => {
    const run = createBatcher<number, number>(
      (items) => Promise.resolve(items.map((i) => (i > 1 ? new Error('big') : i))),
      {
        maxSize: 10,
        isHopeless: () => false,
      },
    );
    const results = await Promise.allSettled([run(1), run(2)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});

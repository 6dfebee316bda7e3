import { createLanes } from './lanes';

describe('createLanes', () => {
  it('opens a lane for each name, and again after it was empty', async () => {
    let opened = 0;
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const send = createLanes<string, number>(
      (item) => item.slice(0, 1),
      () => {
        const lane = (opened += 1);
        return async (item) => {
          if (item === 'a1') await gate;
          if (item === 'b2') throw new Error('no');
          return lane;
        };
      },
    );
    const waiting = send('a1');
    expect(await send('a2')).toBe(1);
    expect(await send('b1')).toBe(2);
    await expect(send('b2')).rejects.toThrow('no');
    expect(await send('b3')).toBe(4);
    release?.();
    expect(await waiting).toBe(1);
    expect(await send('a3')).toBe(5);
  });
});

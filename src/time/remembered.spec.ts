import { setTimeout as sleep } from 'node:timers/promises';
import { Remembered } from './remembered';

describe('Remembered', () => {
  it('asks once for all who ask at once, and not again before its time', async () => {
    let asked = 0;
    const remembered = new Remembered(async () => {
      await sleep(5);
      asked += 1;
      return asked;
    }, 60_000);
    expect(await Promise.all([remembered.get(), remembered.get(), remembered.get()])).toEqual([1, 1, 1]);
    expect(await remembered.get()).toBe(1);
  });

  it('asks again after its time', async () => {
    let asked = 0;
    const remembered = new Remembered(() => Promise.resolve((asked += 1)), 5);
    expect(await remembered.get()).toBe(1);
    await sleep(20);
    expect(await remembered.get()).toBe(2);
  });

  it('asks seldom what takes long: a twentieth of the time at most', async () => {
    let asked = 0;
    const remembered = new Remembered(async () => {
      await sleep(20);
      asked += 1;
      return asked;
    }, 1);
    await remembered.get();
    await sleep(50);
    expect(await remembered.get()).toBe(1);
  });

  it('passes a failure on, and asks again the next time', async () => {
    let asked = 0;
    const remembered = new Remembered(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('away')) : Promise.resolve(asked);
    }, 60_000);
    await expect(remembered.get()).rejects.toThrow('away');
    expect(await remembered.get()).toBe(2);
  });
});

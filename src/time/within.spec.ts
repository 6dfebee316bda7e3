import { setTimeout as sleep } from 'node:timers/promises';
import { within } from './within';

describe('within', () => {
  it('tells whether work was done in time', async () => {
    expect(await within(1_000, Promise.resolve('done'))).toBe(true);
    expect(await within(5, sleep(1_000, undefined, { ref: false }))).toBe(false);
  });

  it('passes a failure on that comes in time, and none that comes later', async () => {
    await expect(within(1_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const late = sleep(20).then(() => {
      throw new Error('late');
    });
    expect(await within(5, late)).toBe(false);
    await sleep(40);
  });
});

import { currentProcess, isAlive, startFromStat } from './process-identity';

describe('startFromStat', () => {
  const stat = (name: string, state: string): string =>
    `42 (${name}) ${state} 1 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 11 0 987654 100 200`;

  it('finds the start, whatever the name of the program', () => {
    expect(startFromStat(stat('node', 'S'), 'boot')).toBe('boot/987654');
    expect(startFromStat(stat('a) R (b c', 'S'), 'boot')).toBe('boot/987654');
  });

  it('counts a zombie as gone', () => {
    expect(startFromStat(stat('node', 'Z'), 'boot')).toBeNull();
    expect(startFromStat('', 'boot')).toBeNull();
  });
});

describe('isAlive', () => {
  it('knows this process', async () => {
    expect(await isAlive(await currentProcess())).toBe(true);
  });

  it('is not deceived by a reused pid', async () => {
    expect(await isAlive({ pid: process.pid, startedAt: 'another boot/1' })).toBe(false);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 30])('says no for %d', async (pid) => {
    expect(await isAlive({ pid, startedAt: '' })).toBe(false);
  });
});

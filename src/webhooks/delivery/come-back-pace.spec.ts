import { ComeBackPace } from './come-back-pace';

const SIZE = 50;
const endpoint = (id: string, isFailing = false) => ({ id, customerId: 'c', isFailing });
const series = (count: number, next: () => number): number[] => Array.from({ length: count }, next);

describe('ComeBackPace', () => {
  it('lets one come back after a second, and of many no more than the endpoint could take', () => {
    const pace = new ComeBackPace(SIZE);
    const delays = series(1_000, () => pace.nextMs(endpoint('slow'), 0));
    expect(delays.slice(0, 3)).toEqual([1_000, 1_005, 1_010]);
    expect(delays.at(-1)).toBe(5_995);
  });

  it('is slower where attempts fail', () => {
    const pace = new ComeBackPace(SIZE);
    expect(series(3, () => pace.nextMs(endpoint('fails', true), 0))).toEqual([5_000, 5_020, 5_040]);
  });

  it('lets none wait for longer than ten seconds, however many there are', () => {
    const pace = new ComeBackPace(SIZE);
    const delays = series(20_000, () => pace.nextMs(endpoint('flooded'), 0));
    expect(Math.max(...delays)).toBe(10_000);
  });

  it('begins anew when what was held up has come back', () => {
    const pace = new ComeBackPace(SIZE);
    series(100, () => pace.nextMs(endpoint('slow'), 0));
    expect(pace.nextMs(endpoint('slow'), 60_000)).toBe(1_000);
  });

  it('keeps endpoints apart', () => {
    const pace = new ComeBackPace(SIZE);
    series(1_000, () => pace.nextMs(endpoint('slow'), 0));
    expect(pace.nextMs(endpoint('another'), 0)).toBe(1_000);
  });
});

import { RareWarnings } from './rare-warnings';

afterEach(() => jest.useRealTimers());

it('logs one line in ten seconds, and how many were left out', () => {
  jest.useFakeTimers({ now: 0 });
  const lines: string[] = [];
  const warnings = new RareWarnings({ warn: (line) => lines.push(line) });
  for (let second = 0; second < 25; second += 1) {
    warnings.warn(`at ${second} s`);
    jest.advanceTimersByTime(1_000);
  }
  expect(lines).toEqual(['at 0 s', 'at 10 s (9 more were left out before)', 'at 20 s (9 more were left out before)']);
});

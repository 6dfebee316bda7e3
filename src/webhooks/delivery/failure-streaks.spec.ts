import { FailureStreaks } from './failure-streaks';

describe('FailureStreaks', () => {
  it('finds that an endpoint fails after its third failure in a row, until it succeeds', () => {
    const streaks = new FailureStreaks();
    const seen = [true, true, false, true, true, true, true, false].map((hasFailed) => {
      streaks.note('a', hasFailed);
      return streaks.isFailing('a');
    });
    expect(seen).toEqual([false, false, false, false, false, true, true, false]);
  });

  it('keeps endpoints apart', () => {
    const streaks = new FailureStreaks();
    for (let times = 0; times < 3; times += 1) streaks.note('a', true);
    streaks.note('b', false);
    expect([streaks.isFailing('a'), streaks.isFailing('b')]).toEqual([true, false]);
  });
});

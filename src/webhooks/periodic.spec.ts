import { Periodic } from './periodic';

describe('Periodic', () => {
  let runs: number;
  let finish: () => void;
  let periodic: Periodic;

  beforeEach(() => {
    jest.useFakeTimers();
    runs = 0;
    periodic = new Periodic(() => {
      runs += 1;
      return new Promise((resolve) => (finish = resolve));
    }, 1_000);
  });
  afterEach(() => jest.useRealTimers());

  const pass = async (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  it('runs first after its delay, then with a pause after the end of each run', async () => {
    periodic.start(50);
    await pass(49);
    expect(runs).toBe(0);
    await pass(5_000);
    expect(runs).toBe(1);
    finish();
    await pass(999);
    expect(runs).toBe(1);
    await pass(1);
    expect(runs).toBe(2);
  });

  it('runs at once when it is kicked, and once more when it was kicked in a run', async () => {
    periodic.start(5_000);
    periodic.kick();
    await pass(0);
    expect(runs).toBe(1);
    periodic.kick();
    periodic.kick();
    await pass(10_000);
    expect(runs).toBe(1);
    finish();
    await pass(1);
    expect(runs).toBe(2);
    finish();
    await pass(999);
    expect(runs).toBe(2);
  });

  it('is not woken by a kick before its start or after its stop', async () => {
    periodic.kick();
    await pass(5_000);
    periodic.start(0);
    await pass(0);
    expect(runs).toBe(1);
    finish();
    await periodic.stop();
    periodic.kick();
    await pass(5_000);
    expect(runs).toBe(1);
  });

  it('waits at its stop for the run that is under way', async () => {
    periodic.start(0);
    await pass(0);
    const order: string[] = [];
    const stopped = periodic.stop().then(() => order.push('stopped'));
    await pass(100);
    order.push('finished');
    finish();
    await stopped;
    expect(order).toEqual(['finished', 'stopped']);
    await pass(5_000);
    expect(runs).toBe(1);
  });
});

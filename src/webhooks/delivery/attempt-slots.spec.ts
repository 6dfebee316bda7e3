import { setTimeout as sleep } from 'node:timers/promises';
import { AttemptSlots, type EndpointHealth } from './attempt-slots';

/** An attempt that ends when it is told to. */
function openEnded(): { attempt: () => Promise<void>; end: () => void; isStarted: () => boolean } {
  let end = (): void => undefined;
  let isStarted = false;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const attempt = (): Promise<void> => {
    isStarted = true;
    return ended;
  };
  return { attempt, end, isStarted: () => isStarted };
}

const well = (id: string, customerId = 'acme'): EndpointHealth => ({ id, customerId, isFailing: false });

const nothing = (): void => undefined;

describe('AttemptSlots', () => {
  it('lets so many attempts go at once, and the others in their order', async () => {
    const slots = new AttemptSlots(2);
    const attempts = [openEnded(), openEnded(), openEnded(), openEnded()];
    const runs = attempts.map(({ attempt }, index) => slots.run(well(`endpoint ${index}`), attempt, nothing));
    await sleep(10);
    expect(attempts.map(({ isStarted }) => isStarted())).toEqual([true, true, false, false]);
    attempts[1]!.end();
    await runs[1];
    await sleep(10);
    expect(attempts.map(({ isStarted }) => isStarted())).toEqual([true, true, true, false]);
    for (const { end } of attempts) end();
    await Promise.all(runs);
  });

  it('takes the slot of an attempt that hangs, and says so', async () => {
    const slots = new AttemptSlots(1);
    const hanging = openEnded();
    const left = jest.fn();
    const run = slots.run(well('tarpit'), hanging.attempt, left);
    await slots.run(well('another'), () => Promise.resolve(), nothing);
    expect(left).toHaveBeenCalledTimes(1);
    hanging.end();
    await run;
  });

  it('knows an endpoint that holds up too many attempts, until they have ended', async () => {
    const slots = new AttemptSlots(2);
    const hanging = [openEnded(), openEnded()];
    const runs = hanging.map(({ attempt }) => slots.run(well('tarpit'), attempt, nothing));
    expect(slots.isHeldUp(well('tarpit'))).toBe(false);
    await sleep(400);
    expect([slots.isHeldUp(well('tarpit')), slots.isHeldUp(well('another'))]).toEqual([true, false]);
    expect(await slots.run(well('tarpit'), () => Promise.resolve('made'), nothing)).toBeNull();
    hanging[0]!.end();
    await runs[0];
    expect(slots.isHeldUp(well('tarpit'))).toBe(false);
    for (const { end } of hanging) end();
    await Promise.all(runs);
  });

  it('gives endpoints that fail a part of what is left: the more of them hang, the less each may', async () => {
    const slots = new AttemptSlots(8);
    const counts = new Map<string, number>();
    const hanging: ReturnType<typeof openEnded>[] = [];
    const runs: Promise<unknown>[] = [];
    // 80 slow attempts at most. Each endpoint has as many as it may before the next one comes.
    for (let number = 0; number < 12; number += 1) {
      const endpoint = { id: `tarpit ${number}`, customerId: 'acme', isFailing: true };
      while (!slots.isHeldUp(endpoint)) {
        const attempt = openEnded();
        hanging.push(attempt);
        counts.set(endpoint.id, (counts.get(endpoint.id) ?? 0) + 1);
        await new Promise<void>((hasLeft) => runs.push(slots.run(endpoint, attempt.attempt, hasLeft)));
      }
    }
    const each = [...counts.values()];
    expect(each[0]).toBe(8);
    expect(each.at(-1)).toBeLessThan(5);
    expect(each).toEqual(each.toSorted((a, b) => b - a));
    // There is room for an endpoint that is only slow.
    expect(hanging.length).toBeLessThan(80);
    expect(slots.isHeldUp(well('slow'))).toBe(false);
    for (const { end } of hanging) end();
    await Promise.all(runs);
  }, 30_000);

  it('lets endpoints take turns', async () => {
    const slots = new AttemptSlots(1);
    const first = openEnded();
    const order: string[] = [];
    const note = (name: string) => () => Promise.resolve(order.push(name));
    const runs = [
      slots.run(well('flood'), first.attempt, nothing),
      ...[1, 2, 3].map((n) => slots.run(well('flood'), note(`flood ${n}`), nothing)),
      slots.run(well('lone'), note('lone'), nothing),
    ];
    first.end();
    await Promise.all(runs);
    expect(order).toEqual(['flood 1', 'lone', 'flood 2', 'flood 3']);
  });

  it('lets customers take turns, however many endpoints each has', async () => {
    const slots = new AttemptSlots(1);
    const first = openEnded();
    const order: string[] = [];
    const note = (name: string) => () => Promise.resolve(order.push(name));
    const runs = [
      slots.run(well('loud 1'), first.attempt, nothing),
      ...[2, 3, 4].map((n) => slots.run(well(`loud ${n}`), note(`loud ${n}`), nothing)),
      ...[1, 2].map((n) => slots.run(well('quiet', 'another'), note(`quiet ${n}`), nothing)),
    ];
    first.end();
    await Promise.all(runs);
    expect(order).toEqual(['loud 2', 'quiet 1', 'loud 3', 'quiet 2', 'loud 4']);
  });

  it('bounds the attempts that hang, of all endpoints together', async () => {
    const slots = new AttemptSlots(1);
    const hanging = Array.from({ length: 12 }, openEnded);
    const runs = hanging.map(({ attempt }, index) => slots.run(well(`tarpit ${index}`), attempt, nothing));
    await sleep(4_500);
    // Ten have left their slots; the eleventh keeps the only one.
    expect(hanging.filter(({ isStarted }) => isStarted())).toHaveLength(11);
    for (const { end } of hanging) end();
    await Promise.all(runs);
  }, 15_000);

  it('gives the slot back when the attempt throws', async () => {
    const slots = new AttemptSlots(1);
    await expect(slots.run(well('a'), () => Promise.reject(new Error('no')), nothing)).rejects.toThrow('no');
    await expect(slots.run(well('a'), () => Promise.resolve('yes'), nothing)).resolves.toBe('yes');
  });
});

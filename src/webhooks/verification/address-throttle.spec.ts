import { AddressThrottle } from './address-throttle';

const MINUTE = 60_000;

describe('AddressThrottle', () => {
  it('blocks an address that had more than its share, until its minute is over', () => {
    const throttle = new AddressThrottle(2);
    expect(throttle.blockedForMs('192.0.2.1', 0)).toBe(0);
    throttle.note('192.0.2.1', 1_000);
    throttle.note('192.0.2.1', 2_000);
    expect(throttle.blockedForMs('192.0.2.1', 2_000)).toBe(0);
    throttle.note('192.0.2.1', 11_000);
    expect(throttle.blockedForMs('192.0.2.1', 11_000)).toBe(50_000);
    expect(throttle.blockedForMs('192.0.2.2', 11_000)).toBe(0);
    expect(throttle.blockedForMs('192.0.2.1', 1_000 + MINUTE)).toBe(0);
    throttle.note('192.0.2.1', 1_000 + MINUTE);
    expect(throttle.blockedForMs('192.0.2.1', 1_000 + MINUTE)).toBe(0);
  });

  it('counts IPv6 by its /64, and requests from nowhere together', () => {
    const throttle = new AddressThrottle(1);
    throttle.note('2001:db8::1', 0);
    throttle.note('2001:db8::2', 0);
    expect(throttle.blockedForMs('2001:db8::3', 0)).toBe(MINUTE);
    expect(throttle.blockedForMs('2001:db8:0:1::3', 0)).toBe(0);
    throttle.note(null, 0);
    throttle.note(null, 0);
    expect(throttle.blockedForMs(null, 0)).toBe(MINUTE);
  });

  it('[key 12] remembers no more than 50,000 addresses, in a few megabytes', () => {
    const throttle = new AddressThrottle(60);
    const note = (from: number, to: number) => {
      for (let n = from; n < to; n += 1) throttle.note(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, n);
    };
    note(0, 100_000);
    expect(throttle.size).toBe(50_000);
    const before = process.memoryUsage().heapUsed;
    note(100_000, 300_000);
    expect(throttle.size).toBe(50_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1_048_576);
  });
});

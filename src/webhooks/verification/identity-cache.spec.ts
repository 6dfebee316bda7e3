import { IdentityCache } from './identity-cache';
import type { KeyIdentity } from './verification.types';

const identity = (keyId: string, customerId = 'acme'): KeyIdentity =>
  ({ apiKey: { id: keyId }, customer: { id: customerId } }) as KeyIdentity;

function filled(size = 10): IdentityCache {
  const cache = new IdentityCache(size);
  cache.set('digest 1', identity('1'), cache.epoch);
  cache.set('digest 2', identity('2'), cache.epoch);
  cache.set('digest 3', identity('3', 'other'), cache.epoch);
  cache.set('no key', null, cache.epoch);
  return cache;
}

const remembered = (cache: IdentityCache): unknown[] =>
  ['digest 1', 'digest 2', 'digest 3', 'no key'].map((digest) => {
    const found = cache.get(digest);
    return found === undefined || found === null ? found : found.apiKey.id;
  });

describe('IdentityCache', () => {
  it('remembers whom a digest belongs to, and that one belongs to nobody', () => {
    expect(remembered(filled())).toEqual(['1', '2', '3', null]);
  });

  it('forgets one key, one customer, everything', () => {
    const cache = filled();
    cache.forgetKey('1');
    expect(remembered(cache)).toEqual([undefined, '2', '3', undefined]);
    cache.forgetCustomer('acme');
    expect(remembered(cache)).toEqual([undefined, undefined, '3', undefined]);
    cache.forgetAll();
    expect(remembered(cache)).toEqual([undefined, undefined, undefined, undefined]);
    expect(cache.size).toBe(0);
  });

  it('[key 11] keeps no answer of a look-up that began before something was forgotten', () => {
    const cache = filled();
    const { epoch } = cache;
    cache.forgetKey('unrelated');
    cache.set('digest 4', identity('4'), epoch);
    cache.set('also no key', null, epoch);
    expect(cache.get('digest 4')).toBeUndefined();
    expect(cache.get('also no key')).toBeUndefined();
  });

  it('[key 12] is bounded, in what is a key and in what is none, and so are its indexes', () => {
    const cache = new IdentityCache(100);
    for (let index = 0; index < 20_000; index += 1) {
      cache.set(`digest ${index}`, identity(String(index), `customer ${index}`), cache.epoch);
      cache.set(`none ${index}`, null, cache.epoch);
    }
    expect(cache.size).toBe(100);
    const { unknown, digestOfKey, keysOfCustomer } = cache as unknown as Record<string, { size: number }>;
    expect(unknown?.size).toBeLessThanOrEqual(10_000);
    expect(digestOfKey?.size).toBe(100);
    expect(keysOfCustomer?.size).toBe(100);
    cache.forgetCustomer('customer 19999');
    expect(cache.get('digest 19999')).toBeUndefined();
  });

  it('[key 10] knows one digest of a key: one that was replaced in the database is forgotten with it', () => {
    const cache = filled();
    // The new digest is looked up before the change of the row is heard.
    cache.set('new digest 1', identity('1'), cache.epoch);
    expect(cache.get('digest 1')).toBeUndefined();
    cache.forgetKey('1');
    expect(cache.get('new digest 1')).toBeUndefined();
    expect(cache.size).toBe(2);
  });

  it('a digest that is written anew is still found by its key', () => {
    const cache = filled();
    cache.set('digest 1', identity('1'), cache.epoch);
    cache.forgetKey('1');
    expect(cache.get('digest 1')).toBeUndefined();
  });
});

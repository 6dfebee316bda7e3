import type { LookupAddress, LookupOptions } from 'node:dns';
import { compileUrlPolicy } from '../endpoints/url-policy';
import { BlockedAddressError, createVettedLookup } from './vetted-lookup';
import type { ResolveAll } from './vetted-lookup';

const policy = compileUrlPolicy({ allowHttp: false, allowedCidrs: [] });

const answer = (...ips: string[]): LookupAddress[] =>
  ips.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

/** What the socket would get: error, address or addresses, family. */
const lookUp = (resolve: ResolveAll, options: LookupOptions = { all: true }) =>
  new Promise<unknown[]>((settle) =>
    createVettedLookup(policy, resolve)('name.example', options, (...result) => settle(result)),
  );

const resolving =
  (...ips: string[]): ResolveAll =>
  (_name, _options, callback) =>
    callback(null, answer(...ips));

describe('createVettedLookup', () => {
  it('hands out all addresses, or the first in the single form', async () => {
    expect(await lookUp(resolving('8.8.8.8', '2a00::1'))).toEqual([null, answer('8.8.8.8', '2a00::1')]);
    expect(await lookUp(resolving('8.8.8.8', '2a00::1'), {})).toEqual([null, '8.8.8.8', 4]);
    expect(await lookUp(resolving('2a00::1'), { all: false })).toEqual([null, '2a00::1', 6]);
  });

  it.each([{ all: true }, { all: false }])('[webhook 15] refuses a mixed answer whole, with %j', async (options) => {
    for (const ips of [
      ['8.8.8.8', '10.0.0.1'],
      ['10.0.0.1', '8.8.8.8'],
      ['8.8.8.8', '::ffff:10.0.0.1'],
      ['8.8.8.8', 'fe80::1%eth0'],
    ]) {
      const [error, addresses] = await lookUp(resolving(...ips), options);
      expect(error).toBeInstanceOf(BlockedAddressError);
      expect(addresses).toEqual([]);
    }
  });

  it('[webhook 19] refuses a name that leads to a metadata address', async () => {
    expect(await lookUp(resolving('169.254.169.254'))).toMatchObject([
      { message: 'address 169.254.169.254 is not allowed' },
      [],
    ]);
  });

  it('asks for all addresses and keeps the other options', async () => {
    let asked: LookupOptions = {};
    await lookUp(
      (_name, options, callback) => {
        asked = options;
        callback(null, answer('8.8.8.8'));
      },
      { family: 4, hints: 32 },
    );
    expect(asked).toEqual({ family: 4, hints: 32, all: true });
  });

  it('passes on errors, and takes an empty answer for one', async () => {
    const error = Object.assign(new Error('no'), { code: 'EAI_AGAIN' });
    expect(await lookUp((_name, _options, callback) => callback(error, []))).toEqual([error, []]);
    expect(await lookUp((_name, _options, callback) => callback(error))).toEqual([error, []]);
    expect(await lookUp(resolving())).toMatchObject([{ code: 'ENOTFOUND' }, []]);
  });

  it('asks once for lookups that overlap, and again for the next', () => {
    const pending: (() => void)[] = [];
    const lookup = createVettedLookup(policy, (_name, _options, callback) =>
      pending.push(() => callback(null, answer('8.8.8.8'))),
    );
    const results: unknown[] = [];
    const start = (name: string, family = 0) =>
      lookup(name, { family, all: true }, (_error, addresses) => results.push(addresses));
    start('a.example');
    start('a.example');
    start('a.example', 6);
    start('b.example');
    expect(pending).toHaveLength(3);
    pending.splice(0).forEach((settle) => settle());
    expect(results).toHaveLength(4);
    start('a.example');
    expect(pending).toHaveLength(1);
  });
});

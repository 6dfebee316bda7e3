import fc from 'fast-check';
import { createClientReader, type NodeRequest } from './client-address';

const request = (remoteAddress: string | undefined, forwarded?: string, headers = {}) =>
  ({
    socket: { remoteAddress },
    headers: { ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }), ...headers },
  }) as NodeRequest;

const direct = createClientReader([]);
const proxied = createClientReader(['10.0.0.0/8', 'fd00::/8']);
const ipOf = (remoteAddress: string | undefined, forwarded?: string) => proxied(request(remoteAddress, forwarded)).ip;

describe('without trusted proxies', () => {
  it('[key 24] the address is the connection’s, and X-Forwarded-For is ignored', () => {
    expect(direct(request('192.0.2.1', '203.0.113.9')).ip).toBe('192.0.2.1');
    expect(direct(request('::ffff:192.0.2.1', '203.0.113.9')).ip).toBe('192.0.2.1');
    expect(direct(request('2001:db8::1')).ip).toBe('2001:db8::1');
    expect(direct(request('fe80::1%eth0')).ip).toBe('fe80::1');
  });

  it('is null when the connection has none: it is closed, or a socket in the file system', () => {
    expect(direct(request(undefined, '203.0.113.9')).ip).toBeNull();
  });
});

describe('behind trusted proxies', () => {
  it('[key 24] X-Forwarded-For counts only when a trusted proxy sent it', () => {
    expect(ipOf('10.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
    expect(ipOf('::ffff:10.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
    expect(ipOf('fd00::1', '203.0.113.9')).toBe('203.0.113.9');
    expect(ipOf('192.0.2.1', '203.0.113.9')).toBe('192.0.2.1');
    expect(ipOf(undefined, '203.0.113.9')).toBeNull();
  });

  it.each([
    ['a made-up entry before the client’s', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['a trusted one that is made up', '10.9.9.9, 203.0.113.9', '203.0.113.9'],
    ['a chain of trusted proxies', '203.0.113.9, 10.0.0.3, fd00::2,10.0.0.2', '203.0.113.9'],
    ['nobody but proxies', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['no entry', '', '10.0.0.1'],
    ['empty entries', ', ,203.0.113.9, ,', '203.0.113.9'],
    ['a port', '203.0.113.9:51234', '203.0.113.9'],
    ['a trusted proxy with a port', '203.0.113.9, 10.0.0.2:443', '203.0.113.9'],
    ['IPv6', '2001:DB8::9', '2001:db8::9'],
    ['IPv6 in brackets', '[2001:db8::9]', '2001:db8::9'],
    ['IPv6 with a port', '[2001:db8::9]:443', '2001:db8::9'],
    ['v4-mapped IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
    ['v4-mapped IPv6 with a port', '[::ffff:203.0.113.9]:1', '203.0.113.9'],
    ['a zone id', '[fe80::1%eth0]:443', 'fe80::1'],
  ])('%s', (_, forwarded, expected) => {
    expect(ipOf('10.0.0.1', forwarded)).toBe(expected);
  });

  it.each([
    ['unknown'],
    ['203.0.113.9, unknown'],
    ['203.0.113.9, _hidden'],
    ['203.0.113.9, 10.0.0'],
    ['203.0.113.9, 010.0.0.1'],
    ['203.0.113.9, 10.0.0.1:port'],
    ['203.0.113.9, [10.0.0.1'],
    ['203.0.113.9;10.0.0.1'],
    ['"203.0.113.9"'],
    ['203.0.113.9:123456'],
  ])('garbage is nobody’s address, and nothing before it is believed: %s', (forwarded) => {
    expect(ipOf('10.0.0.1', forwarded)).toBeNull();
  });

  it('takes 16 KB of header in its stride', () => {
    const started = performance.now();
    expect(ipOf('10.0.0.1', '10.0.0.2,'.repeat(1_600))).toBe('10.0.0.2');
    expect(ipOf('10.0.0.1', '['.repeat(16_000))).toBeNull();
    expect(ipOf('10.0.0.1', '1.'.repeat(8_000))).toBeNull();
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('property: what a client puts before its own entry changes nothing', () => {
    const untrusted = fc.ipV4().filter((ip) => !ip.startsWith('10.'));
    fc.assert(
      fc.property(untrusted, fc.string({ unit: 'grapheme-ascii' }), (client, made) => {
        expect(ipOf('10.0.0.1', `${made}, ${client}`)).toBe(client);
      }),
    );
  });
});

it('tells the user agent, or that there is none', () => {
  expect(direct(request('192.0.2.1', undefined, { 'user-agent': 'curl/8' })).userAgent).toBe('curl/8');
  expect(direct(request('192.0.2.1')).userAgent).toBeNull();
});

it('refuses proxies that are no ranges', () => {
  expect(() => createClientReader(['10.0.0.1'])).toThrow('trustedProxies: "10.0.0.1" is no address range');
});

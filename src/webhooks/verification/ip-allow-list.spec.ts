import fc from 'fast-check';
import { isAddressRange, isAllowed, isCidr, isInRanges } from './ip-allow-list';

describe('isCidr', () => {
  it.each(['203.0.113.0/24', '203.0.113.7/32', '0.0.0.0/0', '2001:db8::/32', '::1/128', '::/0', '::ffff:10.0.0.0/104'])(
    'takes %s',
    (text) => {
      expect(isCidr(text)).toBe(true);
    },
  );

  it.each([
    ['no prefix length', '203.0.113.7'],
    ['bits beyond the prefix', '203.0.113.7/24'],
    ['bits beyond the prefix, IPv6', '2001:db8::1/32'],
    ['a short form', '10/8'],
    ['octal', '010.0.0.0/8'],
    ['too long a prefix', '10.0.0.0/33'],
    ['too long a prefix, IPv6', '::/129'],
    ['a negative prefix', '10.0.0.0/-1'],
    ['a zone id', 'fe80::%eth0/10'],
    ['a v4-compatible address', '::10.0.0.0/104'],
    ['a netmask', '10.0.0.0/255.0.0.0'],
    ['a name', 'localhost/8'],
    ['white space', ' 10.0.0.0/8'],
    ['nothing', ''],
    ['a number', 10],
    ['null', null],
  ])('refuses %s', (_, value) => {
    expect(isCidr(value)).toBe(false);
  });

  it('isAddressRange is the same, but leaves bits beyond the prefix alone', () => {
    expect(isAddressRange('127.0.0.1/8')).toBe(true);
    expect(isAddressRange('2001:db8::1/32')).toBe(true);
    expect(isAddressRange('127.0.0.1')).toBe(false);
  });
});

describe('isAllowed', () => {
  it('with an empty list: from everywhere, also from where nobody can tell', () => {
    expect(isAllowed('192.0.2.1', [])).toBe(true);
    expect(isAllowed(null, [])).toBe(true);
  });

  it('with a list: not from where nobody can tell', () => {
    expect(isAllowed(null, ['0.0.0.0/0', '::/0'])).toBe(false);
    expect(isAllowed('unknown', ['0.0.0.0/0', '::/0'])).toBe(false);
  });

  it.each([
    ['203.0.113.0', true],
    ['203.0.113.255', true],
    ['203.0.114.0', false],
    ['::ffff:203.0.113.9', true],
    ['::ffff:203.0.114.9', false],
    ['2001:db8:ffff::1', true],
    ['2001:db9::', false],
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['11.1.2.3', false],
    ['fe80::1%eth0', true],
  ])('%s: %s', (address, expected) => {
    const cidrs = ['203.0.113.0/24', '2001:db8::/32', '::ffff:10.0.0.0/104', 'fe80::/10'];
    expect(isAllowed(address, cidrs)).toBe(expected);
  });

  it('keeps the families apart: the whole of one is nothing of the other', () => {
    expect(isAllowed('192.0.2.1', ['::/0'])).toBe(false);
    expect(isAllowed('::ffff:192.0.2.1', ['::/0', '::ffff:0:0/95'])).toBe(false);
    expect(isAllowed('2001:db8::1', ['0.0.0.0/0'])).toBe(false);
  });

  it('a broken list opens nothing', () => {
    expect(isAllowed('192.0.2.1', ['everything', '192.0.2.1', ''])).toBe(false);
    expect(isAllowed('192.0.2.1', ['everything', '192.0.2.1/32'])).toBe(true);
  });
});

describe('property: a range holds what has its first bits', () => {
  const bits = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const v4 = (bytes: readonly number[]) => bytes.join('.');
  const v6 = (bytes: readonly number[]) =>
    Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! * 256 + bytes[2 * i + 1]!).toString(16)).join(':');
  const bytes = (length: number) => fc.array(fc.nat(255), { minLength: length, maxLength: length });

  /** An address that has the first bits of the other, and its own after them. */
  const graft = (network: readonly number[], own: readonly number[], length: number) =>
    network.map((byte, index) => {
      const mask = 0xff & ~(0xff >> Math.min(8, Math.max(0, length - 8 * index)));
      return (byte & mask) | (own[index]! & ~mask);
    });

  it.each([
    ['IPv4', 4, v4],
    ['IPv6', 16, v6],
  ])('%s', (_, length, write) => {
    fc.assert(
      fc.property(bytes(length), bytes(length), fc.nat(8 * length), fc.boolean(), (network, other, prefix, isNear) => {
        const client = isNear ? graft(network, other, prefix) : other;
        // A v4-mapped address is IPv4; the next property is about those.
        fc.pre(length === 4 || !bits(client).startsWith(`${'0'.repeat(80)}${'1'.repeat(16)}`));
        const expected = bits(client).slice(0, prefix) === bits(network).slice(0, prefix);
        expect(isInRanges(write(client), [`${write(network)}/${prefix}`])).toBe(expected);
      }),
    );
  });

  it('v4-mapped: as the IPv4 address, and as the IPv4 range', () => {
    fc.assert(
      fc.property(bytes(4), bytes(4), fc.nat(32), fc.boolean(), (network, other, prefix, isNear) => {
        const client = isNear ? graft(network, other, prefix) : other;
        const expected = isInRanges(v4(client), [`${v4(network)}/${prefix}`]);
        expect(isInRanges(`::ffff:${v4(client)}`, [`${v4(network)}/${prefix}`])).toBe(expected);
        expect(isInRanges(v4(client), [`::ffff:${v4(network)}/${96 + prefix}`])).toBe(expected);
      }),
    );
  });
});

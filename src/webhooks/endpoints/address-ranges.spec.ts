import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { checkAddress, compileUrlPolicy } from './url-policy';

const strict = compileUrlPolicy({ allowHttp: false, allowedCidrs: [] });
const open = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['0.0.0.0/0', '::/0'] });

const ipv4 = fc.ipV4();

describe('checkAddress', () => {
  it.each([
    ['8.8.8.8'],
    ['1.0.0.1'],
    ['9.255.255.255'],
    ['11.0.0.0'],
    ['100.63.255.255'],
    ['100.128.0.0'],
    ['126.255.255.255'],
    ['128.0.0.0'],
    ['169.253.255.255'],
    ['169.255.0.0'],
    ['172.15.255.255'],
    ['172.32.0.0'],
    ['192.0.1.0'],
    ['192.0.3.0'],
    ['192.88.98.255'],
    ['192.88.100.0'],
    ['192.167.255.255'],
    ['192.169.0.0'],
    ['198.17.255.255'],
    ['198.20.0.0'],
    ['198.51.99.255'],
    ['198.51.101.0'],
    ['203.0.112.255'],
    ['203.0.114.0'],
    ['223.255.255.255'],
    ['2606:4700::1111'],
    ['2001:200::'],
    ['2001:db7:ffff::1'],
    ['2001:db9::'],
    ['2003::'],
    ['2a00::1'],
    ['3ffe::1'],
    ['3fff:1000::'],
  ])('[webhook 13] allows the public address %s, next to the blocks', (ip) =>
    expect(checkAddress(strict, ip)).toEqual({ ok: true }),
  );

  it.each([
    ['0.0.0.0', '0.255.255.255'],
    ['10.0.0.0', '10.255.255.255'],
    ['100.64.0.0', '100.127.255.255'],
    ['127.0.0.0', '127.255.255.255'],
    ['169.254.0.0', '169.254.255.255'],
    ['172.16.0.0', '172.31.255.255'],
    ['192.0.0.0', '192.0.0.255'],
    ['192.0.2.0', '192.0.2.255'],
    ['192.88.99.0', '192.88.99.255'],
    ['192.168.0.0', '192.168.255.255'],
    ['198.18.0.0', '198.19.255.255'],
    ['198.51.100.0', '198.51.100.255'],
    ['203.0.113.0', '203.0.113.255'],
    ['224.0.0.0', '239.255.255.255'],
    ['240.0.0.0', '255.255.255.255'],
  ])('[webhook 13] blocks %s to %s', (first, last) => {
    for (const ip of [first, last])
      expect(checkAddress(strict, ip)).toEqual({ ok: false, reason: `address ${ip} is not allowed` });
  });

  it.each([
    '::',
    '::1',
    '::127.0.0.1',
    '::8.8.8.8',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '::ffff:0:8.8.8.8',
    '::1:2:3',
    '64:ff9b::10.0.0.1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:1ff:ffff::1',
    '2001:db8::1',
    '2002:a00:1::',
    '2002:808:808::1',
    '3fff::1',
    '3fff:fff:ffff::',
    '5f00::1',
    '4000::1',
    '1fff::1',
    'fc00::1',
    'fdff::1',
    'fe80::1',
    'febf::1',
    'fec0::1',
    'ff02::1',
    'ff0e::1',
    '2606:4700::5efe:10.0.0.1',
    '2606:4700::200:5efe:8.8.8.8',
  ])('[webhook 14] blocks %s', (ip) => expect(checkAddress(strict, ip).ok).toBe(false));

  it.each([
    '',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '010.0.0.1',
    'fe80::1%eth0',
    '[::1]',
    '8.8.8.8:80',
    ' 8.8.8.8',
    '8.8.8.8\0',
  ])('refuses %j, which is not a plain address', (text) =>
    expect(checkAddress(open, text)).toEqual({ ok: false, reason: 'the address is not a plain IP address' }),
  );

  it.each([
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '169.254.0.23',
    '169.254.42.42',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fd00:42::42',
    'fe80::a9fe:a9fe',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    '2001:0:1:2:3:4:5601:5601',
    '2606:4700::5efe:a9fe:a9fe',
    '::ffff:0:169.254.169.254',
  ])('[webhook 19] blocks the metadata address %s whatever is opened', (ip) => {
    expect(checkAddress(open, ip).ok).toBe(false);
    const exact = ip.includes(':') ? `${ip}/128` : `${ip}/32`;
    expect(checkAddress(compileUrlPolicy({ allowHttp: true, allowedCidrs: [exact] }), ip).ok).toBe(false);
  });

  it('[webhook 20] opens the named blocks and nothing beside them', () => {
    const policy = compileUrlPolicy({ allowHttp: false, allowedCidrs: ['10.20.0.0/16', 'fd12::/16'] });
    for (const ip of ['10.20.0.0', '10.20.255.255', 'fd12::1', '8.8.8.8'])
      expect(checkAddress(policy, ip).ok).toBe(true);
    for (const ip of ['10.19.255.255', '10.21.0.0', 'fd13::1', '::ffff:10.20.0.1', '::1'])
      expect(checkAddress(policy, ip).ok).toBe(false);
  });

  it('[webhook 20] opens an IPv6 form of an IPv4 address only when both are allowed', () => {
    const nat64 = compileUrlPolicy({ allowHttp: false, allowedCidrs: ['64:ff9b::/96'] });
    expect(checkAddress(nat64, '64:ff9b::8.8.8.8').ok).toBe(true);
    expect(checkAddress(nat64, '64:ff9b::10.0.0.1').ok).toBe(false);
    expect(checkAddress(open, '::ffff:10.0.0.1').ok).toBe(true);
    expect(checkAddress(open, '::').ok).toBe(true);
    expect(checkAddress(open, '::1:2:3:4').ok).toBe(true);
  });

  it('[webhook 13] allows no IPv4 address that ipaddr.js does not call unicast', () => {
    const known = ['unicast', 'as112', 'amt'];
    fc.assert(
      fc.property(ipv4, (ip) => !checkAddress(strict, ip).ok || known.includes(ipaddr.parse(ip).range())),
      { numRuns: 2_000 },
    );
  });

  it('[webhook 14] allows no IPv6 address that ipaddr.js does not call unicast', () => {
    const known = ['unicast', 'as112v6'];
    fc.assert(
      fc.property(fc.ipV6(), (ip) => !checkAddress(strict, ip).ok || known.includes(ipaddr.parse(ip).range())),
      { numRuns: 2_000 },
    );
  });

  it('[webhook 14] blocks every IPv4 address in every IPv6 form', () => {
    const forms = [
      '::',
      '::ffff:',
      '::ffff:0:',
      '64:ff9b::',
      '64:ff9b:1::',
      '2606:4700::5efe:',
      '2606:4700::200:5efe:',
    ];
    fc.assert(fc.property(ipv4, fc.constantFrom(...forms), (ip, form) => !checkAddress(strict, form + ip).ok));
  });
});

describe('compileUrlPolicy', () => {
  const compile = (cidr: string) => () => compileUrlPolicy({ allowHttp: false, allowedCidrs: [cidr] });

  it.each([
    ['', /"" is not a CIDR block/],
    ['ten', /"ten" is not a CIDR block: write an address and a prefix length, like 10\.0\.0\.0\/8/],
    ['10/8', /not a CIDR block/],
    ['0x0a.0.0.0/8', /not a CIDR block/],
    ['fe80::1%eth0/64', /not a CIDR block/],
    ['10.0.0.0/8/8', /needs a prefix length/],
    ['10.0.0.0', /needs a prefix length from 0 to 32, like 10\.0\.0\.0\/32/],
    ['10.0.0.0/33', /from 0 to 32/],
    ['10.0.0.0/-1', /from 0 to 32/],
    ['::1', /from 0 to 128, like ::1\/128/],
    ['::1/129', /from 0 to 128/],
    ['10.0.0.5/8', /has bits set behind its prefix: write 10\.0\.0\.0\/8/],
    ['fd00::5/8', /write fd00::\/8/],
  ])('refuses %j and says how to write it', (cidr, message) => expect(compile(cidr)).toThrow(message));

  it('accepts blocks of both families, with blanks around them', () => {
    expect(compile(' 127.0.0.0/8 ')).not.toThrow();
    expect(compile('0.0.0.0/0')).not.toThrow();
    expect(compile('::/0')).not.toThrow();
    expect(compile('FD00::/8')).not.toThrow();
  });
});

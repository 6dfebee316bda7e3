import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { checkAddress, checkUrl, compileUrlPolicy, MAX_URL_LENGTH } from './url-policy';

const strict = compileUrlPolicy({ allowHttp: false, allowedCidrs: [] });
const development = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['127.0.0.0/8', '::1/128'] });
const open = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['0.0.0.0/0', '::/0'] });

const url = (text: string, policy = strict) => {
  const check = checkUrl(policy, text);
  return check.ok ? check.url : check.code;
};

const ipv4 = fc.ipV4();
const publicHost = fc.domain().filter((name) => !/\.(?:local|internal|localdomain|home\.arpa|localhost)$/i.test(name));

describe('checkUrl', () => {
  it.each([
    ['https://example.com/hook?a=1&b=%20', 'https://example.com/hook?a=1&b=%20'],
    ['https://example.com', 'https://example.com'],
    ['HTTPS://Example.COM:443/Hook', 'https://example.com/Hook'],
    ['https://example.com:8443/a/../b', 'https://example.com:8443/b'],
    ['https://my_host.example.com/', 'https://my_host.example.com/'],
    ['https://8.8.8.8/hook', 'https://8.8.8.8/hook'],
    ['https://[2606:4700:0:0::1111]/', 'https://[2606:4700::1111]/'],
    ['https://example.com:65535/', 'https://example.com:65535/'],
    ['https://example.com/%00', 'https://example.com/%00'],
  ])('accepts %s and stores %s', (given, stored) => expect(url(given)).toBe(stored));

  it('[webhook 11] stores international names as punycode', () => {
    expect(url('https://MÜLLER.example/ä')).toBe('https://xn--mller-kva.example/%C3%A4');
    expect(url('https://mu\u0308ller.example/')).toBe('https://xn--mller-kva.example/');
    expect(url('https://xn--mller-kva.example/')).toBe('https://xn--mller-kva.example/');
  });

  it('[webhook 9] takes https only, http where it is allowed, and nothing else', () => {
    expect(url('http://example.com/')).toBe('scheme');
    expect(url('http://example.com/', development)).toBe('http://example.com/');
    for (const scheme of ['ftp', 'file', 'gopher', 'ws', 'httpss', 'data', 'unix', 'javascript']) {
      expect(url(`${scheme}://example.com/`, development)).toBe('scheme');
    }
    expect(checkUrl(strict, 'ftp://x.example')).toMatchObject({ reason: 'only https URLs are allowed' });
    expect(checkUrl(development, 'ftp://x.example')).toMatchObject({ reason: 'only https and http URLs are allowed' });
  });

  it.each(['https://user@example.com/', 'https://u:p@example.com/', 'https://@example.com/', 'https://:@example.com/'])(
    '[webhook 10] refuses a user name or password: %s',
    (text) => expect(url(text)).toBe('userinfo'),
  );

  it.each([
    ['', 'malformed'],
    ['example.com/hook', 'malformed'],
    ['https:example.com', 'malformed'],
    ['https:/example.com', 'malformed'],
    ['//example.com', 'malformed'],
    ['https:///example.com', 'host'],
    ['https://:443/', 'host'],
    ['https://', 'host'],
    ['https://?x', 'host'],
    ['https://example.com/#part', 'fragment'],
    ['https://example.com#', 'fragment'],
    ['https://example.com:/', 'port'],
    ['https://example.com:0/', 'port'],
    ['https://example.com:0443/', 'port'],
    ['https://example.com:65536/', 'port'],
    ['https://example.com:80:90/', 'port'],
    ['https://example.com:8a/', 'port'],
    ['https://exa\u0000mple.com/', 'invalid-characters'],
    ['https://example.com/\u0000', 'invalid-characters'],
    ['https://example.com/a b', 'invalid-characters'],
    [' https://example.com/', 'invalid-characters'],
    ['https://example.com/\r\nX: y', 'invalid-characters'],
    ['https://example.com/\u2028', 'invalid-characters'],
    ['https://example.com\\@10.0.0.1/', 'invalid-characters'],
    ['https://example.com/\ud800', 'invalid-characters'],
    [`https://example.com/${'a'.repeat(MAX_URL_LENGTH)}`, 'too-long'],
    [`https://example.com/${'ä'.repeat(MAX_URL_LENGTH - 100)}`, 'too-long'],
  ])('refuses %j as %s', (text, code) => expect(url(text)).toBe(code));

  it.each([
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://127.0.0.1.nip.io./',
    'https://localhost./',
    'https://example.com./',
    'https://１２７.０.０.１/',
    'https://127。0。0。1/',
    'https://①②⑦.0.0.1/',
    'https://ⓔxample.com/',
    'https://exam\u00adple.com/',
    'https://exam\u200bple.com/',
    'https://exampl%65.com/',
    'https://%31%32%37.0.0.1/',
    'https://[fe80::1%25eth0]/',
    'https://[::1/',
    'https://[]/',
    'https://[127.0.0.1]/',
    'https://1.2.3.4.5/',
    'https://256.1.1.1/',
    'https://a..example.com/',
    'https://.example.com/',
    'https://-a.example.com/',
    'https://a-.example.com/',
    'https://exa$mple.com/',
    'https://*.example.com/',
    'https://xn--zzzzzz-.example/',
    `https://${'a'.repeat(64)}.example/`,
    `https://${'a.'.repeat(127)}example/`,
  ])('[webhook 11] refuses an odd spelling of a host even where every address is allowed: %s', (text) =>
    expect(url(text, open)).toBe('host'),
  );

  it.each([
    'localhost',
    'LOCALHOST',
    'a.localhost',
    'redis',
    'db.internal',
    'printer.local',
    'x.home.arpa',
    'ip6-localhost',
  ])('[webhook 11] refuses the local name %s', (host) => expect(url(`https://${host}/`)).toBe('local-name'));

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '0.0.0.0',
    '169.254.169.254',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[fe80::1]',
    '[::127.0.0.1]',
  ])('[webhook 11] refuses the address %s', (host) => expect(url(`https://${host}/`)).toBe('address-blocked'));

  it('accepts loopback in a development run, and no other private address', () => {
    for (const text of ['http://127.0.0.1:9000/x', 'http://localhost:9000/x', 'http://[::1]:9000/x']) {
      expect(url(text, development)).toBe(text);
    }
    expect(url('http://10.0.0.1/', development)).toBe('address-blocked');
    expect(url('http://169.254.169.254/', development)).toBe('address-blocked');
  });

  it('accepts names of the local network when a block is opened, and localhost only with loopback', () => {
    const compose = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['172.16.0.0/12'] });
    expect(url('http://receiver:8080/', compose)).toBe('http://receiver:8080/');
    expect(url('http://receiver.internal/', compose)).toBe('http://receiver.internal/');
    expect(url('http://localhost:8080/', compose)).toBe('local-name');
    expect(url('http://localhost/', compileUrlPolicy({ allowHttp: true, allowedCidrs: ['::1/128'] }))).toMatch(/^http/);
  });

  it('gives the same answer to what it stored', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ['https', 'http'] }), (text) => {
        const check = checkUrl(open, text);
        if (check.ok) expect(checkUrl(open, check.url)).toEqual(check);
      }),
    );
  });

  it('accepts every ordinary https URL', () => {
    fc.assert(
      fc.property(publicHost, fc.nat(65_534), (host, port) =>
        expect(checkUrl(strict, `https://${host}:${port + 1}/x`).ok).toBe(true),
      ),
    );
  });

  it('never throws, and never lets a parser see another host than the one written', () => {
    const part = fc.constantFrom(
      'https://',
      'http:',
      '/',
      '\\',
      '@',
      '127.0.0.1',
      '0x7f',
      '.',
      'example.com',
      ':',
      '[',
      ']',
      '::1',
      '%',
      '#',
      '?',
      '。',
      'ü',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 3 })), { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        const check = checkUrl(strict, text);
        if (!check.ok) return;
        const { hostname, username, protocol } = new URL(text);
        expect([protocol, username, new URL(check.url).hostname]).toEqual(['https:', '', hostname]);
      }),
      { numRuns: 1_000 },
    );
  });
});

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

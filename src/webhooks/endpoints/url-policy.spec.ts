import fc from 'fast-check';
import { checkUrl, compileUrlPolicy, MAX_URL_LENGTH } from './url-policy';

const strict = compileUrlPolicy({ allowHttp: false, allowedCidrs: [] });
const development = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['127.0.0.0/8', '::1/128'] });
const open = compileUrlPolicy({ allowHttp: true, allowedCidrs: ['0.0.0.0/0', '::/0'] });

const url = (text: string, policy = strict) => {
  const check = checkUrl(policy, text);
  return check.ok ? check.url : check.code;
};

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

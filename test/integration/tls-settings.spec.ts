import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { readAuthorities, readClientIdentity, TlsMaterialError } from '../../src/webhooks/endpoints/tls-material';
import { hasOpenssl, issue, makeAuthority, type Certificate } from '../support/certificates';
import { closeReceivers, listen } from '../support/receivers';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { waitFor } from '../support/wait-for';

if (!hasOpenssl) console.warn('TLS tests are skipped: they make certificates with openssl, which is not installed');

jest.setTimeout(30_000);

(hasOpenssl ? describe : describe.skip)('TLS settings of an endpoint', () => {
  let service: TestService;
  let customer: TestCustomer;
  let authority: Certificate;
  let server: Certificate;
  let client: Certificate;

  beforeAll(async () => {
    authority = makeAuthority('authority');
    server = issue(authority, 'receiver', { subjectAltName: 'IP:127.0.0.1' });
    client = issue(authority, 'client');
    service = await startService();
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  /** A receiver that wants to see a certificate of the authority. */
  const receiveTls = async () => {
    const peers: string[] = [];
    const https = createServer(
      { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
      (request, response) => {
        peers.push(String((request.socket as TLSSocket).getPeerCertificate().subject.CN));
        request.resume().on('end', () => response.end());
      },
    );
    const { port } = await listen(https);
    return { url: `https://127.0.0.1:${port}/`, peers };
  };

  const create = (url: string, tls: unknown) => customer.request('post', '/webhook-endpoints', { url, tls });
  const patch = (id: string, changes: object) => customer.request('patch', `/webhook-endpoints/${id}`, changes);
  const full = () => ({ clientCertificate: client.cert, clientKey: client.key, caCertificate: authority.cert });
  const settle = async () => service.settled((await customer.emit()).eventIds[0]!);
  const firstError = async () => {
    const { eventIds } = await customer.emit();
    return waitFor('an attempt', async () => (await service.event(eventIds[0]!)).lastError);
  };

  it('delivers with the client certificate to a receiver of a private authority', async () => {
    const { url, peers } = await receiveTls();
    const { body } = await create(url, full()).expect(201);
    const expected = {
      hasClientCertificate: true,
      clientCertificateExpiresAt: expect.any(String),
      hasCaCertificate: true,
    };
    expect(body.tls).toEqual(expected);
    expect(new Date(body.tls.clientCertificateExpiresAt).getTime()).toBeGreaterThan(Date.now());
    expect(await settle()).toMatchObject({ status: 'SENT', attempts: 1 });
    expect(peers).toEqual(['client']);
  });

  it('[webhook 29] fails without the authority, and without the certificate', async () => {
    const { url, peers } = await receiveTls();
    const { body: endpoint } = await create(url, { clientCertificate: client.cert, clientKey: client.key }).expect(201);
    expect(endpoint.tls).toMatchObject({ hasClientCertificate: true, hasCaCertificate: false });
    expect(await firstError()).toMatch(/^TLS certificate rejected/);
    await patch(endpoint.id, {
      tls: { clientCertificate: null, clientKey: null, caCertificate: authority.cert },
    }).expect(200);
    expect(await firstError()).toMatch(/^(TLS handshake failed|connection reset)/);
    expect(peers).toEqual([]);
  });

  it('changes what is given, keeps what is left out, and removes what is null', async () => {
    const { url, peers } = await receiveTls();
    const { body: endpoint } = await create(url, full()).expect(201);
    const shown = async (): Promise<unknown> =>
      (await customer.request('get', `/webhook-endpoints/${endpoint.id}`).expect(200)).body.tls;
    const other = issue(authority, 'other');
    await patch(endpoint.id, { tls: { clientCertificate: other.cert, clientKey: other.key } }).expect(200);
    expect(await settle()).toMatchObject({ status: 'SENT' });
    expect(peers).toEqual(['other']);
    await patch(endpoint.id, { description: 'x', tls: {} }).expect(200);
    expect(await shown()).toMatchObject({ hasClientCertificate: true, hasCaCertificate: true });
    await patch(endpoint.id, { tls: { caCertificate: null } }).expect(200);
    expect(await shown()).toMatchObject({ hasClientCertificate: true, hasCaCertificate: false });
    await patch(endpoint.id, { tls: null }).expect(200);
    expect(await shown()).toBeNull();
    const columns = '"clientCertificate", "clientKey", "clientKeyKeyId", "caCertificate"';
    const [row] = await service.sql(`SELECT ${columns} FROM webhooks."WebhookEndpoint" WHERE id = $1`, endpoint.id);
    expect(Object.values(row ?? {})).toEqual([null, null, null, null]);
  });

  it('[webhook 34] keeps the private key encrypted, and never shows it again', async () => {
    const { url } = await receiveTls();
    const { body, text } = await create(url, full()).expect(201);
    const { text: read } = await customer.request('get', '/webhook-endpoints').expect(200);
    const { text: changed } = await patch(body.id, { tls: { clientCertificate: client.cert, clientKey: client.key } });
    await settle();
    const rows = await service.sql<{ row: string }>('SELECT p::text AS row FROM webhooks."WebhookEndpoint" p');
    const secretLine = client.key.split('\n')[1]!;
    for (const place of [text, read, changed, ...rows.map(({ row }) => row), ...service.logs]) {
      expect(place).not.toContain('PRIVATE KEY');
      expect(place).not.toContain(secretLine);
    }
  });

  it.each<[string, string, string, () => object]>([
    ['another key', 'key_mismatch', 'tls.clientKey', () => ({ ...full(), clientKey: server.key })],
    ['no key', 'client_key_missing', 'tls.clientKey', () => ({ clientCertificate: client.cert })],
    ['no certificate', 'client_key_missing', 'tls.clientCertificate', () => ({ clientKey: client.key })],
    ['a removed key', 'client_key_missing', 'tls.clientKey', () => ({ ...full(), clientKey: null })],
    ['a public key', 'invalid_private_key', 'tls.clientKey', () => ({ ...full(), clientKey: client.cert })],
    ['garbage for a key', 'invalid_private_key', 'tls.clientKey', () => ({ ...full(), clientKey: 'x' })],
    [
      'garbage for a certificate',
      'invalid_certificate',
      'tls.clientCertificate',
      () => ({ ...full(), clientCertificate: '' }),
    ],
    [
      'a key with the certificate',
      'invalid_certificate',
      'tls.clientCertificate',
      () => ({ ...full(), clientCertificate: client.cert + client.key }),
    ],
    [
      'a damaged authority',
      'invalid_certificate',
      'tls.caCertificate',
      () => ({
        caCertificate: authority.cert
          .replace(/[A-Za-z]{8}/, 'AAAAAAAA')
          .replace(/\n[^\n]{20}/, '\nAAAAAAAAAAAAAAAAAAAA'),
      }),
    ],
    ['a key for an authority', 'invalid_certificate', 'tls.caCertificate', () => ({ caCertificate: client.key })],
    [
      'eleven authorities',
      'invalid_certificate',
      'tls.caCertificate',
      () => ({ caCertificate: authority.cert.repeat(11) }),
    ],
    [
      'an expired certificate',
      'certificate_expired',
      'tls.clientCertificate',
      () => {
        const { cert, key } = issue(authority, 'expired', { days: -1 });
        return { clientCertificate: cert, clientKey: key };
      },
    ],
    [
      'an expired authority',
      'certificate_expired',
      'tls.caCertificate',
      () => ({ caCertificate: issue(authority, 'expired', { days: -1 }).cert }),
    ],
    [
      'a weak key',
      'invalid_private_key',
      'tls.clientKey',
      () => {
        const { cert, key } = issue(authority, 'weak', { newkey: ['rsa:1024'] });
        return { clientCertificate: cert, clientKey: key };
      },
    ],
  ])('refuses %s with %s', async (_, code, field, tls) => {
    const url = 'https://127.0.0.1:9/';
    const { body, text } = await create(url, tls()).expect(400);
    expect(body).toMatchObject({ code, errors: [{ field }] });
    expect(text).not.toContain(client.key.split('\n')[1]!);
    expect((await customer.request('get', '/webhook-endpoints').expect(200)).body).toEqual([]);
    const { body: endpoint } = await create(url, full()).expect(201);
    await patch(endpoint.id, { tls: tls() }).expect(400);
    expect((await customer.request('get', `/webhook-endpoints/${endpoint.id}`)).body.tls).toEqual(endpoint.tls);
  });

  it.each<[string, unknown]>([
    ['a list', []],
    ['a text', 'pem'],
    ['a number', 1],
    ['true', true],
    ['a certificate that is no text', { clientCertificate: 1 }],
    ['an authority that is no text', { caCertificate: ['x'] }],
    ['an unknown field', { key: 'x' }],
    ['an inherited name', { toString: 'x' }],
    ['a text that is too long', { caCertificate: 'x'.repeat(32_769) }],
  ])('refuses %s', async (_, tls) => {
    const { body } = await create('https://127.0.0.1:9/', tls).expect(400);
    expect(body.code).toBe('invalid_request');
    expect(body.errors[0].field).toMatch(/^tls/);
  });

  it('refuses __proto__', async () => {
    // As text: the client would drop it.
    const text = '{"url": "https://127.0.0.1:9/", "tls": {"__proto__": {}}}';
    const request = customer.request('post', '/webhook-endpoints').set('Content-Type', 'application/json');
    const { body } = await request.send(text).expect(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ field: 'tls.__proto__' }] });
  });

  it('is for https alone', async () => {
    const { body } = await create('http://127.0.0.1:9/', full()).expect(400);
    expect(body).toMatchObject({ code: 'tls_requires_https', errors: [{ field: 'tls' }] });
    const { body: plain } = await create('http://127.0.0.1:9/', null).expect(201);
    await patch(plain.id, { tls: full() }).expect(400);
    await patch(plain.id, { url: 'https://127.0.0.1:9/', tls: full() }).expect(200);
    await patch(plain.id, { url: 'http://127.0.0.1:9/' }).expect(400);
    await patch(plain.id, { url: 'http://127.0.0.1:9/', tls: null }).expect(200);
  });

  it('[webhook 33] cannot be changed by another customer', async () => {
    const { body: endpoint } = await create('https://127.0.0.1:9/', full()).expect(201);
    const other = await service.customer();
    await other.request('patch', `/webhook-endpoints/${endpoint.id}`, { tls: null }).expect(404);
    await other.request('patch', `/webhook-endpoints/${endpoint.id}`, { tls: full() }).expect(404);
    expect((await customer.request('get', `/webhook-endpoints/${endpoint.id}`)).body.tls).toEqual(endpoint.tls);
  });

  describe('what is stored', () => {
    it('is plain PEM, whatever stood around it, with the key in PKCS #8', () => {
      const rsa = issue(authority, 'rsa', { newkey: ['rsa:2048'] });
      const windows = `\r\n${rsa.cert.replaceAll('\n', '\r\n')}\r\n ${authority.cert}`;
      const { cert, key } = readClientIdentity(windows, rsa.key);
      expect(cert).toBe(rsa.cert + authority.cert);
      expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
      expect(readAuthorities(`${authority.cert}\n${server.cert}`)).toBe(authority.cert + server.cert);
    });

    it('counts the time: a certificate is refused once it has expired', () => {
      const inThreeDays = new Date(Date.now() + 3 * 86_400_000);
      expect(() => readClientIdentity(client.cert, client.key, inThreeDays)).toThrow(TlsMaterialError);
      expect(() => readAuthorities(authority.cert, inThreeDays)).toThrow(/expired/);
    });

    it('takes Ed25519 and P-384 keys', () => {
      for (const newkey of [['ed25519'], ['ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1']]) {
        const { cert, key } = issue(authority, 'other kind', { newkey });
        expect(readClientIdentity(cert, key).cert).toBe(cert);
      }
    });
  });
});

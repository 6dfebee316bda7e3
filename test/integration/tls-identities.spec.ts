import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { TlsAgents } from '../../src/webhooks/delivery/http-transport-agents';
import { HttpSender } from '../../src/webhooks/delivery/http-sender';
import type { TlsIdentity } from '../../src/webhooks/endpoints/tls-material';
import { compileUrlPolicy } from '../../src/webhooks/endpoints/url-policy';
import { hasOpenssl, issue, makeAuthority } from '../support/certificates';
import { closeReceivers, listen } from '../support/receivers';

if (!hasOpenssl) console.warn('TLS tests are skipped: they make certificates with openssl, which is not installed');

(hasOpenssl ? describe : describe.skip)('connections of TLS identities', () => {
  const none = { cert: '', key: '' };
  const authority = hasOpenssl ? makeAuthority('authority') : none;
  const make = (name: string, subjectAltName = 'DNS:receiver.example') =>
    hasOpenssl ? issue(authority, name, { subjectAltName }) : none;
  const server = make('receiver');
  const [alice, bob] = [make('alice'), make('bob')];
  const ca = authority.cert;

  const senders: HttpSender[] = [];
  const makeSender = (options: { ca?: string } = {}) => {
    const sender = new HttpSender({
      urlPolicy: compileUrlPolicy({ allowHttp: false, allowedCidrs: ['127.0.0.0/8'] }),
      timeoutMs: 2_000,
      lookup: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
      ...options,
    });
    senders.push(sender);
    return sender;
  };

  /** Answers who the client is, and by what name it asked. */
  const receiveTls = async (requestCert = true) => {
    const resumed: boolean[] = [];
    const https = createServer({ ...server, ca, requestCert, rejectUnauthorized: requestCert }, (request, response) => {
      const socket = request.socket as TLSSocket;
      const peer = requestCert ? socket.getPeerCertificate().subject.CN : 'nobody';
      request.resume().on('end', () => response.end(`${String(peer)} ${String(socket.servername)}`));
    });
    https.on('secureConnection', (socket: TLSSocket) => resumed.push(socket.isSessionReused()));
    const { port, connections } = await listen(https);
    return { url: `https://receiver.example:${port}/`, connections, resumed };
  };

  const send = (sender: HttpSender, url: string, tls?: TlsIdentity) =>
    sender.send({ url, headers: { 'User-Agent': 'test' }, body: Buffer.from('{}'), tls });

  afterEach(async () => {
    senders.splice(0).forEach((sender) => sender.close());
    await closeReceivers();
  });

  it('[webhook 29] shows the client certificate, and trusts the authority of the endpoint', async () => {
    const { url } = await receiveTls();
    const result = await send(makeSender(), url, { cert: alice.cert, key: alice.key, ca });
    expect(result).toMatchObject({ statusCode: 200, responseBody: 'alice receiver.example' });
  });

  it('[webhook 29] trusts the endpoint’s authority instead of all others, and for that endpoint alone', async () => {
    const { url } = await receiveTls(false);
    const other = makeAuthority('other');
    const sender = makeSender();
    expect(await send(sender, url, { ca })).toMatchObject({ statusCode: 200 });
    expect(await send(sender, url)).toMatchObject({ statusCode: null, errorCode: 'tls' });
    expect(await send(sender, url, { ca: other.cert })).toMatchObject({ statusCode: null, errorCode: 'tls' });
    expect(await send(makeSender({ ca }), url, { ca: other.cert })).toMatchObject({ errorCode: 'tls' });
  });

  it('[webhook 29] still verifies the name of the receiver', async () => {
    const { url } = await receiveTls(false);
    expect(await send(makeSender(), url.replace('receiver.', 'another.'), { ca })).toMatchObject({
      error: 'TLS certificate rejected: ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it('reports a receiver that refuses the client', async () => {
    const { url } = await receiveTls();
    const result = await send(makeSender(), url, { ca });
    expect(result.statusCode).toBeNull();
    expect(['tls', 'reset']).toContain(result.errorCode);
  });

  it('reports a stored key that cannot be used', async () => {
    const { url } = await receiveTls();
    const result = await send(makeSender(), url, { cert: alice.cert, key: bob.key, ca });
    expect(result).toMatchObject({ statusCode: null, errorCode: 'tls' });
  });

  it('[webhook 17] never shares a connection or a session between identities', async () => {
    const { url, connections, resumed } = await receiveTls();
    const sender = makeSender();
    const as = async ({ cert, key }: typeof alice) => (await send(sender, url, { cert, key, ca })).responseBody;
    expect(await as(alice)).toBe('alice receiver.example');
    expect(await as(bob)).toBe('bob receiver.example');
    expect(await as(alice)).toBe('alice receiver.example');
    expect(await as(bob)).toBe('bob receiver.example');
    expect(connections).toHaveLength(2);
    const anonymous = await send(sender, url, { ca });
    expect(anonymous.statusCode).toBeNull();
    expect(resumed.slice(0, 2)).toEqual([false, false]);
  });

  it('[webhook 17] uses the connection of an identity again', async () => {
    const { url, connections } = await receiveTls();
    const sender = makeSender();
    for (let i = 0; i < 5; i += 1) await send(sender, url, { cert: alice.cert, key: alice.key, ca });
    expect(connections).toHaveLength(1);
  });

  describe('TlsAgents', () => {
    it('keeps a bounded number of identities, and drops what was not used for longest', () => {
      const agents = new TlsAgents({ connect: {} }, 2);
      const [first, second] = [agents.for({ ca: 'a' }), agents.for({ ca: 'b' })];
      expect(agents.for({ ca: 'a' })).toBe(first);
      agents.for({ ca: 'c' });
      expect(agents.size).toBe(2);
      expect(agents.for({ ca: 'a' })).toBe(first);
      expect(agents.for({ ca: 'b' })).not.toBe(second);
      agents.close();
      expect(agents.size).toBe(0);
    });

    it('tells identities apart by all of their parts', () => {
      const agents = new TlsAgents({ connect: {} });
      const identities: TlsIdentity[] = [
        { ca: 'a' },
        { cert: 'a' },
        { cert: 'a', key: 'b' },
        { cert: 'a', key: 'b', ca: 'c' },
        {},
      ];
      expect(new Set(identities.map((identity) => agents.for(identity))).size).toBe(identities.length);
    });

    it('verifies certificates even if it is told not to', () => {
      const { connect } = new TlsAgents({ connect: { rejectUnauthorized: false } }).for({ ca: 'a' });
      expect(connect.rejectUnauthorized).toBe(true);
    });

    it('lets an identity with a request under way stay', () => {
      const agents = new TlsAgents({ connect: {} }, 1);
      const busy = agents.for({ ca: 'busy' });
      busy.underWay += 1;
      agents.for({ ca: 'another' });
      expect(agents.size).toBe(2);
      expect(agents.for({ ca: 'busy' })).toBe(busy);
      busy.underWay -= 1;
      agents.for({ ca: 'third' });
      expect(agents.size).toBe(1);
    });
  });
});

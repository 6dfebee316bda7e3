import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { HttpSender } from '../../src/webhooks/delivery/http-sender';
import { compileUrlPolicy } from '../../src/webhooks/endpoints/url-policy';
import { closeReceivers, listen, receiveTcp, sendWithEnvironment } from '../support/receivers';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('TLS tests are skipped: they make a certificate with openssl, which is not installed');

/** A certificate of its own for receiver.example. */
function makeCertificate(): { key: string; cert: string } {
  const directory = mkdtempSync(join(tmpdir(), 'http-sender-tls-'));
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=receiver.example', '-addext', 'subjectAltName=DNS:receiver.example'];
  try {
    execFileSync('openssl', [...kind, ...name, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

(hasOpenssl ? describe : describe.skip)('HTTPS', () => {
  const certificate = hasOpenssl ? makeCertificate() : { key: '', cert: '' };
  const senders: HttpSender[] = [];

  const sendTo = (host: string, port: number, ca?: string) => {
    const sender = new HttpSender({
      urlPolicy: compileUrlPolicy({ allowHttp: false, allowedCidrs: ['127.0.0.0/8'] }),
      timeoutMs: 500,
      lookup: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
      ...(ca === undefined ? {} : { ca }),
    });
    senders.push(sender);
    return sender.send({ url: `https://${host}:${port}/`, headers: { 'User-Agent': 'test' }, body: Buffer.from('{}') });
  };

  const receiveTls = () =>
    listen(
      createServer(certificate, (request, response) => {
        const { servername } = request.socket as TLSSocket;
        request.resume().on('end', () => response.end(`${String(servername)} ${request.headers.host ?? ''}`));
      }),
    );

  afterEach(async () => {
    senders.splice(0).forEach((sender) => sender.close());
    await closeReceivers();
  });

  it('[webhook 16] verifies the name of the URL, not the address, and sends it as SNI and Host', async () => {
    const { port } = await receiveTls();
    const result = await sendTo('receiver.example', port, certificate.cert);
    expect(result).toMatchObject({ statusCode: 200, responseBody: `receiver.example receiver.example:${port}` });
  });

  it('[webhook 29] refuses a certificate that nobody vouches for', async () => {
    const { port } = await receiveTls();
    expect(await sendTo('receiver.example', port)).toMatchObject({
      statusCode: null,
      error: 'TLS certificate rejected: DEPTH_ZERO_SELF_SIGNED_CERT',
      errorCode: 'tls',
    });
  });

  it('[webhook 29] refuses a certificate for another name', async () => {
    const { port } = await receiveTls();
    expect(await sendTo('other.example', port, certificate.cert)).toMatchObject({
      error: 'TLS certificate rejected: ERR_TLS_CERT_ALTNAME_INVALID',
      errorCode: 'tls',
    });
  });

  it('[webhook 29] verifies even when the environment tells Node not to', async () => {
    const { port } = await receiveTls();
    const variables = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };
    const result = await sendWithEnvironment(`https://receiver.example:${port}/`, variables);
    expect(result).toMatchObject({ errorCode: 'tls' });
  });

  it('[webhook 18] ignores proxies in the environment', async () => {
    const { port, connections } = await receiveTls();
    const proxy = 'http://127.0.0.1:1';
    const variables = {
      HTTPS_PROXY: proxy,
      https_proxy: proxy,
      ALL_PROXY: proxy,
      NODE_USE_ENV_PROXY: '1',
      NO_PROXY: '',
    };
    const result = await sendWithEnvironment(`https://receiver.example:${port}/`, variables);
    // It reached the receiver itself, whose certificate nobody vouches for.
    expect(result).toMatchObject({ errorCode: 'tls' });
    expect(connections).toHaveLength(1);
  });

  it('reports a server that does not speak TLS', async () => {
    const plain = await receiveTcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    expect(await sendTo('receiver.example', plain.port)).toMatchObject({ statusCode: null, errorCode: 'tls' });
  });

  it('[webhook 22] counts the handshake into the deadline', async () => {
    const silent = await receiveTcp((socket) => socket.resume());
    expect(await sendTo('receiver.example', silent.port)).toMatchObject({ error: 'timed out after 500 ms' });
  });
});

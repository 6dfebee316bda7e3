import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A key pair as GitHub signs reports with. */
export interface SigningKey {
  identifier: string;
  publicPem: string;
  privateKey: KeyObject;
}

/** A server that publishes public keys as GitHub does. */
export interface KeyServer {
  url: string;
  /** What is published. */
  keys: SigningKey[];
  /** How often it was asked. */
  requests: number;
  /** Answers instead of the list. */
  answer: ((respond: { status: number; body: string }) => { status: number; body: string }) | undefined;
  /** Waits so long before it answers. */
  delayMs: number;
  close(): Promise<void>;
}

export function signingKey(namedCurve = 'P-256'): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { identifier: randomBytes(32).toString('hex'), publicPem, privateKey };
}

/** The headers of a signed report. */
export const signed = ({ identifier, privateKey }: SigningKey, body: string | Buffer): Record<string, string> => ({
  'Content-Type': 'application/json',
  'Github-Public-Key-Identifier': identifier,
  'Github-Public-Key-Signature': sign('sha256', Buffer.from(body), { key: privateKey, dsaEncoding: 'der' }).toString(
    'base64',
  ),
});

export async function startKeyServer(...keys: SigningKey[]): Promise<KeyServer> {
  const server: Server = createServer((_request, response) => {
    state.requests += 1;
    const list = state.keys.map(({ identifier, publicPem }) => ({
      key_identifier: identifier,
      key: publicPem,
      is_current: true,
    }));
    const usual = { status: 200, body: JSON.stringify({ public_keys: list }) };
    const { status, body } = state.answer?.(usual) ?? usual;
    setTimeout(() => response.writeHead(status, { 'Content-Type': 'application/json' }).end(body), state.delayMs);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const state: KeyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/meta/public_keys/secret_scanning`,
    keys,
    requests: 0,
    answer: undefined,
    delayMs: 0,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return state;
}

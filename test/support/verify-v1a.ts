import { createPublicKey, verify } from 'node:crypto';

/**
 * Standard Webhooks' `v1a`, from the specification and node:crypto alone: nothing of the product is in here. True when
 * one of the signatures is that of the `whpk_…` key over these bytes.
 */
export function isSignedV1a(
  publicKey: string,
  headers: Readonly<Record<string, unknown>>,
  body: Uint8Array | string,
): boolean {
  const x = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const start = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`;
  const content = Buffer.concat([Buffer.from(start), Buffer.from(body)]);
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((part) => part.startsWith('v1a,'))
    .some((part) => verify(null, content, key, Buffer.from(part.slice(4), 'base64')));
}

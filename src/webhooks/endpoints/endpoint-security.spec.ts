import { sign, verifySignature } from '../delivery/signature';
import { EndpointSecurity } from './endpoint-security';
import { toShownSecurity } from './endpoint-security.types';
import { createSecretBox, SecretBoxError } from './secret-box';

const security = new EndpointSecurity(createSecretBox([Buffer.alloc(32, 1)]));
const noTls = { clientCertificate: null, clientKey: null, clientKeyKeyId: null, caCertificate: null };

describe('EndpointSecurity', () => {
  it.each(['v1', 'v1a'] as const)(
    '[webhook 34] seals a new %s secret to its endpoint, and shows what it should',
    (scheme) => {
      const { columns, shown } = security.newSigningSecret('endpoint-1', scheme);
      expect(shown.secret === undefined).toBe(scheme === 'v1a');
      expect(columns.publicKey === null).toBe(scheme === 'v1');
      const sealed = { ciphertext: columns.secret, keyId: columns.secretKeyId };
      const secrets = security.signingSecrets('endpoint-1', sealed, null);
      const timestamp = Math.floor(Date.now() / 1_000);
      const header = sign({ id: 'id', timestamp, body: Buffer.from('{}'), secrets });
      const headers = { 'webhook-id': 'id', 'webhook-timestamp': String(timestamp), 'webhook-signature': header };
      const key = shown.secret ?? columns.publicKey ?? '';
      expect(verifySignature({ headers, body: '{}', secrets: [key] }).ok).toBe(true);
      expect(() => security.signingSecrets('endpoint-2', sealed, null)).toThrow(SecretBoxError);
    },
  );

  it('[webhook 5] gives the current secret first, then the one before', () => {
    const [current, previous] = [security.newSigningSecret('e', 'v1'), security.newSigningSecret('e', 'v1')];
    const sealed = ({ columns }: typeof current) => ({ ciphertext: columns.secret, keyId: columns.secretKeyId });
    expect(security.signingSecrets('e', sealed(current), sealed(previous))).toEqual([
      current.shown.secret,
      previous.shown.secret,
    ]);
  });

  it('takes no signing secret for a client key', () => {
    const { columns } = security.newSigningSecret('e', 'v1');
    const moved = {
      ...noTls,
      clientCertificate: 'cert',
      clientKey: columns.secret,
      clientKeyKeyId: columns.secretKeyId,
    };
    expect(() => security.tlsIdentity('e', moved)).toThrow(SecretBoxError);
  });

  it('knows endpoints without TLS settings of their own, and with an authority alone', () => {
    expect(security.tlsIdentity('e', noTls)).toBeUndefined();
    expect(security.tlsIdentity('e', { ...noTls, caCertificate: 'ca' })).toEqual({ ca: 'ca' });
    expect(security.tlsColumns('e', {})).toEqual({});
    expect(security.tlsColumns('e', null)).toEqual(noTls);
  });
});

describe('toShownSecurity', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  const row = {
    signatureScheme: 'v1a' as const,
    publicKey: 'whpk_new',
    previousPublicKey: 'whpk_old',
    previousSecretUntil: new Date('2026-01-01T00:00:01Z'),
    clientCertificate: null,
    caCertificate: null,
  };

  it('[webhook 5] shows the key before a rotation until the overlap ends', () => {
    expect(toShownSecurity(row, now)).toMatchObject({
      previousPublicKey: 'whpk_old',
      previousSecretExpiresAt: row.previousSecretUntil,
    });
    expect(toShownSecurity(row, row.previousSecretUntil)).toMatchObject({
      previousPublicKey: null,
      previousSecretExpiresAt: null,
    });
  });
});

import { Inject, Injectable } from '@nestjs/common';
import { generateKeyPair, generateSecret, type SignatureScheme } from '../delivery/signature';
import { invalidField } from '../webhooks.errors';
import type { SealedHeaders, SigningColumns, TlsColumns } from './endpoint-security.types';
import { SECRET_BOX } from './endpoints.tokens';
import type { SealedSecret, SecretBox } from './secret-box';
import { readAuthorities, readClientIdentity, TlsMaterialError, type TlsIdentity } from './tls-material';

/** Certificates and keys of one endpoint, in PEM. Null removes, what is left out stays as it is. */
export interface TlsSettings {
  /** Shown to the receiver (mTLS). Always together with its key. */
  clientCertificate?: string | null;
  /** Kept encrypted, and never shown again. */
  clientKey?: string | null;
  /** Trusted instead of the public authorities. */
  caCertificate?: string | null;
}

/** A client key is bound to another context than signing secrets: one can never be taken for the other. */
export const clientKeyContext = (endpointId: string): string => `${endpointId}:client-key`;

/** Custom headers are bound to a context of their own too. */
const headersContext = (endpointId: string): string => `${endpointId}:headers`;

/** Makes, seals and opens what secures an endpoint's deliveries: signing secrets and TLS identities. */
@Injectable()
export class EndpointSecurity {
  constructor(@Inject(SECRET_BOX) private readonly box: SecretBox) {}

  /** A new signing secret: what is stored of it, and the secret to show once, which a `v1a` endpoint does not have. */
  newSigningSecret(
    endpointId: string,
    scheme: SignatureScheme,
  ): { columns: SigningColumns; shown: { secret?: string } } {
    if (scheme === 'v1') {
      const secret = generateSecret();
      return { columns: { ...this.seal(secret, endpointId), publicKey: null }, shown: { secret } };
    }
    const { privateKey, publicKey } = generateKeyPair();
    return { columns: { ...this.seal(privateKey, endpointId), publicKey }, shown: {} };
  }

  /**
   * What signs an attempt: the current secret first, then the one that it replaces.
   * @throws SecretBoxError when the key that sealed one of them is not configured any more
   */
  signingSecrets(endpointId: string, current: SealedSecret, previous: SealedSecret | null): string[] {
    return [current, previous].flatMap((sealed) => (sealed === null ? [] : this.box.open(sealed, endpointId)));
  }

  /**
   * Checks TLS settings, and gives the columns that they change.
   * @throws WebhooksError `invalid_certificate`, `certificate_expired`, `invalid_private_key`, `key_mismatch`,
   * `client_key_missing`
   */
  tlsColumns(endpointId: string, settings: TlsSettings | null): Partial<TlsColumns> {
    if (settings === null) return { ...NO_CLIENT, caCertificate: null };
    const { caCertificate: ca } = settings;
    return {
      ...this.clientColumns(endpointId, settings),
      ...(ca === undefined ? {} : { caCertificate: ca === null ? null : checked(() => readAuthorities(ca)) }),
    };
  }

  /**
   * The TLS identity of an endpoint; undefined when it has none of its own.
   * @throws SecretBoxError when the key that sealed the client key is not configured any more
   */
  tlsIdentity(endpointId: string, stored: TlsColumns): TlsIdentity | undefined {
    const { clientCertificate: cert, clientKey: ciphertext, clientKeyKeyId: keyId, caCertificate: ca } = stored;
    const authority = ca === null ? {} : { ca };
    if (cert === null || ciphertext === null || keyId === null) return ca === null ? undefined : authority;
    return { cert, key: this.box.open({ ciphertext, keyId }, clientKeyContext(endpointId)), ...authority };
  }

  /** The customer's own headers as they are stored: their values may be credentials. */
  sealHeaders(endpointId: string, headers: Readonly<Record<string, string>>): SealedHeaders {
    return { ...this.box.seal(JSON.stringify(headers), headersContext(endpointId)), names: Object.keys(headers) };
  }

  /** @throws SecretBoxError when the key that sealed them is not configured any more */
  openHeaders(endpointId: string, sealed: SealedHeaders): Record<string, string> {
    return JSON.parse(this.box.open(sealed, headersContext(endpointId))) as Record<string, string>;
  }

  private seal(secret: string, endpointId: string): Pick<SigningColumns, 'secret' | 'secretKeyId'> {
    const { ciphertext, keyId } = this.box.seal(secret, endpointId);
    return { secret: ciphertext, secretKeyId: keyId };
  }

  private clientColumns(endpointId: string, { clientCertificate, clientKey }: TlsSettings): Partial<TlsColumns> {
    if (clientCertificate === undefined && clientKey === undefined) return {};
    if (clientCertificate === null && clientKey === null) return NO_CLIENT;
    if (typeof clientCertificate !== 'string' || typeof clientKey !== 'string') {
      const field = typeof clientKey === 'string' ? 'tls.clientCertificate' : 'tls.clientKey';
      throw invalidField(
        'client_key_missing',
        field,
        'a client certificate and its key are given, or removed, together',
      );
    }
    const { cert, key } = checked(() => readClientIdentity(clientCertificate, clientKey));
    const sealed = this.box.seal(key, clientKeyContext(endpointId));
    return { clientCertificate: cert, clientKey: sealed.ciphertext, clientKeyKeyId: sealed.keyId };
  }
}

const NO_CLIENT = { clientCertificate: null, clientKey: null, clientKeyKeyId: null };

function checked<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof TlsMaterialError) throw invalidField(error.code, `tls.${error.field}`, error.message);
    throw error;
  }
}

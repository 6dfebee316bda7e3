import type { SealedSecret } from './secret-box';
import type { SignatureScheme } from '../delivery/signature';
import { expiryOf } from './tls-material';

/** What is stored of a signing secret. */
export interface SigningColumns {
  secret: string;
  secretKeyId: string;
  /** `whpk_…` of a `v1a` endpoint; null with `v1`. */
  publicKey: string | null;
}

/** What is stored of an endpoint's TLS settings. */
export interface TlsColumns {
  clientCertificate: string | null;
  /** Sealed. */
  clientKey: string | null;
  clientKeyKeyId: string | null;
  caCertificate: string | null;
}

/** How an endpoint's deliveries are secured, as the API shows it: no secret, no private key. */
export interface ShownSecurity {
  signatureScheme: SignatureScheme;
  /** Verifies what is sent to a `v1a` endpoint (`whpk_…`); null with `v1`. */
  publicKey: string | null;
  /** The public key before the last rotation, while its signature is still sent. */
  previousPublicKey: string | null;
  /** Until when the secret before the last rotation signs as well; null when it does not. */
  previousSecretExpiresAt: Date | null;
  tls: ShownTls | null;
}

/** TLS settings as the API shows them. */
export interface ShownTls {
  hasClientCertificate: boolean;
  clientCertificateExpiresAt: Date | null;
  hasCaCertificate: boolean;
}

/** The columns behind {@link ShownSecurity}. */
export const securityColumns = {
  signatureScheme: true,
  publicKey: true,
  previousPublicKey: true,
  previousSecretUntil: true,
  clientCertificate: true,
  caCertificate: true,
} as const;

/** A row of {@link securityColumns}. */
export interface SecurityRow {
  signatureScheme: SignatureScheme;
  publicKey: string | null;
  previousPublicKey: string | null;
  previousSecretUntil: Date | null;
  clientCertificate: string | null;
  caCertificate: string | null;
}

/** Turns a row into what the API shows. */
export function toShownSecurity(row: SecurityRow, now = new Date()): ShownSecurity {
  const { signatureScheme, publicKey, previousSecretUntil: until } = row;
  const overlaps = until !== null && until > now;
  return {
    signatureScheme,
    publicKey,
    previousPublicKey: overlaps ? row.previousPublicKey : null,
    previousSecretExpiresAt: overlaps ? until : null,
    tls: toShownTls(row),
  };
}

function toShownTls({ clientCertificate, caCertificate }: SecurityRow): ShownTls | null {
  if (clientCertificate === null && caCertificate === null) return null;
  return {
    hasClientCertificate: clientCertificate !== null,
    clientCertificateExpiresAt: clientCertificate === null ? null : expiryOf(clientCertificate),
    hasCaCertificate: caCertificate !== null,
  };
}

/** The customer's own headers as they are stored: sealed, since the values may be credentials, but for their names. */
export interface SealedHeaders extends SealedSecret {
  names: string[];
}

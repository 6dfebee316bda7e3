import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its private key, in PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Whether certificates can be made here. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** What a certificate is asked for. */
interface CertificateOptions {
  /** Names and addresses as OpenSSL writes them: `IP:127.0.0.1`. */
  subjectAltName?: string;
  /** Negative: it expired yesterday. */
  days?: number;
  /** As `openssl -newkey` takes it. */
  newkey?: readonly string[];
}

const EC_KEY = ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];

/** An authority of its own. */
export function makeAuthority(name: string): Certificate {
  return withFiles(({ key, cert }) => {
    const extensions = ['-addext', 'keyUsage=critical,keyCertSign,digitalSignature'];
    openssl(
      'req',
      '-x509',
      '-newkey',
      ...EC_KEY,
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      ...extensions,
      '-keyout',
      key,
      '-out',
      cert,
    );
  });
}

/** A certificate that an authority issues. */
export function issue(authority: Certificate, name: string, options: CertificateOptions = {}): Certificate {
  const { subjectAltName, days = 2, newkey = EC_KEY } = options;
  return withFiles(({ key, cert, file }) => {
    const [request, ca, caKey, extensions] = [file('request.pem'), file('ca.pem'), file('ca.key'), file('extensions')];
    writeFileSync(ca, authority.cert);
    writeFileSync(caKey, authority.key);
    writeFileSync(extensions, subjectAltName === undefined ? '' : `subjectAltName=${subjectAltName}\n`);
    openssl('req', '-new', '-newkey', ...newkey, '-nodes', '-subj', `/CN=${name}`, '-keyout', key, '-out', request);
    const signing = ['-CA', ca, '-CAkey', caKey, '-days', String(days), '-extfile', extensions];
    openssl('x509', '-req', '-in', request, ...signing, '-set_serial', String(Date.now()), '-out', cert);
  });
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore' });
}

function withFiles(make: (files: { key: string; cert: string; file: (name: string) => string }) => void): Certificate {
  const directory = mkdtempSync(join(tmpdir(), 'certificates-'));
  const file = (name: string) => join(directory, name);
  try {
    make({ key: file('key.pem'), cert: file('cert.pem'), file });
    return { key: readFileSync(file('key.pem'), 'utf8'), cert: readFileSync(file('cert.pem'), 'utf8') };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

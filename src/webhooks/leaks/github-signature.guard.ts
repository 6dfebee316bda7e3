import { Injectable, NotFoundException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { verify, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AccessControl } from '../guards/access-control';
import { ProblemException } from '../http/problem.exception';
import { WebhooksError } from '../webhooks.errors';
import { GithubKeys } from './github-keys';

/** A request whose body is kept as it came: Nest does with `rawBody: true`, the stand-alone service for this route. */
export interface RawBodyRequest {
  headers: IncomingHttpHeaders;
  rawBody?: Buffer;
}

const CHALLENGE = 'Signature realm="webhooks"';

/**
 * Lets a report pass that GitHub signed: ECDSA over P-256 and SHA-256, of the body's bytes. What is missing or wrong
 * makes no difference to the answer. Without a URL of GitHub's keys, there is no such route.
 */
@Injectable()
export class GithubSignatureGuard implements CanActivate {
  constructor(
    private readonly access: AccessControl,
    private readonly keys: GithubKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!this.keys.isOn) throw new NotFoundException();
    const { headers, rawBody } = context.switchToHttp().getRequest<RawBodyRequest>();
    const identifier = headers['github-public-key-identifier'];
    const signature = headers['github-public-key-signature'];
    if (typeof identifier === 'string' && typeof signature === 'string') {
      // What is empty is signed by nobody, and no parser keeps it.
      const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
      if (rawBody === undefined && !isEmpty) throw rawBodyMissing();
      const key = await this.keys.find(identifier);
      if (key !== undefined && rawBody !== undefined && isSignedBy(key, rawBody, signature)) return true;
    }
    const detail = 'Send a report that GitHub signed, with its Github-Public-Key-Identifier and -Signature.';
    return this.access.refuse(context, 'signature_invalid', detail, CHALLENGE);
  }
}

function isSignedBy(key: KeyObject, body: Buffer, signature: string): boolean {
  try {
    return verify('sha256', body, { key, dsaEncoding: 'der' }, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** The application's mistake, and its operator's to see: the report can be sent again when it is mended. */
function rawBodyMissing(): ProblemException {
  const detail =
    'The signature cannot be checked, because the body was not kept as it came: create the application with { rawBody: true }.';
  return new ProblemException(new WebhooksError('unavailable', 'raw_body_missing', detail));
}

import { Injectable, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import type { IncomingHttpHeaders } from 'node:http';
import { missingPermissions } from '../api-keys/permissions';
import { REQUIRED_PERMISSIONS } from '../decorators/require-permissions.decorator';
import { ProblemException } from '../http/problem.exception';
import type { AuthenticatedRequest } from '../identity.types';
import { VerificationService } from '../verification/verification.service';
import { WebhooksError } from '../webhooks.errors';
import { readCredentials, type Credentials } from './credentials';

/** How a key that is not accepted is refused: a stable code, and a sentence. */
const REFUSALS = {
  unknown: { code: 'api_key_unknown', detail: 'This is not a valid API key.' },
  inactive: { code: 'api_key_inactive', detail: 'This API key is deactivated.' },
  expired: { code: 'api_key_expired', detail: 'This API key has expired.' },
} as const;

const REALM = 'Bearer realm="webhooks"';

type IncomingRequest = Partial<AuthenticatedRequest> & {
  headers: IncomingHttpHeaders;
  /** Express and Fastify know it. */
  ip?: string;
  rawHeaders?: string[];
  /** Fastify's own request holds Node's here. */
  raw?: { rawHeaders: string[] };
};

/** What the guards have in common: reading credentials, refusing as RFC 6750 says, and checking permissions. */
@Injectable()
export class AccessControl {
  constructor(
    private readonly verification: VerificationService,
    private readonly reflector: Reflector,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** The token that the request presents. @throws ProblemException 401 */
  presentedToken(context: ExecutionContext): string {
    const { headers, rawHeaders, raw } = this.request(context);
    const credentials: Credentials = readCredentials({ headers, rawHeaders: rawHeaders ?? raw?.rawHeaders });
    if (credentials.kind === 'token') return credentials.token;
    if (credentials.kind === 'unusable') return this.refuse(context, 'invalid_credentials', credentials.reason);
    // RFC 6750, 3.1: a request without credentials gets no error code in the challenge.
    const detail = 'Send an API key as "X-API-Key: sk_…" or "Authorization: Bearer sk_…".';
    return this.refuse(context, 'credentials_missing', detail, REALM);
  }

  /** Accepts an API key and its permissions, and puts who it is on the request. @throws ProblemException 401, 403 */
  async acceptApiKey(context: ExecutionContext, presented: string): Promise<true> {
    const { ip = null, headers } = this.request(context);
    const from = { ip, userAgent: headers['user-agent'] ?? null };
    const verified = await this.verification.verify(presented, from);
    if (verified.outcome === 'suspended') return this.refuseSuspended(verified.reason);
    if (verified.outcome !== 'valid') {
      const { code, detail } = REFUSALS[verified.outcome];
      return this.refuse(context, code, detail);
    }
    const { user, customer, apiKey } = verified;
    const required = this.checkPermissions(context, apiKey.permissions);
    this.verification.markUsed(apiKey.id, { ...from, permissions: required });
    return this.admit(context, { user, customer, apiKey, permissions: apiKey.permissions });
  }

  /** @throws ProblemException 403, always */
  refuseSuspended(reason: string | null): never {
    const detail = reason === null ? 'This customer is suspended.' : `This customer is suspended: ${reason}`;
    throw new ProblemException(new WebhooksError('forbidden', 'customer_suspended', detail));
  }

  /** Puts who it is on the request. */
  admit(context: ExecutionContext, identity: AuthenticatedRequest): true {
    Object.assign(this.request(context), identity);
    return true;
  }

  /** @returns what the route requires @throws ProblemException 403 that names what is missing */
  private checkPermissions(context: ExecutionContext, granted: readonly string[]): readonly string[] {
    const targets = [context.getHandler(), context.getClass()];
    const required = this.reflector.getAllAndMerge<string[]>(REQUIRED_PERMISSIONS, targets);
    const missing = missingPermissions(granted, required);
    if (missing.length === 0) return required;
    this.challenge(context, `${REALM}, error="insufficient_scope", scope="${required.join(' ')}"`);
    const detail = `This needs the permission ${missing.join(', ')}, which the caller does not have.`;
    throw new ProblemException(new WebhooksError('forbidden', 'permission_missing', detail));
  }

  /** @throws ProblemException 401, always */
  refuse(
    context: ExecutionContext,
    code: string,
    detail: string,
    challenge = `${REALM}, error="invalid_token"`,
  ): never {
    this.challenge(context, challenge);
    throw new ProblemException(new WebhooksError('unauthenticated', code, detail));
  }

  private challenge(context: ExecutionContext, value: string): void {
    this.adapterHost.httpAdapter.setHeader(context.switchToHttp().getResponse(), 'WWW-Authenticate', value);
  }

  private request(context: ExecutionContext): IncomingRequest {
    return context.switchToHttp().getRequest<IncomingRequest>();
  }
}

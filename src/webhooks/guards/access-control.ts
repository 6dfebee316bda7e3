import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { missingPermissions } from '../api-keys/permissions';
import { ProblemException } from '../http/problem.exception';
import type { AuthenticatedApiKey, AuthenticatedRequest } from '../identity.types';
import { isAllowed } from '../verification/ip-allow-list';
import type { PresentedToken } from '../verification/presented-token';
import {
  ThrottledVerificationService,
  type ThrottledVerification,
} from '../verification/throttled-verification.service';
import { VerificationService, type Verification } from '../verification/verification.service';
import { WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { ConnectionCredentials } from './connection-credentials';
import { createClientReader, type Client, type NodeRequest } from './client-address';
import { RequestRates } from './request-rates';
import { RequiredPermissions } from './required-permissions';
import { ResponseHeaders } from './response-headers';

/** How a key that is not accepted is refused: a stable code, and a sentence. */
const REFUSALS = {
  unknown: { code: 'api_key_unknown', detail: 'This is not a valid API key.' },
  inactive: { code: 'api_key_inactive', detail: 'This API key is deactivated.' },
  expired: { code: 'api_key_expired', detail: 'This API key has expired.' },
} as const;

const REALM = 'Bearer realm="webhooks"';

type VerifiedKey = Extract<Verification, { outcome: 'valid' }>;

/** Express' request is Node's own with more on it; Fastify's holds Node's in `raw`. */
type IncomingRequest = Partial<AuthenticatedRequest> & (NodeRequest | { raw: NodeRequest });

/** What the guards have in common: reading credentials, refusing as RFC 6750 says, and checking what a key may do. */
@Injectable()
export class AccessControl {
  private readonly readClient: (request: NodeRequest) => Client;
  private readonly credentials = new ConnectionCredentials();

  constructor(
    private readonly verification: ThrottledVerificationService,
    private readonly lastUsed: VerificationService,
    private readonly rates: RequestRates,
    private readonly headers: ResponseHeaders,
    private readonly required: RequiredPermissions,
    @Inject(WEBHOOKS_OPTIONS) { trustedProxies }: ResolvedOptions,
  ) {
    this.readClient = createClientReader(trustedProxies);
  }

  /** The token that the request presents. @throws ProblemException 401 */
  presentedToken(context: ExecutionContext): PresentedToken {
    const credentials = this.credentials.read(this.nodeRequest(context));
    if (credentials.kind === 'token') return credentials.token;
    if (credentials.kind === 'unusable') return this.refuse(context, 'invalid_credentials', credentials.reason);
    // RFC 6750, 3.1: a request without credentials gets no error code in the challenge.
    const detail = 'Send an API key as "X-API-Key: sk_…" or "Authorization: Bearer sk_…".';
    return this.refuse(context, 'credentials_missing', detail, REALM);
  }

  /**
   * Accepts an API key for this request, and puts who it is on it. Where nothing has to be asked of the database, the
   * answer is there at once: a promise would cost as much as all of the rest.
   * @throws ProblemException 401; 403 for its address or its permissions; 429 for its rate limit
   */
  acceptApiKey(context: ExecutionContext, presented: PresentedToken): true | Promise<true> {
    const client = this.readClient(this.nodeRequest(context));
    const verified = this.verification.verify(presented, client);
    if (verified instanceof Promise) return verified.then((later) => this.decide(context, later, client));
    return this.decide(context, verified, client);
  }

  private decide(context: ExecutionContext, verified: ThrottledVerification, client: Client): true | Promise<true> {
    const key = this.acceptedKey(context, verified);
    this.checkAddress(context, key.apiKey, client.ip);
    const { id: keyId, rateLimit } = key.apiKey;
    if (rateLimit === null) return this.admitKey(context, key, client);
    const counted = this.rates.countRequest(context, { customerId: key.customer.id, keyId, rateLimit });
    return counted.then(() => this.admitKey(context, key, client));
  }

  private admitKey(context: ExecutionContext, { user, customer, apiKey }: VerifiedKey, client: Client): true {
    const permissions = this.checkPermissions(context, apiKey.permissions);
    this.lastUsed.markUsed(apiKey.id, { ip: client.ip, userAgent: client.userAgent, permissions });
    return this.admit(context, { user, customer, apiKey });
  }

  /** What is known of a key that is accepted. @throws ProblemException 401, 403, 429 for any other */
  private acceptedKey(context: ExecutionContext, verified: ThrottledVerification): VerifiedKey {
    switch (verified.outcome) {
      case 'valid':
        return verified;
      case 'throttled':
        return this.rates.refuseThrottled(context, verified.retryAfterMs);
      case 'suspended':
        return this.refuseSuspended(context, verified.reason);
      case 'unknown':
      case 'inactive':
      case 'expired': {
        const { code, detail } = REFUSALS[verified.outcome];
        return this.refuse(context, code, detail);
      }
    }
  }

  /** @throws ProblemException 403, always */
  refuseSuspended(context: ExecutionContext, reason: string | null): never {
    const detail = reason === null ? 'This customer is suspended.' : `This customer is suspended: ${reason}`;
    return this.forbid(context, 'customer_suspended', detail);
  }

  /**
   * Puts who it is on the request. Nothing that can be told from it as well: each property that is new on Express'
   * request costs V8 more than the digest of the key.
   */
  admit(context: ExecutionContext, identity: AuthenticatedRequest): true {
    Object.assign(this.request(context), identity);
    return true;
  }

  /** @returns what the route requires @throws ProblemException 403 that names what is missing */
  private checkPermissions(context: ExecutionContext, granted: readonly string[]): readonly string[] {
    const required = this.required.of(context);
    const missing = missingPermissions(granted, required);
    if (missing.length === 0) return required;
    const detail = `This needs the permission ${missing.join(', ')}, which the caller does not have.`;
    const challenge = `${REALM}, error="insufficient_scope", scope="${required.join(' ')}"`;
    return this.forbid(context, 'permission_missing', detail, challenge);
  }

  /** @throws ProblemException 403 that tells the address, so that the key's owner can put it on the list */
  private checkAddress(context: ExecutionContext, { allowedCidrs }: AuthenticatedApiKey, ip: string | null): void {
    if (isAllowed(ip, allowedCidrs)) return;
    const from = ip ?? 'an address that cannot be told';
    const detail = `This API key may not be used from ${from}: it is in none of the key's allowedCidrs.`;
    this.forbid(context, 'ip_not_allowed', detail);
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

  /** @throws ProblemException 403, always */
  private forbid(context: ExecutionContext, code: string, detail: string, challenge = REALM): never {
    this.challenge(context, challenge);
    throw new ProblemException(new WebhooksError('forbidden', code, detail));
  }

  private challenge(context: ExecutionContext, value: string): void {
    this.headers.set(context, { 'WWW-Authenticate': value });
  }

  private request(context: ExecutionContext): IncomingRequest {
    // What `switchToHttp().getRequest()` returns, without the object in between.
    return context.getArgByIndex<IncomingRequest>(0);
  }

  private nodeRequest(context: ExecutionContext): NodeRequest {
    const request = this.request(context);
    return 'rawHeaders' in request ? request : request.raw;
  }
}

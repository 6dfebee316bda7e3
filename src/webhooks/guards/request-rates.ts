import { Injectable, type ExecutionContext } from '@nestjs/common';
import { ProblemException } from '../http/problem.exception';
import type { RateLimit } from '../identity.types';
import { RateLimiterService } from '../verification/rate-limiter.service';
import { WebhooksError } from '../webhooks.errors';
import { rateLimitHeaders } from './rate-limit-headers';
import { ResponseHeaders } from './response-headers';

/** How often a key may be used, and how often an address may be wrong: what is too much is a 429. */
@Injectable()
export class RequestRates {
  constructor(
    private readonly rateLimiter: RateLimiterService,
    private readonly headers: ResponseHeaders,
  ) {}

  /** Counts a request, and tells the client how much is left. @throws ProblemException 429 with `Retry-After` */
  async countRequest(
    context: ExecutionContext,
    { customerId, keyId, rateLimit }: { customerId: string; keyId: string; rateLimit: RateLimit },
  ): Promise<void> {
    const decision = await this.rateLimiter.take(customerId, keyId, rateLimit);
    this.headers.set(context, rateLimitHeaders(decision));
    if (decision.isAccepted) return;
    const { limit, windowSeconds } = decision;
    const detail = `This API key may make ${limit} requests in ${windowSeconds} s: try again when Retry-After has passed.`;
    throw new ProblemException(new WebhooksError('too-many-requests', 'rate_limited', detail));
  }

  /** An address that presents too many keys that are none. @throws ProblemException 429, always */
  refuseThrottled(context: ExecutionContext, retryAfterMs: number): never {
    this.headers.set(context, { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) });
    const detail = 'Too many keys that are none came from this address: try again when Retry-After has passed.';
    throw new ProblemException(new WebhooksError('too-many-requests', 'too_many_unknown_keys', detail));
  }
}

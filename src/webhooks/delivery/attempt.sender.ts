import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Attributes } from '@opentelemetry/api';
import { traceAttempt } from '../../tracing/spans';
import { EndpointsService, type TlsIdentity } from '../endpoints/endpoints.service';
import { compileUrlPolicy } from '../endpoints/url-policy';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { buildRequest } from './delivery-request';
import type { DueDelivery } from './delivery.types';
import { HttpSender, type SendResult } from './http-sender';

/** Opens the endpoint's secrets, signs and sends; the only way to the HTTP sender, for deliveries and for tests. */
@Injectable()
export class AttemptSender implements OnApplicationShutdown {
  private readonly sender: HttpSender;
  private readonly forwardsTraceparent: boolean;

  constructor(
    private readonly endpoints: EndpointsService,
    @Inject(WEBHOOKS_OPTIONS) { delivery: { urlPolicy, timeoutMs, forwardTraceparent } }: ResolvedOptions,
  ) {
    this.forwardsTraceparent = forwardTraceparent;
    this.sender = new HttpSender({ urlPolicy: compileUrlPolicy(urlPolicy), timeoutMs });
  }

  onApplicationShutdown(): void {
    this.sender.close();
  }

  /** Makes the next attempt of a delivery. What the receiver or the network does is in the result. */
  async send(delivery: DueDelivery): Promise<SendResult> {
    const { traceparent, endpoint } = delivery;
    return traceAttempt(traceparent, endpoint.url, attributesOf(delivery), (position) =>
      this.sendWithin(this.forwardsTraceparent ? position : null, delivery),
    );
  }

  /** @param traceparent to send along */
  private async sendWithin(traceparent: string | null, delivery: DueDelivery): Promise<SendResult> {
    const { id, secret, previousSecret, headers, timeoutMs } = delivery.endpoint;
    let secrets: string[];
    let tls: TlsIdentity | undefined;
    let customHeaders: Record<string, string>;
    try {
      secrets = this.endpoints.signingSecrets(id, secret, previousSecret);
      tls = this.endpoints.tlsIdentity(id, delivery.endpoint.tls);
      customHeaders = headers === null ? {} : this.endpoints.customHeaders(id, headers);
    } catch {
      return notSent('the endpoint’s secrets cannot be decrypted: SECRETS_KEY is not the one they were encrypted with');
    }
    const request = buildRequest(delivery, delivery.attempts + 1, secrets, new Date(), customHeaders, traceparent);
    return this.sender.send({ ...request, tls, ...(timeoutMs === null ? {} : { timeoutMs }) });
  }
}

const attributesOf = ({ id, customerId, event, attempts, endpoint }: DueDelivery): Attributes => ({
  'webhooks.event.id': id,
  'webhooks.event.type': event,
  'webhooks.customer.id': customerId,
  'webhooks.endpoint.id': endpoint.id,
  'webhooks.attempt': attempts + 1,
  ...(attempts > 0 ? { 'http.request.resend_count': attempts } : {}),
});

/** An operator's mistake, but one that must become visible at the delivery rather than repeat for ever. */
function notSent(error: string): SendResult {
  return {
    startedAt: new Date(),
    durationMs: 0,
    statusCode: null,
    error,
    errorCode: 'secrets-unreadable',
    responseBody: null,
    responseHeaders: null,
    retryAfterMs: null,
  };
}

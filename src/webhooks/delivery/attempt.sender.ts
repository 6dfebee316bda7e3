import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EndpointsService, type TlsIdentity } from '../endpoints/endpoints.service';
import { compileUrlPolicy } from '../endpoints/url-policy';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { buildRequest } from './delivery-request';
import type { DeliveryEndpoint, DueDelivery } from './delivery.types';
import { HttpSender, type SendResult } from './http-sender';

/** What an endpoint's attempts need of its secrets. */
interface Opened {
  /** What signs; and the same while the secret before the last rotation signs too, opened when that is asked for. */
  readonly secrets: readonly string[];
  overlapping?: readonly string[];
  readonly tls: TlsIdentity | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Opens the endpoint's secrets, signs and sends; the only way to the HTTP sender, for deliveries and for tests. */
@Injectable()
export class AttemptSender implements OnApplicationShutdown {
  private readonly sender: HttpSender;
  private readonly opened = new WeakMap<DeliveryEndpoint, Opened>();

  constructor(
    private readonly endpoints: EndpointsService,
    @Inject(WEBHOOKS_OPTIONS) { delivery: { urlPolicy, timeoutMs } }: ResolvedOptions,
  ) {
    this.sender = new HttpSender({ urlPolicy: compileUrlPolicy(urlPolicy), timeoutMs });
  }

  onApplicationShutdown(): void {
    this.sender.close();
  }

  /** Makes the next attempt of a delivery. What the receiver or the network does is in the result. */
  async send(delivery: DueDelivery): Promise<SendResult> {
    const { endpoint, signsWithPrevious } = delivery;
    let opened: Opened;
    let secrets: readonly string[];
    try {
      opened = this.open(endpoint);
      secrets = signsWithPrevious ? (opened.overlapping ??= this.signingSecrets(endpoint, true)) : opened.secrets;
    } catch {
      return notSent('the endpoint’s secrets cannot be decrypted: SECRETS_KEY is not the one they were encrypted with');
    }
    const request = buildRequest(delivery, delivery.attempts + 1, secrets, new Date(), opened.headers);
    return this.sender.send({
      ...request,
      tls: opened.tls,
      ...(endpoint.timeoutMs === null ? {} : { timeoutMs: endpoint.timeoutMs }),
    });
  }

  /** Opened once for each state of an endpoint: an endpoint that changed is another object. */
  private open(endpoint: DeliveryEndpoint): Opened {
    let opened = this.opened.get(endpoint);
    if (opened === undefined) {
      const { id, tls, headers } = endpoint;
      opened = {
        secrets: this.signingSecrets(endpoint, false),
        tls: this.endpoints.tlsIdentity(id, tls),
        headers: headers === null ? {} : this.endpoints.customHeaders(id, headers),
      };
      this.opened.set(endpoint, opened);
    }
    return opened;
  }

  private signingSecrets({ id, secret, previousSecret }: DeliveryEndpoint, isOverlapping: boolean): string[] {
    return this.endpoints.signingSecrets(id, secret, isOverlapping ? previousSecret : null);
  }
}

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

import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { generateSecret } from '../delivery/signature';
import { EventTypesService } from '../event-types/event-types.service';
import { invalidField, notFound, WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { EndpointsRepository, type Endpoint, type MatchableEndpoint } from './endpoints.repository';
import { SECRET_BOX } from './endpoints.tokens';
import type { SealedSecret, SecretBox } from './secret-box';
import { checkUrl, compileUrlPolicy, type CompiledUrlPolicy } from './url-policy';

export type { Endpoint, MatchableEndpoint };

/** Input of {@link EndpointsService.create}. */
export interface NewEndpoint {
  url: string;
  description?: string | null;
  /** Event names; empty or left out = all of them. */
  events?: string[];
}

/** Input of {@link EndpointsService.update}. */
export interface EndpointUpdate extends Partial<NewEndpoint> {
  /** False pauses: deliveries are held. True makes it active again, also after it was disabled. */
  isActive?: boolean;
}

/** The URLs that customers' events are delivered to. */
@Injectable()
export class EndpointsService {
  private readonly policy: CompiledUrlPolicy;

  constructor(
    private readonly repository: EndpointsRepository,
    private readonly eventTypes: EventTypesService,
    @Inject(SECRET_BOX) private readonly secrets: SecretBox,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.policy = compileUrlPolicy(options.delivery.urlPolicy);
  }

  /**
   * Registers an endpoint. The answer is the only place where its signing secret appears.
   * @throws WebhooksError `url_not_allowed`, `unknown_event_type`, `too_many_endpoints`, `not_found` (the customer)
   */
  async create(customerId: string, input: NewEndpoint): Promise<Endpoint & { secret: string }> {
    this.assertEventNames(input.events);
    const id = uuidv7();
    const secret = generateSecret();
    const sealed = this.secrets.seal(secret, id);
    const limit = this.options.limits.endpointsPerCustomer;
    const created = await this.repository.create(
      customerId,
      {
        id,
        url: this.allowedUrl(input.url),
        description: input.description ?? null,
        events: input.events ?? [],
        secret: sealed.ciphertext,
        secretKeyId: sealed.keyId,
      },
      limit,
    );
    if (created === undefined) throw notFound('customer');
    if (created === null) {
      const detail = `This customer has ${limit} endpoints, which is the limit: delete one first.`;
      throw new WebhooksError('conflict', 'too_many_endpoints', detail);
    }
    return { ...created, secret };
  }

  /** Newest first. */
  async list(customerId: string): Promise<Endpoint[]> {
    return this.repository.list(customerId);
  }

  /** @throws WebhooksError `not_found` */
  async get(customerId: string, id: string): Promise<Endpoint> {
    return orNotFound(await this.repository.find(customerId, id));
  }

  /** @throws WebhooksError `url_not_allowed`, `unknown_event_type`, `not_found` */
  async update(customerId: string, id: string, { isActive, ...changes }: EndpointUpdate): Promise<Endpoint> {
    this.assertEventNames(changes.events);
    const updated = await this.repository.update(customerId, id, {
      ...changes,
      ...(changes.url === undefined ? {} : { url: this.allowedUrl(changes.url) }),
      ...(isActive === undefined ? {} : { state: isActive ? 'active' : 'paused' }),
    });
    return orNotFound(updated);
  }

  /** Deletes the endpoint; deliveries that still wait for it become FAILED. @throws WebhooksError `not_found` */
  async delete(customerId: string, id: string): Promise<void> {
    if (!(await this.repository.delete(customerId, id))) throw notFound('webhook endpoint');
  }

  /** Stops an endpoint whose receiver says that it is gone for good (HTTP 410). */
  async disable(id: string): Promise<void> {
    await this.repository.disable(id);
  }

  /** The endpoints of each customer, oldest first; a customer who is not in the answer does not exist. */
  async findMatchable(customerIds: readonly string[]): Promise<Map<string, MatchableEndpoint[]>> {
    return this.repository.findMatchable(customerIds);
  }

  /**
   * The secrets that sign what is sent to an endpoint.
   * @throws SecretBoxError when the key that sealed them is not configured any more
   */
  signingSecrets(endpointId: string, sealed: SealedSecret): string[] {
    return [this.secrets.open(sealed, endpointId)];
  }

  private assertEventNames(names: readonly string[] = []): void {
    for (const name of names) this.eventTypes.assertKnown(name, 'events');
  }

  private allowedUrl(text: string): string {
    const checked = checkUrl(this.policy, text);
    if (!checked.ok) throw invalidField('url_not_allowed', 'url', checked.reason);
    return checked.url;
  }
}

function orNotFound(endpoint: Endpoint | null): Endpoint {
  if (endpoint === null) throw notFound('webhook endpoint');
  return endpoint;
}

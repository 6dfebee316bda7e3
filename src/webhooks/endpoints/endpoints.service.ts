import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { generateSecret } from '../delivery/signature';
import { isEventWildcard } from '../events/endpoint-matching';
import { assertEventName } from '../events/event-types';
import { invalidField, notFound, WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { SqlClient } from '../../database/sql-client';
import { policyProblems, type EndpointPolicy } from './endpoint-policy';
import {
  EndpointsRepository,
  type Endpoint,
  type EndpointChanges,
  type MatchableEndpoint,
  type SealedHeaders,
} from './endpoints.repository';
import { SECRET_BOX } from './endpoints.tokens';
import type { SealedSecret, SecretBox } from './secret-box';
import { checkUrl, compileUrlPolicy, type CompiledUrlPolicy } from './url-policy';

export type { Endpoint, MatchableEndpoint };

/** Input of {@link EndpointsService.create}. */
export interface NewEndpoint extends EndpointPolicy {
  url: string;
  description?: string | null;
  /** Event names, or wildcards like `message.*`; empty or left out = all of them. */
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
    @Inject(SECRET_BOX) private readonly secrets: SecretBox,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.policy = compileUrlPolicy(options.delivery.urlPolicy);
  }

  /**
   * Registers an endpoint. The answer is the only place where its signing secret appears.
   * @throws WebhooksError `url_not_allowed`, `unknown_event_type`, `invalid_endpoint_policy`, `too_many_endpoints`,
   * `not_found` (the customer)
   */
  async create(customerId: string, input: NewEndpoint): Promise<Endpoint & { secret: string }> {
    const { url, description = null, events = [], ...policy } = input;
    const id = uuidv7();
    const changes = this.checked(id, { ...policy, events });
    const secret = generateSecret();
    const sealed = this.secrets.seal(secret, id);
    const limit = this.options.limits.endpointsPerCustomer;
    const created = await this.repository.create(
      customerId,
      {
        id,
        url: this.allowedUrl(url),
        description,
        events,
        secret: sealed.ciphertext,
        secretKeyId: sealed.keyId,
      },
      changes,
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

  /** @throws WebhooksError `url_not_allowed`, `unknown_event_type`, `invalid_endpoint_policy`, `not_found` */
  async update(customerId: string, id: string, { isActive, url, ...changes }: EndpointUpdate): Promise<Endpoint> {
    const updated = await this.repository.update(customerId, id, {
      ...this.checked(id, changes),
      ...(url === undefined ? {} : { url: this.allowedUrl(url) }),
      ...(isActive === undefined ? {} : { state: isActive ? 'active' : 'paused' }),
    });
    return orNotFound(updated);
  }

  /**
   * Deletes the endpoint.
   * @param pending `fail`: deliveries that still wait for it become FAILED; `deliver`: they are still made
   * @throws WebhooksError `not_found`
   */
  async delete(customerId: string, id: string, pending: 'fail' | 'deliver' = 'fail'): Promise<void> {
    if (!(await this.repository.delete(customerId, id, pending))) throw notFound('webhook endpoint');
  }

  /**
   * Stops an active endpoint: it said that it is gone for good (HTTP 410), or has failed for too long.
   * @param then runs in the same transaction, when the endpoint was active
   */
  async disable(id: string, reason: 'gone' | 'failing', then: (tx: SqlClient) => Promise<void>): Promise<boolean> {
    return this.repository.disable(id, reason, then);
  }

  /** The endpoints of each customer, oldest first; a customer who is not in the answer does not exist. */
  async findMatchable(customerIds: readonly string[], client?: SqlClient): Promise<Map<string, MatchableEndpoint[]>> {
    return this.repository.findMatchable(customerIds, client);
  }

  /**
   * The secrets that sign what is sent to an endpoint.
   * @throws SecretBoxError when the key that sealed them is not configured any more
   */
  signingSecrets(endpointId: string, sealed: SealedSecret): string[] {
    return [this.secrets.open(sealed, endpointId)];
  }

  /**
   * The customer's own headers for an endpoint.
   * @throws SecretBoxError when the key that sealed them is not configured any more
   */
  customHeaders(endpointId: string, sealed: SealedHeaders): Record<string, string> {
    return JSON.parse(this.secrets.open(sealed, `${endpointId}/headers`)) as Record<string, string>;
  }

  /** What is to be stored of a policy. @throws WebhooksError `unknown_event_type`, `invalid_endpoint_policy` */
  private checked(id: string, input: Omit<EndpointUpdate, 'url' | 'isActive'>): EndpointChanges {
    for (const name of input.events ?? []) {
      if (!isEventWildcard(name)) assertEventName(name, 'events');
    }
    const problems = policyProblems(input);
    if (problems.length > 0) {
      const detail = problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
      throw new WebhooksError('invalid', 'invalid_endpoint_policy', detail, problems);
    }
    const { headers, ...columns } = input;
    if (headers === undefined || headers === null) return { ...columns, ...(headers === null ? { headers } : {}) };
    const sealed = this.secrets.seal(JSON.stringify(headers), `${id}/headers`);
    return { ...columns, headers: { ...sealed, names: Object.keys(headers) } };
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

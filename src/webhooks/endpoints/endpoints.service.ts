import { Inject, Injectable } from '@nestjs/common';
import type { SqlClient } from '../../database/sql-client';
import type { SignatureScheme } from '../delivery/signature';
import { EventTypesService } from '../event-types/event-types.service';
import { PLATFORM, type Caller } from '../identity.types';
import { invalidField, notFound, WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { TRACE_HEADERS } from './custom-headers';
import { policyProblems, type EndpointPolicy } from './endpoint-policy';
import { EndpointSecurity, type TlsSettings } from './endpoint-security';
import type { SealedHeaders, TlsColumns } from './endpoint-security.types';
import { EndpointsRepository } from './endpoints.repository';
import type { Endpoint, EndpointChanges, MatchableEndpoint } from './endpoints.types';
import type { SealedSecret } from './secret-box';
import type { TlsIdentity } from './tls-material';
import { checkUrl, compileUrlPolicy, type CompiledUrlPolicy } from './url-policy';
import { newId } from '../ids';

export type { Endpoint, MatchableEndpoint, TlsIdentity, TlsSettings };

/** A new endpoint, or one with a new secret. Only a `v1` endpoint has a `secret`: a `v1a` endpoint has its `publicKey`. */
export type EndpointWithSecret = Endpoint & { secret?: string };

/** Input of {@link EndpointsService.create}. */
export interface NewEndpoint extends EndpointPolicy {
  url: string;
  description?: string | null;
  /** Event names, or wildcards like `message.*`; empty or left out = all of them. */
  events?: string[];
  /** How deliveries are signed; `v1` (HMAC-SHA256) unless told. It stays so. */
  signatureScheme?: SignatureScheme;
  /** A client certificate and an authority of the endpoint's own; null or left out = none. */
  tls?: TlsSettings | null;
}

/** Input of {@link EndpointsService.update}. */
export interface EndpointUpdate extends Partial<Omit<NewEndpoint, 'signatureScheme'>> {
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
    private readonly security: EndpointSecurity,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.policy = compileUrlPolicy(options.delivery.urlPolicy);
  }

  /**
   * Registers an endpoint. The answer is the only place where its signing secret appears.
   * @throws WebhooksError `url_not_allowed`, `unknown_event_type`, `invalid_endpoint_policy`, `too_many_endpoints`,
   * `not_found` (the customer); with `tls` also `tls_requires_https`, `invalid_certificate`, `certificate_expired`,
   * `invalid_private_key`, `key_mismatch`, `client_key_missing`
   */
  async create(customerId: string, input: NewEndpoint, { actor }: Caller = PLATFORM): Promise<EndpointWithSecret> {
    const { url: wanted, description = null, events = [], signatureScheme = 'v1', tls = null, ...policy } = input;
    const id = newId();
    const changes = this.checked(id, { ...policy, events });
    const url = this.allowedUrl(wanted);
    if (tls !== null) assertHttps(url);
    const signing = this.security.newSigningSecret(id, signatureScheme);
    const limit = this.options.limits.endpointsPerCustomer;
    const created = await this.repository.create(
      customerId,
      {
        id,
        url,
        description,
        events,
        signatureScheme,
        ...signing.columns,
        ...this.security.tlsColumns(id, tls),
      },
      changes,
      limit,
      actor,
    );
    if (created === undefined) throw notFound('customer');
    if (created === null) {
      const detail = `This customer has ${limit} endpoints, which is the limit: delete one first.`;
      throw new WebhooksError('conflict', 'too_many_endpoints', detail);
    }
    return { ...created, ...signing.shown };
  }

  /** Newest first. */
  async list(customerId: string): Promise<Endpoint[]> {
    return this.repository.list(customerId);
  }

  /** @throws WebhooksError `not_found` */
  async get(customerId: string, id: string): Promise<Endpoint> {
    return orNotFound(await this.repository.find(customerId, id));
  }

  /**
   * @throws WebhooksError `url_not_allowed`, `unknown_event_type`, `invalid_endpoint_policy`, `not_found`, and for `tls`
   * as {@link create}
   */
  async update(
    customerId: string,
    id: string,
    { isActive, url, tls, ...changes }: EndpointUpdate,
    { actor }: Caller = PLATFORM,
  ): Promise<Endpoint> {
    await this.assertTlsHasHttps(customerId, id, { tls, url });
    const columns: EndpointChanges = {
      ...this.checked(id, changes),
      ...(url === undefined ? {} : { url: this.allowedUrl(url) }),
      ...(isActive === undefined ? {} : { state: isActive ? 'active' : 'paused' }),
      ...(tls === undefined ? {} : this.security.tlsColumns(id, tls)),
    };
    return orNotFound(await this.repository.update(customerId, id, columns, actor));
  }

  /**
   * Deletes the endpoint.
   * @param pending `fail`: deliveries that still wait for it become FAILED; `deliver`: they are still made
   * @throws WebhooksError `not_found`
   */
  async delete(
    customerId: string,
    id: string,
    pending: 'fail' | 'deliver' = 'fail',
    { actor }: Caller = PLATFORM,
  ): Promise<void> {
    if (!(await this.repository.delete(customerId, id, pending, actor))) throw notFound('webhook endpoint');
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
   * The secrets that sign what is sent to an endpoint, the current one first.
   * @param previous the one that it replaces, while the two overlap
   * @throws SecretBoxError when the key that sealed them is not configured any more
   */
  signingSecrets(endpointId: string, sealed: SealedSecret, previous: SealedSecret | null): string[] {
    return this.security.signingSecrets(endpointId, sealed, previous);
  }

  /**
   * The client certificate and authorities of an endpoint's own; undefined without any.
   * @throws SecretBoxError when the key that sealed the client's private key is not configured any more
   */
  tlsIdentity(endpointId: string, stored: TlsColumns): TlsIdentity | undefined {
    return this.security.tlsIdentity(endpointId, stored);
  }

  private async assertTlsHasHttps(
    customerId: string,
    id: string,
    { tls, url }: { tls: TlsSettings | null | undefined; url: string | undefined },
  ): Promise<void> {
    const setsTls = tls !== undefined && tls !== null;
    if (!setsTls && !(tls === undefined && url?.startsWith('http:'))) return;
    const existing = await this.get(customerId, id);
    if (setsTls || existing.tls !== null) assertHttps(url ?? existing.url);
  }

  /**
   * The customer's own headers for an endpoint.
   * @throws SecretBoxError when the key that sealed them is not configured any more
   */
  customHeaders(endpointId: string, sealed: SealedHeaders): Record<string, string> {
    return this.security.openHeaders(endpointId, sealed);
  }

  /** What is to be stored of a policy. @throws WebhooksError `unknown_event_type`, `invalid_endpoint_policy` */
  private checked(
    id: string,
    input: Omit<EndpointUpdate, 'url' | 'isActive' | 'tls' | 'signatureScheme'>,
  ): EndpointChanges {
    for (const pattern of input.events ?? []) this.eventTypes.assertMatchesKnown(pattern, 'events');
    const problems = policyProblems(input, this.options.delivery.forwardTraceparent ? TRACE_HEADERS : []);
    if (problems.length > 0) {
      const detail = problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
      throw new WebhooksError('invalid', 'invalid_endpoint_policy', detail, problems);
    }
    const { headers, ...columns } = input;
    if (headers === undefined || headers === null) return { ...columns, ...(headers === null ? { headers } : {}) };
    return { ...columns, headers: this.security.sealHeaders(id, headers) };
  }

  private allowedUrl(text: string): string {
    const checked = checkUrl(this.policy, text);
    if (!checked.ok) throw invalidField('url_not_allowed', 'url', checked.reason);
    return checked.url;
  }
}

/** Over `http:` a certificate would be ignored in silence. */
function assertHttps(url: string): void {
  if (!url.startsWith('https:')) throw invalidField('tls_requires_https', 'tls', 'is for endpoints with an https URL');
}

function orNotFound(endpoint: Endpoint | null): Endpoint {
  if (endpoint === null) throw notFound('webhook endpoint');
  return endpoint;
}

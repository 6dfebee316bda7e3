import type { RetryPolicy } from '../delivery/retry-policy';
import type { PayloadFilter } from '../events/payload-filter';
import type { SealedHeaders, ShownSecurity, TlsColumns } from './endpoint-security.types';

/** An endpoint as the API shows it, without its secret. */
export interface Endpoint extends ShownSecurity {
  id: string;
  url: string;
  description: string | null;
  /** The event names it receives; empty = all. */
  events: string[];
  isActive: boolean;
  state: EndpointState;
  /** Why it is disabled: `gone` (HTTP 410) or `failing`; null unless it is. */
  disabledReason: string | null;
  retryPolicy: RetryPolicy;
  /** Null = the service's default. */
  timeoutMs: number | null;
  ratePerSecond: number | null;
  concurrency: number | null;
  ordered: boolean;
  /** Names of the customer's own headers; their values are not shown. */
  headers: string[];
  filter: PayloadFilter | null;
  createdAt: Date;
}

/** `active` delivers, `paused` holds what comes, `disabled` takes nothing new and holds what waits. */
export type EndpointState = 'active' | 'paused' | 'disabled';

/** What can be changed of an endpoint. */
export interface EndpointChanges extends Partial<TlsColumns> {
  url?: string;
  description?: string | null;
  events?: string[];
  state?: EndpointState;
  retryPolicy?: RetryPolicy | null;
  timeoutMs?: number | null;
  ratePerSecond?: number | null;
  concurrency?: number | null;
  ordered?: boolean;
  headers?: SealedHeaders | null;
  filter?: PayloadFilter | null;
}

/** What matching needs to know of an endpoint. */
export interface MatchableEndpoint {
  id: string;
  url: string;
  events: string[];
  state: EndpointState;
  filter: PayloadFilter | null;
  /** Whether events with the same ordering key go one after another. */
  ordered: boolean;
  /** Whether it has a rate or a concurrency limit of its own. */
  isLimited: boolean;
  /** Attempts in one round. */
  attempts: number;
}

import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit.types';
import { ErasureService } from '../erasure/erasure.service';
import { isPlainText } from '../http/validators';
import type { AuthenticatedCustomer } from '../identity.types';
import { VerificationService } from '../verification/verification.service';
import type { Page, PageQuery } from '../page';
import { invalidField, notFound, WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import {
  CustomersRepository,
  type CustomerRow,
  type CustomerToEnsure,
  type OwnedCustomer,
  type Suspension,
} from './customers.repository';

/** The longest id or name, in characters. */
export const MAX_CUSTOMER_TEXT = 255;

/** The longest retention, in days: ten years. */
export const MAX_RETENTION_DAYS = 3_650;

/** How long a customer's events are kept, in days. */
export interface Retention {
  /** Until the bodies of finished deliveries are emptied. */
  payloadDays: number;
  /** Until deliveries and their messages are deleted. */
  eventDays: number;
}

/** Changes of a customer's {@link Retention}: left out = as it is, null = the service's default. */
export type RetentionChanges = { [Field in keyof Retention]?: number | null | undefined };

/** A customer, whether it has access, and how long its events are kept. */
export interface CustomerState extends AuthenticatedCustomer {
  /** Since when it has no access. */
  suspendedAt: Date | null;
  suspendedReason: string | null;
  /** Since when it is being erased. */
  erasingAt: Date | null;
  retention: Retention;
}

/** Who it is when the platform's own code calls. */
const PLATFORM: Actor = { type: 'system' };

/** The tenants. Their ids are the platform's own strings. */
@Injectable()
export class CustomersService {
  constructor(
    private readonly repository: CustomersRepository,
    private readonly erasure: ErasureService,
    private readonly verification: VerificationService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Makes sure that the customer exists, with this name, and belongs to this user. Call it as often as you like, for
   * example each time the platform creates or renames a customer.
   *
   * @param actor who asks, for the audit log
   * @throws WebhooksError `invalid_customer` for an id or name that is not a text of 1 to 255 characters
   * @throws WebhooksError `customer_owner_differs` when the customer belongs to another user
   * @throws WebhooksError `customer_being_erased` until its erasure has ended; then a new one may have the same id
   */
  async ensure(customer: CustomerToEnsure, actor: Actor = PLATFORM): Promise<AuthenticatedCustomer> {
    for (const field of ['id', 'userId', 'name'] as const) {
      if (!isPlainText(customer[field], MAX_CUSTOMER_TEXT)) {
        const expected = `must be a text of 1 to ${MAX_CUSTOMER_TEXT} characters, without control characters`;
        throw invalidField('invalid_customer', field, expected);
      }
    }
    const { isErasing, ...current } = await this.repository.ensure(customer, actor);
    if (current.userId !== customer.userId) {
      throw new WebhooksError('conflict', 'customer_owner_differs', 'This customer belongs to another user.');
    }
    if (isErasing) {
      const detail = 'This customer is being erased: its id can be used again when that has ended.';
      throw new WebhooksError('conflict', 'customer_being_erased', detail);
    }
    return current;
  }

  /**
   * Sets how long the customer's events are kept, and writes it into the audit log.
   * @returns what counts for the customer now
   * @throws WebhooksError `invalid_retention`, `not_found`
   */
  async setRetention(id: string, changes: RetentionChanges, actor: Actor = PLATFORM): Promise<Retention> {
    const given: Partial<Record<keyof Retention, number | null>> = {};
    for (const field of ['payloadDays', 'eventDays'] as const) {
      const days = changes[field];
      if (days === undefined) continue;
      const isUsable = days === null || (Number.isInteger(days) && days >= 1 && days <= MAX_RETENTION_DAYS);
      if (!isUsable) {
        const expected = `must be a whole number of days from 1 to ${MAX_RETENTION_DAYS}, or null for the default`;
        throw invalidField('invalid_retention', field, expected);
      }
      given[field] = days;
    }
    const override = await this.repository.setRetention(this.usable(id), given, actor);
    if (override === null) throw notFound('customer');
    return this.retentionOf(override);
  }

  /**
   * Takes away the customer's access: its keys and its user's tokens are refused with 403, on this node at once, on
   * every other within a second. Nothing else changes: what the platform emits is still delivered.
   * @param reason shown to whoever is refused
   * @throws WebhooksError `invalid_reason`, `not_found`
   */
  async suspend(id: string, reason: string | null = null, actor: Actor = PLATFORM): Promise<Suspension> {
    if (reason !== null && !isPlainText(reason, MAX_CUSTOMER_TEXT)) {
      const expected = `must be a text of 1 to ${MAX_CUSTOMER_TEXT} characters, without control characters`;
      throw invalidField('invalid_reason', 'reason', expected);
    }
    try {
      const suspension = await this.repository.suspend(this.usable(id), reason, actor);
      if (suspension === null) throw notFound('customer');
      return suspension;
    } finally {
      this.verification.forgetCustomer(id);
    }
  }

  /** Gives the customer its access back. Idempotent. @throws WebhooksError `not_found` */
  async resume(id: string, actor: Actor = PLATFORM): Promise<void> {
    try {
      if (!(await this.repository.resume(this.usable(id), actor))) throw notFound('customer');
    } finally {
      this.verification.forgetCustomer(id);
    }
  }

  /**
   * Begins to erase the customer. When the promise resolves it has no API keys, takes no events and delivers none; a
   * worker deletes the rest in the background, also after a restart. Asking again while that goes on changes nothing.
   * @returns since when it is being erased
   * @throws WebhooksError `not_found`, also when nothing is left of it
   */
  async beginErasure(id: string, actor: Actor = PLATFORM): Promise<Date> {
    try {
      return await this.erasure.begin(this.usable(id), actor);
    } finally {
      this.verification.forgetCustomer(id);
    }
  }

  /**
   * Erases the customer: keys, endpoints, deliveries, messages, and its user when that has no other customer. Its rows
   * in the audit log stay under a pseudonym. When the promise resolves to true, nothing else is left; false = the
   * application stops, and the next one goes on by itself.
   * @param onProgress told how many rows are gone by now
   * @throws WebhooksError `not_found`, also when nothing is left of it
   */
  async erase(id: string, actor: Actor = PLATFORM, onProgress?: (rows: number) => void): Promise<boolean> {
    await this.beginErasure(id, actor);
    return this.erasure.complete(id, onProgress);
  }

  /**
   * All customers, by id, for the operator.
   * @throws WebhooksError `invalid_cursor`
   */
  async list({ cursor, limit }: PageQuery): Promise<Page<CustomerState>> {
    const rows = await this.repository.list(cursor === undefined ? null : readCursor(cursor), limit + 1);
    const data = rows.slice(0, limit).map((row) => this.toState(row));
    const last = data.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { data, nextCursor: hasMore ? Buffer.from(last.id).toString('base64url') : null };
  }

  /** A customer as the operator sees it, also while it is being erased. @throws WebhooksError `not_found` */
  async describe(id: string): Promise<CustomerState> {
    const row = await this.repository.findDescribed(this.usable(id));
    if (row === null) throw notFound('customer');
    return this.toState(row);
  }

  /** @throws WebhooksError `not_found` */
  async get(id: string): Promise<AuthenticatedCustomer> {
    const customer = isPlainText(id, MAX_CUSTOMER_TEXT) ? await this.repository.find(id) : null;
    if (customer === null) throw notFound('customer');
    return customer;
  }

  /** The users whom customers belong to, by the customers' ids; what is no customer is left out. */
  async ownersOf(ids: readonly string[]): Promise<Map<string, string>> {
    return this.repository.ownersOf(ids.filter((id) => isPlainText(id, MAX_CUSTOMER_TEXT)));
  }

  /** The customer and its user; null unless the customer belongs to that user. */
  async findOwned(userId: string, customerId: string): Promise<OwnedCustomer | null> {
    if (!isPlainText(userId, MAX_CUSTOMER_TEXT) || !isPlainText(customerId, MAX_CUSTOMER_TEXT)) return null;
    return this.repository.findOwned(userId, customerId);
  }

  private toState({ payloadDays, eventDays, ...customer }: CustomerRow): CustomerState {
    return { ...customer, retention: this.retentionOf({ payloadDays, eventDays }) };
  }

  private retentionOf(override: { [Field in keyof Retention]: number | null }): Retention {
    const { payloadDays, eventDays } = this.options.retention;
    return { payloadDays: override.payloadDays ?? payloadDays, eventDays: override.eventDays ?? eventDays };
  }

  private usable(id: string): string {
    if (!isPlainText(id, MAX_CUSTOMER_TEXT)) throw notFound('customer');
    return id;
  }
}

/** Customers' ids are texts of the platform's: a cursor is the last one, so that it says where to go on. */
function readCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  const isOurs = isPlainText(id, MAX_CUSTOMER_TEXT) && Buffer.from(id).toString('base64url') === cursor;
  if (!isOurs) throw invalidField('invalid_cursor', 'cursor', 'must be the nextCursor of an earlier page');
  return id;
}

import { Injectable } from '@nestjs/common';
import type { WebhookEventName, WebhookEventTypes } from './events/event-types';
import type { SqlClient } from '../database/sql-client';
import { EventsService, type EmitOptions, type EmitResult } from './events/events.service';

/** {@link WebhooksService.triggerWebhook} inside a transaction. */
export type Trigger = <Name extends WebhookEventName>(
  customerId: string,
  event: Name,
  data: WebhookEventTypes[Name],
  options?: Omit<EmitOptions, 'tx'>,
) => Promise<EmitResult>;

/**
 * What the platform's own code calls.
 *
 * @example
 * ```ts
 * constructor(private readonly webhooks: WebhooksService) {}
 *
 * await this.webhooks.triggerWebhook(customerId, 'message.received', {
 *   conversationId, messageId, content: 'Hello!', timestamp: new Date(),
 * });
 * ```
 */
@Injectable()
export class WebhooksService {
  constructor(private readonly events: EventsService) {}

  /**
   * Emits an event to every endpoint of the customer that wants it. When the promise resolves, it is committed: each
   * delivery is made at least once (receivers deduplicate on `X-Webhook-ID`) or ends visibly FAILED.
   *
   * @param data sent as `JSON.stringify` writes it; a `Date` becomes its ISO string
   * @param options `tx`: a transaction of the caller's; `idempotencyKey`, `orderingKey`
   * @returns one event id per endpoint; none when no endpoint matched
   * @throws WebhooksError `unknown_event_type`, `event_type_operational`, `invalid_event_data` (it cannot be written as
   * JSON), `event_data_invalid` (it does not fit the schema), `payload_too_large`, `not_found` (the customer);
   * then nothing was written
   */
  async triggerWebhook<Name extends WebhookEventName>(
    customerId: string,
    event: Name,
    data: WebhookEventTypes[Name],
    options: EmitOptions = {},
  ): Promise<EmitResult> {
    return this.events.emit(customerId, event, data, options);
  }

  /**
   * Runs work in a database transaction of this module's, with a `trigger` that takes part in it: what is rolled back
   * is never sent, what commits is sent at once, also when this process dies right after the commit.
   *
   * To emit in a transaction of your own Prisma client, pass it to {@link triggerWebhook} as `{ tx }`.
   */
  async transaction<Result>(work: (tx: SqlClient, trigger: Trigger) => Promise<Result>): Promise<Result> {
    return this.events.transaction((tx) =>
      work(tx, (customerId, event, data, options) => this.triggerWebhook(customerId, event, data, { ...options, tx })),
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Attributes } from '@opentelemetry/api';
import { createHash } from 'node:crypto';
import { isDatabaseUnavailable, isTransactionConflict } from '../../database/database-errors';
import { WebhooksMetrics } from '../../metrics/webhooks-metrics';
import type { SqlClient } from '../../database/sql-client';
import { activeTraceparent, traceEmit } from '../../tracing/spans';
import { createBatcher } from '../batcher';
import { MAX_CUSTOMER_TEXT } from '../customers/customers.service';
import { DeliveryService, type DisabledEndpoint } from '../delivery/delivery.service';
import { EndpointsService, type MatchableEndpoint } from '../endpoints/endpoints.service';
import { EventTypesService } from '../event-types/event-types.service';
import { isPlainText } from '../http/validators';
import { createLanes } from '../lanes';
import { readPage, type Page, type PageQuery } from '../page';
import { invalidField, notFound, WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { buildEventBody } from './event-body';
import { newId, timeOf } from '../ids';
import type { OperationalEventTypes } from './event-types';
import {
  EventsRepository,
  type EventDetail,
  type EventFilter,
  type EventSummary,
  type WrittenDelivery,
} from './events.repository';
import { toMessage, type Emit } from './route-message';

export type { EventDetail, EventSummary };

/** What became of an emit: one event id per endpoint that it goes to. */
export interface EmitResult {
  messageId: string;
  eventIds: string[];
}

/** How an event is emitted. */
export interface EmitOptions {
  /** Emitting again with the same key and event within 24 hours answers the same and sends nothing twice. */
  idempotencyKey?: string | undefined;
  /** At endpoints that keep the order, events with the same key are delivered one after another. */
  orderingKey?: string | undefined;
  /** A transaction of the caller's: the event is sent when it commits, and never when it is rolled back. */
  tx?: SqlClient | undefined;
}

const MAX_BATCH = 200;
const MAX_KEY = 255;

/**
 * An emit with a key waits for whoever has emitted with the same one in a transaction that is still open. So it goes
 * with emits of its own customer that have one as well; all others go together.
 */
const laneOf = ({ customerId, idempotencyKey, orderingKey }: Emit): string =>
  idempotencyKey === null && orderingKey === null ? '' : customerId;

/** Takes events in, and shows what became of them. */
@Injectable()
export class EventsService {
  private readonly write: (emit: Emit) => Promise<EmitResult>;

  constructor(
    private readonly repository: EventsRepository,
    private readonly endpoints: EndpointsService,
    private readonly eventTypes: EventTypesService,
    private readonly delivery: DeliveryService,
    private readonly metrics: WebhooksMetrics,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.write = createLanes(laneOf, () =>
      createBatcher<Emit, EmitResult>((emits) => this.writeBatch(emits), {
        maxSize: MAX_BATCH,
        isHopeless: isDatabaseUnavailable,
        isPassing: isTransactionConflict,
      }),
    );
    delivery.onEndpointDisabled((tx, disabled) => this.announceDisabled(tx, disabled));
  }

  /**
   * Accepts an event: when the promise resolves (with `tx`: when that commits), it is committed, and will be delivered
   * at least once or be FAILED.
   *
   * @throws WebhooksError `unknown_event_type`, `event_type_operational`, `invalid_event_data`, `event_data_invalid`,
   * `payload_too_large`, `not_found` (the customer), `idempotency_key_reused`, `invalid_emit_option`; then nothing was
   * written
   */
  async emit(customerId: string, event: string, data: unknown, options: EmitOptions = {}): Promise<EmitResult> {
    try {
      this.eventTypes.assertPublishable(event);
      // What cannot be an id (U+0000, say) would be an error of the database's.
      if (!isPlainText(customerId, MAX_CUSTOMER_TEXT)) throw notFound('customer');
      const emit = this.prepare(customerId, event, data, options);
      const result = await traceEmit(attributesOf(emit), (traceparent) =>
        this.accept({ ...emit, traceparent }, options.tx),
      );
      this.metrics.emitAccepted(event);
      return result;
    } catch (error) {
      this.metrics.emitRefused(refusalOf(error));
      throw error;
    }
  }

  /** Runs work in a transaction of this module's own connection. */
  async transaction<Result>(work: (tx: SqlClient) => Promise<Result>): Promise<Result> {
    return this.repository.transaction(work);
  }

  /** Newest first. @throws WebhooksError `invalid_cursor`, `unknown_event_type` */
  async list(customerId: string, filter: EventFilter, page: PageQuery): Promise<Page<EventSummary>> {
    if (filter.event !== undefined) this.eventTypes.assertKnown(filter.event);
    return readPage(page, (after, limit) => this.repository.list(customerId, filter, after, limit));
  }

  /** @throws WebhooksError `not_found` */
  async get(customerId: string, id: string): Promise<EventDetail> {
    const event = await this.repository.find(customerId, id);
    if (event === null) throw notFound('webhook event');
    return event;
  }

  /** A delivery as lists show it. @throws WebhooksError `not_found` */
  async getSummary(customerId: string, id: string): Promise<EventSummary> {
    const event = await this.repository.findSummary(customerId, id);
    if (event === null) throw notFound('webhook event');
    return event;
  }

  /**
   * Emits an event about deliveries or keys themselves, in the transaction that makes the change. Nothing is kept of
   * one that no endpoint asked for.
   * @throws WebhooksError `payload_too_large`
   */
  async announce<Name extends keyof OperationalEventTypes>(
    tx: SqlClient,
    customerId: string,
    event: Name,
    data: OperationalEventTypes[Name],
  ): Promise<void> {
    const emit = { ...this.prepare(customerId, event, data, {}), isOperational: true };
    const endpoints = await this.endpoints.findMatchable([customerId], tx);
    const message = toMessage(emit, endpoints.get(customerId) ?? []);
    if (message.deliveries.length > 0) await this.repository.insert([message], tx);
  }

  /** Tells the customer's other endpoints, in the transaction in which one is disabled. */
  private async announceDisabled(
    tx: SqlClient,
    { customerId, endpointId, url, reason }: DisabledEndpoint,
  ): Promise<void> {
    await this.announce(tx, customerId, 'endpoint.disabled', { endpointId, url, reason, disabledAt: new Date() });
  }

  private async accept(emit: Emit, tx?: SqlClient): Promise<EmitResult> {
    if (tx === undefined) return this.write(emit);
    const [result] = await this.writeBatch([emit], tx);
    if (result === undefined || result instanceof Error) throw result ?? new Error('The event was not written.');
    return result;
  }

  private prepare(customerId: string, event: string, data: unknown, options: EmitOptions): Emit {
    const { idempotencyKey = null, orderingKey = null } = options;
    for (const [field, key] of Object.entries({ idempotencyKey, orderingKey })) {
      if (key === null || isPlainText(key, MAX_KEY)) continue;
      const expected = `must be a text of 1 to ${MAX_KEY} characters, without control characters`;
      throw invalidField('invalid_emit_option', field, expected);
    }
    const id = newId();
    const { text, dataText } = buildEventBody(event, timeOf(id), data, this.options.delivery.maxPayloadBytes);
    this.eventTypes.checkData(event, data, text);
    const bodyHash =
      idempotencyKey === null ? null : createHash('sha256').update(`${event}\n${dataText}`).digest('hex');
    return {
      id,
      customerId,
      event,
      body: text,
      dataText,
      idempotencyKey,
      bodyHash,
      orderingKey,
      isOperational: false,
      traceparent: activeTraceparent(),
    };
  }

  private async writeBatch(emits: readonly Emit[], tx?: SqlClient): Promise<(EmitResult | Error)[]> {
    const customerIds = [...new Set(emits.map(({ customerId }) => customerId))];
    const endpoints = await this.endpoints.findMatchable(customerIds, tx);
    const messages = emits.flatMap((emit) => {
      const candidates = endpoints.get(emit.customerId);
      return candidates === undefined ? [] : [toMessage(emit, candidates)];
    });
    const written = messages.length === 0 ? new Map<string, never[]>() : await this.repository.insert(messages, tx);
    if (tx === undefined) this.handOver(withEmits(written, emits), [...endpoints.values()].flat());
    return Promise.all(
      emits.map(async (emit) => {
        if (!endpoints.has(emit.customerId)) return notFound('customer');
        const deliveries = written.get(emit.id);
        if (deliveries === undefined) return this.earlierResult(emit, tx);
        return { messageId: emit.id, eventIds: deliveries.map(({ id }) => id) };
      }),
    );
  }

  /** After the commit: jobs for what is due, and a look at what waits for its turn. */
  private handOver(deliveries: readonly HandedOver[], endpoints: readonly MatchableEndpoint[]): void {
    const attempts = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint.attempts]));
    const due = deliveries.filter(({ isDue }) => isDue);
    this.delivery.enqueue(
      due.map(({ id, customerId, endpointId, traceparent }) => ({
        id,
        customerId,
        endpointId,
        round: 0,
        attempts: attempts.get(endpointId) ?? 1,
        delayMs: 0,
        made: 0,
        traceparent,
      })),
    );
    this.delivery.admit(deliveries.filter(({ isDue }) => !isDue).map(({ endpointId }) => endpointId));
  }

  /** The answer for a message that was not written because its idempotency key is taken. */
  private async earlierResult(emit: Emit, tx?: SqlClient): Promise<EmitResult | Error> {
    try {
      const earlier = await this.repository.findByIdempotencyKey(emit.customerId, emit.idempotencyKey ?? '', tx);
      if (earlier?.bodyHash === emit.bodyHash) {
        return { messageId: earlier.messageId, eventIds: earlier.eventIds };
      }
      const detail = 'This idempotency key was used for a different event within the last 24 hours: use a new one.';
      return new WebhooksError('conflict', 'idempotency_key_reused', detail);
    } catch (error) {
      // The rest of the batch is committed: this emit's failure is its own.
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

const attributesOf = ({ id, customerId, event }: Emit): Attributes => ({
  'webhooks.message.id': id,
  'webhooks.event.type': event,
  'webhooks.customer.id': customerId,
});

/** Why an emit was refused, as a code of a short list. */
function refusalOf(error: unknown): string {
  if (error instanceof WebhooksError) return error.code;
  return isDatabaseUnavailable(error) ? 'database_unavailable' : 'internal_error';
}

/** A delivery that was written, and what its emit says of it. */
type HandedOver = WrittenDelivery & Pick<Emit, 'customerId' | 'traceparent'>;

function withEmits(written: ReadonlyMap<string, readonly WrittenDelivery[]>, emits: readonly Emit[]): HandedOver[] {
  return emits.flatMap(({ id, customerId, traceparent }) =>
    (written.get(id) ?? []).map((delivery) => ({ ...delivery, customerId, traceparent })),
  );
}

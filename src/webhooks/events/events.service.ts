import { Inject, Injectable } from '@nestjs/common';
import { isDatabaseUnavailable } from '../../database/database-errors';
import { createBatcher } from '../batcher';
import { MAX_CUSTOMER_TEXT } from '../customers/customers.service';
import { DeliveryService } from '../delivery/delivery.service';
import { EndpointsService, type MatchableEndpoint } from '../endpoints/endpoints.service';
import { EventTypesService } from '../event-types/event-types.service';
import { isPlainText } from '../http/validators';
import { notFound } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { decodeCursor, encodeCursor } from './cursor';
import { matchEndpoint, type Outcome } from './endpoint-matching';
import { buildEventBody } from './event-body';
import { newEventId, timeOf } from './event-id';
import {
  EventsRepository,
  type EventDetail,
  type EventFilter,
  type EventSummary,
  type NewDelivery,
  type NewMessage,
} from './events.repository';

export type { EventSummary };

/** What became of an emit: one event id per endpoint that it goes to. */
export interface EmitResult {
  messageId: string;
  eventIds: string[];
}

/** A part of a list that grows. */
export interface Page<Item> {
  data: Item[];
  /** Pass it as `cursor` for the next page; null at the end. */
  nextCursor: string | null;
}

interface Emit {
  id: string;
  customerId: string;
  event: string;
  body: string;
}

const MAX_BATCH = 200;

/** Takes events in, and shows what became of them. */
@Injectable()
export class EventsService {
  private readonly write: (emit: Emit) => Promise<EmitResult>;

  constructor(
    private readonly repository: EventsRepository,
    private readonly endpoints: EndpointsService,
    private readonly eventTypes: EventTypesService,
    private readonly delivery: DeliveryService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.write = createBatcher<Emit, EmitResult>((emits) => this.writeBatch(emits), {
      maxSize: MAX_BATCH,
      isHopeless: isDatabaseUnavailable,
    });
  }

  /**
   * Accepts an event: when the promise resolves, it is committed, and will be delivered at least once or be FAILED.
   *
   * @throws WebhooksError `unknown_event_type`, `event_type_operational`, `invalid_event_data`, `event_data_invalid`,
   * `payload_too_large`, `not_found` (the customer);
   * then nothing was written
   */
  async emit(customerId: string, event: string, data: unknown): Promise<EmitResult> {
    this.eventTypes.assertPublishable(event);
    // What cannot be an id (U+0000, say) would be an error of the database's.
    if (!isPlainText(customerId, MAX_CUSTOMER_TEXT)) throw notFound('customer');
    const id = newEventId();
    const body = buildEventBody(event, timeOf(id), data, this.options.delivery.maxPayloadBytes);
    this.eventTypes.checkData(event, data, body);
    return this.write({ id, customerId, event, body });
  }

  /** Newest first. @throws WebhooksError `invalid_cursor`, `unknown_event_type` */
  async list(
    customerId: string,
    filter: EventFilter,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<EventSummary>> {
    if (filter.event !== undefined) this.eventTypes.assertKnown(filter.event);
    const after = page.cursor === undefined ? null : decodeCursor(page.cursor);
    // One more than asked for tells whether there is a next page.
    const rows = await this.repository.list(customerId, filter, after, page.limit + 1);
    const data = rows.slice(0, page.limit);
    const last = data.at(-1);
    return { data, nextCursor: rows.length > page.limit && last !== undefined ? encodeCursor(last.id) : null };
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

  private async writeBatch(emits: readonly Emit[]): Promise<(EmitResult | Error)[]> {
    const endpoints = await this.endpoints.findMatchable([...new Set(emits.map(({ customerId }) => customerId))]);
    const messages = emits.map((emit) => {
      const candidates = endpoints.get(emit.customerId);
      return candidates === undefined ? notFound('customer') : toMessage(emit, candidates);
    });
    const accepted = messages.filter((message): message is NewMessage => !(message instanceof Error));
    if (accepted.length > 0) await this.repository.insert(accepted);
    this.delivery.enqueue(accepted.flatMap(({ deliveries }) => deliveries.flatMap(toEnqueueable)));
    return messages.map((message) =>
      message instanceof Error ? message : { messageId: message.id, eventIds: message.deliveries.map(({ id }) => id) },
    );
  }
}

function toMessage({ id, customerId, event, body }: Emit, endpoints: readonly MatchableEndpoint[]): NewMessage {
  const outcomes: Outcome[] = [];
  const deliveries: NewDelivery[] = [];
  for (const endpoint of endpoints) {
    const match = matchEndpoint(event, endpoint);
    if (!match.matches) {
      const { matches: _, ...why } = match;
      outcomes.push({ endpointId: endpoint.id, ...why });
      continue;
    }
    const eventId = newEventId();
    const heldReason = endpoint.state === 'paused' ? 'endpoint paused' : null;
    deliveries.push({ id: eventId, endpointId: endpoint.id, url: endpoint.url, heldReason });
    outcomes.push({ endpointId: endpoint.id, outcome: 'created', eventId });
  }
  return { id, customerId, event, createdAt: timeOf(id), body, outcomes, deliveries };
}

const toEnqueueable = ({
  id,
  heldReason,
}: NewDelivery): { id: string; round: number; attemptsInRound: number; delayMs: number }[] =>
  heldReason === null ? [{ id, round: 0, attemptsInRound: 0, delayMs: 0 }] : [];

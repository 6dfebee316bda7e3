import { Inject, Injectable } from '@nestjs/common';
import { DeliveryService } from '../delivery/delivery.service';
import { EndpointsService } from '../endpoints/endpoints.service';
import { EventTypesService } from '../event-types/event-types.service';
import { WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { buildEventBody } from './event-body';
import { newId, timeOf } from '../ids';

/** What came of a test send. */
export interface TestSendResult {
  /** The delivery in the log: `GET /webhook-events/:id`. */
  eventId: string;
  event: string;
  /** Null when no answer came. */
  statusCode: number | null;
  /** For people; null exactly for a 2xx answer. */
  error: string | null;
  /** For programs; null exactly for a 2xx answer. */
  errorCode: string | null;
  durationMs: number;
  /** The start of the answer; null when none came. */
  responseBody: string | null;
}

/** For endpoints that ask for all events. */
const DEFAULT_EVENT = 'message.received';

/** Sends samples to an endpoint, so that its developer sees at once what arrives and what comes back. */
@Injectable()
export class TestSendsService {
  constructor(
    private readonly endpoints: EndpointsService,
    private readonly eventTypes: EventTypesService,
    private readonly delivery: DeliveryService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Sends the example of an event type to an endpoint, whether it asks for it or not, and in any state; resolves when
   * the answer is there. One attempt, which is in the log, and not part of statistics and replays.
   * @throws WebhooksError `not_found`, `unknown_event_type`, `event_type_without_example`
   */
  async send(customerId: string, endpointId: string, wanted?: string): Promise<TestSendResult> {
    const { id, url, events } = await this.endpoints.get(customerId, endpointId);
    const event = wanted ?? this.firstOf(events);
    const [messageId, eventId] = [newId(), newId()];
    const createdAt = timeOf(messageId);
    const { text: body } = buildEventBody(
      event,
      createdAt,
      this.exampleOf(event),
      this.options.delivery.maxPayloadBytes,
    );
    const test = { customerId, messageId, eventId, endpoint: { id, url }, event, createdAt, body };
    const { statusCode, error, errorCode, durationMs, responseBody } = await this.delivery.sendTest(test);
    return { eventId, event, statusCode, error, errorCode, durationMs, responseBody };
  }

  /** What the endpoint names first; of a wildcard, the first by name that has an example. */
  private firstOf(events: readonly string[]): string {
    const asked = events.filter((pattern) => pattern !== '*').map((pattern) => this.eventTypes.matching(pattern));
    const types = asked.find((matched) => matched.length > 0) ?? [];
    return (types.find(({ example }) => example !== null) ?? types[0])?.name ?? DEFAULT_EVENT;
  }

  private exampleOf(event: string): object {
    this.eventTypes.assertKnown(event);
    const { example } = this.eventTypes.get(event);
    if (example !== null) return example;
    const message = 'has no example that could be sent: the platform has to register one';
    const fields = [{ field: 'event', message }];
    throw new WebhooksError('unprocessable', 'event_type_without_example', `event: ${event} ${message}`, fields);
  }
}

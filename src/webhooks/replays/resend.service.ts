import { Injectable } from '@nestjs/common';
import { DeliveryService } from '../delivery/delivery.service';
import { EventsService, type EventSummary } from '../events/events.service';
import { PLATFORM, type Caller } from '../identity.types';
import { notFound, WebhooksError } from '../webhooks.errors';
import { ResendRepository, type ResendOutcome } from './resend.repository';

/** Sends a delivery again that is over. */
@Injectable()
export class ResendService {
  constructor(
    private readonly repository: ResendRepository,
    private readonly events: EventsService,
    private readonly delivery: DeliveryService,
  ) {}

  /**
   * The same delivery, with the same id and body, gets a fresh budget of attempts, whose numbers go on. For an endpoint
   * that is paused or disabled it is held.
   * @throws WebhooksError `not_found`; `delivery_pending`, `payload_erased`, `endpoint_deleted` (409)
   */
  async resend(customerId: string, id: string, { actor }: Caller = PLATFORM): Promise<EventSummary> {
    const outcome = await this.repository.resend(customerId, id, actor);
    if (outcome === null) throw notFound('webhook event');
    if (!outcome.isResent) throw refusal(outcome);
    // Read before a worker can be quicker: the answer shows what was asked for.
    const summary = await this.events.getSummary(customerId, id);
    this.delivery.admit([outcome.endpointId]);
    return summary;
  }
}

function refusal({ isErased, isDeleted }: ResendOutcome): WebhooksError {
  if (isDeleted) return conflict('endpoint_deleted', 'The endpoint of this delivery was deleted.');
  if (isErased) return conflict('payload_erased', 'The body of this delivery was erased, as retention asks.');
  return conflict(
    'delivery_pending',
    'This delivery is under way or waits already: it can be sent again when it is over.',
  );
}

const conflict = (code: string, detail: string): WebhooksError => new WebhooksError('conflict', code, detail);

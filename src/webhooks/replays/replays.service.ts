import { Injectable } from '@nestjs/common';
import { EndpointsService } from '../endpoints/endpoints.service';
import { EventTypesService } from '../event-types/event-types.service';
import { newId } from '../ids';
import { PLATFORM, type Caller } from '../identity.types';
import { readPage, type Page, type PageQuery } from '../page';
import { invalidField, notFound, WebhooksError } from '../webhooks.errors';
import type { Replay, ReplayableStatus, ReplayRow } from './replay.types';
import { ReplaysRepository } from './replays.repository';

/** Input of {@link ReplaysService.create}. */
export interface NewReplay {
  endpointId?: string | undefined;
  event?: string | undefined;
  /** How the deliveries ended; default: FAILED. */
  statuses?: readonly ReplayableStatus[] | undefined;
  /** Accepted at this time or later. */
  from: Date;
  /** Accepted before this time; default, and at most: now. */
  to?: Date | undefined;
}

/** Replays that one customer may have running. */
const MAX_RUNNING = 10;

/** Bulk resends: durable jobs that the {@link ReplayRunner} works off. */
@Injectable()
export class ReplaysService {
  constructor(
    private readonly repository: ReplaysRepository,
    private readonly endpoints: EndpointsService,
    private readonly eventTypes: EventTypesService,
  ) {}

  /**
   * Starts sending deliveries again. What is PENDING, test sends, deliveries of deleted endpoints, and those whose body
   * retention has erased are left out.
   * @throws WebhooksError `not_found` (the endpoint), `unknown_event_type`, `invalid_range`, `too_many_replays`
   */
  async create(customerId: string, input: NewReplay, { actor }: Caller = PLATFORM): Promise<Replay> {
    const { endpointId, event, statuses = ['FAILED'], from } = input;
    if (endpointId !== undefined) await this.endpoints.get(customerId, endpointId);
    if (event !== undefined) this.eventTypes.assertKnown(event);
    // Until now: what is accepted later is not a part of it, so it comes to an end.
    const to = new Date(Math.min(input.to?.getTime() ?? Infinity, Date.now()));
    if (from >= to) throw invalidField('invalid_range', 'from', 'must be before the end of the range, and in the past');
    const filter = { endpointId, event, statuses, from, to };
    const created = await this.repository.create(customerId, newId(), filter, { limit: MAX_RUNNING, actor });
    if (created === null) {
      const detail = `This customer has ${MAX_RUNNING} replays running, which is the limit: wait for one, or cancel it.`;
      throw new WebhooksError('conflict', 'too_many_replays', detail);
    }
    return toReplay(created);
  }

  /** Newest first. @throws WebhooksError `invalid_cursor` */
  async list(customerId: string, page: PageQuery): Promise<Page<Replay>> {
    const { data, nextCursor } = await readPage(page, (after, limit) => this.repository.list(customerId, after, limit));
    return { data: data.map(toReplay), nextCursor };
  }

  /** @throws WebhooksError `not_found` */
  async get(customerId: string, id: string): Promise<Replay> {
    const found = await this.repository.find(customerId, id);
    if (found === null) throw notFound('webhook replay');
    return toReplay(found);
  }

  /**
   * Stops a replay after the batch under way. What was resent by then stays so. Cancelling twice changes nothing.
   * @throws WebhooksError `not_found`, `replay_done`
   */
  async cancel(customerId: string, id: string, { actor }: Caller = PLATFORM): Promise<Replay> {
    await this.repository.cancel(customerId, id, actor);
    const replay = await this.get(customerId, id);
    if (replay.status === 'DONE') throw new WebhooksError('conflict', 'replay_done', 'This replay is over.');
    return replay;
  }
}

function toReplay({ customerId: _, position: __, filter, ...row }: ReplayRow): Replay {
  const { endpointId = null, event = null, statuses, from, to } = filter;
  const share = row.matched === 0 ? 0 : Math.min(1, row.resent / row.matched);
  return { ...row, endpointId, event, statuses, from, to, progress: row.status === 'DONE' ? 1 : share };
}

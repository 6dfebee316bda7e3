import { Injectable } from '@nestjs/common';
import { notFound } from '../webhooks.errors';
import { buildTimeline } from './timeline';
import { TimelineRepository } from './timeline.repository';
import type { EventTimeline, MessageTimeline } from './timeline.types';

/** Answers "why did this not arrive?". */
@Injectable()
export class TimelineService {
  constructor(private readonly repository: TimelineRepository) {}

  /** What became of one emit, endpoint by endpoint. @throws WebhooksError `not_found` */
  async ofMessage(customerId: string, messageId: string): Promise<MessageTimeline> {
    const rows = await this.repository.read(customerId, messageId);
    if (rows === null) throw notFound('webhook message');
    return buildTimeline(rows, new Date());
  }

  /** What became of one delivery. @throws WebhooksError `not_found` */
  async ofEvent(customerId: string, eventId: string): Promise<EventTimeline> {
    const messageId = await this.repository.messageOf(customerId, eventId);
    const rows = messageId === null ? null : await this.repository.read(customerId, messageId);
    if (rows === null) throw notFound('webhook event');
    const { endpoints, event, acceptedAt } = buildTimeline(rows, new Date());
    const found = endpoints.find((endpoint) => endpoint.eventId === eventId);
    if (found === undefined) throw notFound('webhook event');
    return { messageId: rows.message.id, event, acceptedAt, ...found };
  }
}

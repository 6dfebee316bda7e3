import { Get, Param, UseGuards } from '@nestjs/common';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer } from '../identity.types';
import { Operation } from '../openapi/operation.decorator';
import { EVENT_TIMELINE, MESSAGE_TIMELINE } from './timeline.answers';
import { TimelineService } from './timeline.service';
import type { EventTimeline, MessageTimeline } from './timeline.types';

/** What became of a delivery. */
@RestController('webhook-events')
@UseGuards(CustomerAccessGuard)
export class EventTimelineController {
  constructor(private readonly timelines: TimelineService) {}

  @Get(':id/timeline')
  @Operation('getWebhookEventTimeline', { summary: 'Tell what became of a delivery', answer: EVENT_TIMELINE })
  @RequirePermissions('webhook-events:read')
  async timeline(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<EventTimeline> {
    return this.timelines.ofEvent(customer.id, id);
  }
}

/** What became of an emit, also of one that matched no endpoint. */
@RestController('webhook-messages')
@UseGuards(CustomerAccessGuard)
export class MessageTimelineController {
  constructor(private readonly timelines: TimelineService) {}

  @Get(':id/timeline')
  @Operation('getWebhookMessageTimeline', {
    summary: 'Tell what became of an event, endpoint by endpoint',
    answer: MESSAGE_TIMELINE,
  })
  @RequirePermissions('webhook-events:read')
  async timeline(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<MessageTimeline> {
    return this.timelines.ofMessage(customer.id, id);
  }
}

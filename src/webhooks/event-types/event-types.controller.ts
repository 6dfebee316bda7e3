import { Get, Param, UseGuards } from '@nestjs/common';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { EventType } from './catalogue';
import { EventTypesService } from './event-types.service';
import { text } from '../openapi/schema';
import { EVENT_TYPE, EVENT_TYPES } from './event-types.answers';
import { Operation } from '../openapi/operation.decorator';

/** Which events there are and what they carry: the same for every caller, so none needs a permission. */
@RestController('event-types')
@UseGuards(CustomerAccessGuard)
export class EventTypesController {
  constructor(private readonly eventTypes: EventTypesService) {}

  @Get()
  @Operation('listEventTypes', { summary: 'List the event types', answer: EVENT_TYPES })
  list(): EventType[] {
    return this.eventTypes.list();
  }

  @Get(':name')
  @Operation('getEventType', {
    summary: 'Show an event type',
    answer: EVENT_TYPE,
    parameters: { name: text('Its name.', 'message.received') },
  })
  get(@Param('name') name: string): EventType {
    return this.eventTypes.get(name);
  }
}

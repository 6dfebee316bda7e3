import { Get, Param, UseGuards } from '@nestjs/common';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { EventType } from './catalogue';
import { EventTypesService } from './event-types.service';

/** Which events there are and what they carry: the same for every caller, so none needs a permission. */
@RestController('event-types')
@UseGuards(CustomerAccessGuard)
export class EventTypesController {
  constructor(private readonly eventTypes: EventTypesService) {}

  @Get()
  list(): EventType[] {
    return this.eventTypes.list();
  }

  @Get(':name')
  get(@Param('name') name: string): EventType {
    return this.eventTypes.get(name);
  }
}

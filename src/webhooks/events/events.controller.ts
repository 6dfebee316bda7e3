import { Body, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer } from '../identity.types';
import { ListEventsDto, PublishEventDto } from './events.dto';
import type { EventDetail, EventSummary } from './events.repository';
import { EventsService, type EmitResult, type Page } from './events.service';

/** Events of the caller's customer: publish them, and see what became of each delivery. */
@RestController('webhook-events')
@UseGuards(CustomerAccessGuard)
export class EventsController {
  constructor(private readonly events: EventsService) {}

  /** Accepted = committed: each delivery is made at least once or ends FAILED. */
  @Post()
  @HttpCode(202)
  @RequirePermissions('webhook-events:publish')
  async publish(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Body() { event, data }: PublishEventDto,
  ): Promise<EmitResult> {
    return this.events.emit(customer.id, event, data);
  }

  @Get()
  @RequirePermissions('webhook-events:read')
  async list(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Query() { cursor, limit, from, to, ...filter }: ListEventsDto,
  ): Promise<Page<EventSummary>> {
    const times = {
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    return this.events.list(customer.id, { ...filter, ...times }, { cursor, limit });
  }

  @Get(':id')
  @RequirePermissions('webhook-events:read')
  async get(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<EventDetail> {
    return this.events.get(customer.id, id);
  }
}

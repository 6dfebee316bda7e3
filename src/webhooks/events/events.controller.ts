import { Body, Get, Headers, HttpCode, Logger, Param, Post, Query, UseGuards } from '@nestjs/common';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { problemOf, type Problem } from '../http/problem';
import { ProblemException } from '../http/problem.exception';
import { reportedProblem } from '../http/problem.filter';
import { RequestValidationPipe } from '../http/request-validation.pipe';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer } from '../identity.types';
import type { Page } from '../page';
import { invalidField, WebhooksError } from '../webhooks.errors';
import { BatchItemDto, ListEventsDto, PublishBatchDto, PublishEventDto } from './events.dto';
import type { EventDetail, EventSummary } from './events.repository';
import { EventsService, type EmitResult } from './events.service';
import { ACCEPTED, BATCH_RESULTS, EVENT_DETAIL, EVENT_PAGE, IDEMPOTENCY_KEY } from './events.answers';
import { Operation } from '../openapi/operation.decorator';

const MAX_BATCH = 100;
const BATCH_ITEM = { type: 'body', metatype: BatchItemDto } as const;

/** What became of one event of a batch: as the single route answers it, or its problem. */
export type BatchAnswer = ({ status: 202 } & EmitResult) | Problem;

/** Events of the caller's customer: publish them, and see what became of each delivery. */
@RestController('webhook-events')
@UseGuards(CustomerAccessGuard)
export class EventsController {
  private readonly logger = new Logger('Http');
  private readonly validation = new RequestValidationPipe();

  constructor(private readonly events: EventsService) {}

  /** Accepted = committed: each delivery is made at least once or ends FAILED. */
  @Post()
  @Operation('publishEvent', {
    summary: 'Publish an event',
    description: 'Accepted = committed: each delivery is made at least once or ends FAILED.',
    answer: ACCEPTED,
    problems: [
      'unknown_event_type',
      'event_type_operational',
      'invalid_event_data',
      'event_data_invalid',
      'invalid_emit_option',
      'idempotency_key_reused',
    ],
    headers: { 'Idempotency-Key': IDEMPOTENCY_KEY },
  })
  @HttpCode(202)
  @RequirePermissions('webhook-events:publish')
  async publish(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Body() { event, data, orderingKey }: PublishEventDto,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
  ): Promise<EmitResult> {
    return this.events.emit(customer.id, event, data, { orderingKey, idempotencyKey });
  }

  /**
   * Up to 100 events, each accepted or refused by itself: one answer per event, in their order. When one fails on our
   * side, so does the request, unless others were accepted.
   */
  @Post('batch')
  @Operation('publishEvents', {
    summary: 'Publish up to 100 events',
    description:
      'Each is accepted or refused by itself: one answer per event, in their order. When one fails on our side, so does the request, unless others were accepted.',
    answer: BATCH_RESULTS,
  })
  @HttpCode(200)
  @RequirePermissions('webhook-events:publish')
  async publishBatch(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Body() { events }: PublishBatchDto,
  ): Promise<{ results: BatchAnswer[] }> {
    const isBatch = Array.isArray(events) && events.length > 0 && events.length <= MAX_BATCH;
    if (!isBatch) throw invalidField('invalid_request', 'events', `must be an array of 1 to ${MAX_BATCH} events`);
    const settled = await Promise.allSettled(events.map((item) => this.publishItem(customer.id, item)));
    const isAnyAccepted = settled.some((result) => result.status === 'fulfilled' && result.value.status === 202);
    const results = settled.map((result) => {
      if (result.status === 'fulfilled') return result.value;
      // Made again as a whole, the request would send what was accepted twice.
      if (isAnyAccepted) return reportedProblem(result.reason, this.logger);
      throw result.reason;
    });
    return { results };
  }

  @Get()
  @Operation('listWebhookEvents', {
    summary: 'List the deliveries',
    answer: EVENT_PAGE,
    problems: ['unknown_event_type'],
  })
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
  @Operation('getWebhookEvent', {
    summary: 'Show a delivery',
    description: 'With its body and every attempt.',
    answer: EVENT_DETAIL,
  })
  @RequirePermissions('webhook-events:read')
  async get(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<EventDetail> {
    return this.events.get(customer.id, id);
  }

  private async publishItem(customerId: string, item: unknown): Promise<BatchAnswer> {
    try {
      const { event, data, ...options } = (await this.validation.transform(item, BATCH_ITEM)) as BatchItemDto;
      return { status: 202, ...(await this.events.emit(customerId, event, data, options)) };
    } catch (error) {
      if (error instanceof ProblemException) return problemOf(error.error);
      if (error instanceof WebhooksError) return problemOf(error);
      throw error;
    }
  }
}

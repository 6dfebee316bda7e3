import { Body, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { CurrentCaller } from '../decorators/current-caller.decorator';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer, Caller } from '../identity.types';
import type { Page } from '../page';
import type { Replay } from './replay.types';
import { CreateReplayDto, ListReplaysDto } from './replays.dto';
import { ReplaysService } from './replays.service';
import { REPLAY, REPLAYS } from './replays.answers';
import { Operation } from '../openapi/operation.decorator';

/** Many deliveries, again: jobs that show their progress, can be cancelled, and survive a restart. */
@RestController('webhook-replays')
@UseGuards(CustomerAccessGuard)
export class ReplaysController {
  constructor(private readonly replays: ReplaysService) {}

  @Post()
  @Operation('createWebhookReplay', {
    summary: 'Send many deliveries again',
    description: 'A job that shows its progress, can be cancelled, and survives a restart.',
    answer: REPLAY,
    problems: ['invalid_range', 'unknown_event_type', 'too_many_replays', 'not_found'],
  })
  @HttpCode(202)
  @RequirePermissions('webhook-events:write')
  async create(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Body() { from, to, ...filter }: CreateReplayDto,
  ): Promise<Replay> {
    const range = { from: new Date(from), to: to === undefined ? undefined : new Date(to) };
    return this.replays.create(customer.id, { ...filter, ...range }, caller);
  }

  @Get()
  @Operation('listWebhookReplays', { summary: 'List the replays', answer: REPLAYS })
  @RequirePermissions('webhook-events:read')
  async list(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Query() { cursor, limit }: ListReplaysDto,
  ): Promise<Page<Replay>> {
    return this.replays.list(customer.id, { cursor, limit });
  }

  @Get(':id')
  @Operation('getWebhookReplay', { summary: 'Show a replay', answer: REPLAY })
  @RequirePermissions('webhook-events:read')
  async get(@CurrentCustomer() customer: AuthenticatedCustomer, @Param('id', UuidPipe) id: string): Promise<Replay> {
    return this.replays.get(customer.id, id);
  }

  /** Stops after the batch under way. */
  @Post(':id/cancel')
  @Operation('cancelWebhookReplay', {
    summary: 'Cancel a replay',
    description: 'It stops after the batch under way.',
    answer: REPLAY,
    problems: ['replay_done'],
  })
  @HttpCode(200)
  @RequirePermissions('webhook-events:write')
  async cancel(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
  ): Promise<Replay> {
    return this.replays.cancel(customer.id, id, caller);
  }
}

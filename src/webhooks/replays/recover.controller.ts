import { Body, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { CurrentCaller } from '../decorators/current-caller.decorator';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer, Caller } from '../identity.types';
import type { Replay } from './replay.types';
import { RecoverDto } from './replays.dto';
import { ReplaysService } from './replays.service';
import { REPLAY } from './replays.answers';
import { Operation } from '../openapi/operation.decorator';

/** After an outage of a receiver. */
@RestController('webhook-endpoints')
@UseGuards(CustomerAccessGuard)
export class RecoverController {
  constructor(private readonly replays: ReplaysService) {}

  /** Starts a replay of what the endpoint missed. */
  @Post(':id/recover')
  @Operation('recoverWebhookEndpoint', {
    summary: 'Send again what an endpoint missed',
    description: 'Starts a replay, after an outage of the receiver.',
    answer: REPLAY,
    problems: ['invalid_range', 'too_many_replays'],
  })
  @HttpCode(202)
  @RequirePermissions('webhook-events:write')
  async recover(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) endpointId: string,
    @Body() { since, until, statuses }: RecoverDto,
  ): Promise<Replay> {
    const to = until === undefined ? undefined : new Date(until);
    return this.replays.create(customer.id, { endpointId, statuses, from: new Date(since), to }, caller);
  }
}

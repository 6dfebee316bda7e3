import { HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { CurrentCaller } from '../decorators/current-caller.decorator';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import type { EventSummary } from '../events/events.service';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer, Caller } from '../identity.types';
import { ResendService } from './resend.service';
import { EVENT_SUMMARY } from '../events/events.answers';
import { Operation } from '../openapi/operation.decorator';

/** One delivery, again. */
@RestController('webhook-events')
@UseGuards(CustomerAccessGuard)
export class ResendController {
  constructor(private readonly resends: ResendService) {}

  /** The same delivery with a fresh budget of attempts; 409 while it is PENDING. */
  @Post(':id/resend')
  @Operation('resendWebhookEvent', {
    summary: 'Send a delivery again',
    description: 'With a fresh budget of attempts.',
    answer: EVENT_SUMMARY,
    problems: ['delivery_pending', 'endpoint_deleted', 'payload_erased'],
  })
  @HttpCode(202)
  @RequirePermissions('webhook-events:write')
  async resend(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
  ): Promise<EventSummary> {
    return this.resends.resend(customer.id, id, caller);
  }
}

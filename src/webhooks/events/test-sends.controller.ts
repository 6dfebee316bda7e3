import { Body, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer } from '../identity.types';
import { TestSendDto } from './test-sends.dto';
import { TestSendsService, type TestSendResult } from './test-sends.service';
import { TEST_SEND } from './events.answers';
import { Operation } from '../openapi/operation.decorator';

/** Tries an endpoint out. */
@RestController('webhook-endpoints')
@UseGuards(CustomerAccessGuard)
export class TestSendsController {
  constructor(private readonly tests: TestSendsService) {}

  /** Sends a sample now, and answers with what happened; the receiver's failure is an answer too, not an error. */
  @Post(':id/test')
  @Operation('testWebhookEndpoint', {
    summary: 'Try an endpoint out',
    description:
      'Sends a sample now and answers with what happened; the receiver’s failure is an answer too, not an error.',
    answer: TEST_SEND,
    problems: ['unknown_event_type', 'event_type_without_example'],
  })
  @HttpCode(200)
  @RequirePermissions('webhook-endpoints:write')
  async test(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
    @Body() { event }: TestSendDto,
  ): Promise<TestSendResult> {
    return this.tests.send(customer.id, id, event);
  }
}

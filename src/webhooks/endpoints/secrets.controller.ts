import { Body, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { CurrentCaller } from '../decorators/current-caller.decorator';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer, Caller } from '../identity.types';
import type { EndpointWithSecret } from './endpoints.service';
import { RotateSecretDto } from './secrets.dto';
import { SecretsService } from './secrets.service';
import { ENDPOINT_WITH_SECRET } from './endpoints.answers';
import { Operation } from '../openapi/operation.decorator';

/** The secrets that sign what is sent to an endpoint. */
@RestController('webhook-endpoints')
@UseGuards(CustomerAccessGuard)
export class SecretsController {
  constructor(private readonly secrets: SecretsService) {}

  /** The answer is the only one that holds the new secret. Both sign until the overlap ends. */
  @Post(':id/rotate-secret')
  @Operation('rotateWebhookSecret', {
    summary: 'Exchange the signing secret',
    description: 'The answer is the only one that holds the new secret. Both sign until the overlap ends.',
    answer: ENDPOINT_WITH_SECRET,
  })
  @HttpCode(200)
  @RequirePermissions('webhook-endpoints:write')
  @Header('Cache-Control', 'no-store')
  async rotate(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
    @Body() body: RotateSecretDto,
  ): Promise<EndpointWithSecret> {
    return this.secrets.rotate(customer.id, id, body, caller);
  }
}

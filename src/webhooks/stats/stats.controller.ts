import { Get, Param, Query, UseGuards } from '@nestjs/common';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer } from '../identity.types';
import { StatsDto } from './stats.dto';
import { StatsService, type EndpointStats } from './stats.service';
import { ENDPOINT_STATS } from './stats.answers';
import { Operation } from '../openapi/operation.decorator';

/** How an endpoint does. */
@RestController('webhook-endpoints')
@UseGuards(CustomerAccessGuard)
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  @Get(':id/stats')
  @Operation('getWebhookEndpointStats', {
    summary: 'Show how an endpoint does',
    answer: ENDPOINT_STATS,
    problems: ['invalid_range', 'range_too_long'],
  })
  @RequirePermissions('webhook-endpoints:read')
  async get(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
    @Query() { from, to }: StatsDto,
  ): Promise<EndpointStats> {
    return this.stats.of(customer.id, id, {
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
    });
  }
}

import { Body, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { CurrentCaller } from '../decorators/current-caller.decorator';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer, Caller } from '../identity.types';
import { CreateEndpointDto, DeleteEndpointDto, UpdateEndpointDto } from './endpoints.dto';
import { EndpointsService, type Endpoint, type EndpointWithSecret } from './endpoints.service';

/** The URLs that the customer's events are delivered to. */
@RestController('webhook-endpoints')
@UseGuards(CustomerAccessGuard)
export class EndpointsController {
  constructor(private readonly endpoints: EndpointsService) {}

  /** The answer is the only one that holds the signing secret; with `signatureScheme: "v1a"` there is none to hold. */
  @Post()
  @RequirePermissions('webhook-endpoints:write')
  @Header('Cache-Control', 'no-store')
  async create(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Body() body: CreateEndpointDto,
  ): Promise<EndpointWithSecret> {
    return this.endpoints.create(customer.id, body, caller);
  }

  @Get()
  @RequirePermissions('webhook-endpoints:read')
  async list(@CurrentCustomer() customer: AuthenticatedCustomer): Promise<Endpoint[]> {
    return this.endpoints.list(customer.id);
  }

  @Get(':id')
  @RequirePermissions('webhook-endpoints:read')
  async get(@CurrentCustomer() customer: AuthenticatedCustomer, @Param('id', UuidPipe) id: string): Promise<Endpoint> {
    return this.endpoints.get(customer.id, id);
  }

  @Patch(':id')
  @RequirePermissions('webhook-endpoints:write')
  async update(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateEndpointDto,
  ): Promise<Endpoint> {
    return this.endpoints.update(customer.id, id, body, caller);
  }

  /** Deliveries that still wait for the endpoint become FAILED, or with `?pending=deliver` are still made. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermissions('webhook-endpoints:write')
  async delete(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
    @Query() { pending }: DeleteEndpointDto,
  ): Promise<void> {
    await this.endpoints.delete(customer.id, id, pending, caller);
  }
}

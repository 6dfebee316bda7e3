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
import { ENDPOINT, ENDPOINT_WITH_SECRET, ENDPOINTS } from './endpoints.answers';
import { Operation } from '../openapi/operation.decorator';

/** The URLs that the customer's events are delivered to. */
@RestController('webhook-endpoints')
@UseGuards(CustomerAccessGuard)
export class EndpointsController {
  constructor(private readonly endpoints: EndpointsService) {}

  /** The answer is the only one that holds the signing secret; with `signatureScheme: "v1a"` there is none to hold. */
  @Post()
  @Operation('createWebhookEndpoint', {
    summary: 'Register a URL',
    description:
      'The answer is the only one that holds the signing secret; with `signatureScheme: "v1a"` there is none to hold.',
    answer: ENDPOINT_WITH_SECRET,
    problems: [
      'url_not_allowed',
      'unknown_event_type',
      'invalid_endpoint_policy',
      'too_many_endpoints',
      'tls_requires_https',
      'client_key_missing',
      'invalid_certificate',
      'certificate_expired',
      'invalid_private_key',
      'key_mismatch',
    ],
  })
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
  @Operation('listWebhookEndpoints', {
    summary: 'List the endpoints',
    description: 'All of them: their number is limited.',
    answer: ENDPOINTS,
  })
  @RequirePermissions('webhook-endpoints:read')
  async list(@CurrentCustomer() customer: AuthenticatedCustomer): Promise<Endpoint[]> {
    return this.endpoints.list(customer.id);
  }

  @Get(':id')
  @Operation('getWebhookEndpoint', { summary: 'Show an endpoint', answer: ENDPOINT })
  @RequirePermissions('webhook-endpoints:read')
  async get(@CurrentCustomer() customer: AuthenticatedCustomer, @Param('id', UuidPipe) id: string): Promise<Endpoint> {
    return this.endpoints.get(customer.id, id);
  }

  @Patch(':id')
  @Operation('updateWebhookEndpoint', {
    summary: 'Change an endpoint',
    description: 'What is left out stays as it is.',
    answer: ENDPOINT,
    problems: [
      'url_not_allowed',
      'unknown_event_type',
      'invalid_endpoint_policy',
      'tls_requires_https',
      'client_key_missing',
      'invalid_certificate',
      'certificate_expired',
      'invalid_private_key',
      'key_mismatch',
    ],
  })
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
  @Operation('deleteWebhookEndpoint', { summary: 'Delete an endpoint' })
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

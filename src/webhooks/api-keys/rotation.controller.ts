import { Body, Get, Header, Param, Post, UseGuards } from '@nestjs/common';
import { CurrentCaller } from '../decorators/current-caller.decorator';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedApiKey, AuthenticatedCustomer, Caller } from '../identity.types';
import { RotateApiKeyDto } from './api-keys.dto';
import { RotationService, type RotationStatus } from './rotation.service';

/** A new key in the place of an old one. */
@RestController('api-keys')
@UseGuards(CustomerAccessGuard)
export class RotationController {
  constructor(private readonly rotation: RotationService) {}

  /** The answer is the successor, with its key, and the old key as it is now. */
  @Post(':id/rotate')
  @RequirePermissions('api-keys:write')
  @Header('Cache-Control', 'no-store')
  async rotate(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
    @Body() { gracePeriodSeconds, expiresAt }: RotateApiKeyDto,
  ): Promise<AuthenticatedApiKey & { key: string; predecessor: AuthenticatedApiKey }> {
    const expires = typeof expiresAt === 'string' ? new Date(expiresAt) : expiresAt;
    return this.rotation.rotate(customer.id, id, { gracePeriodSeconds, expiresAt: expires }, caller);
  }

  /** Whether the old key is still in use. */
  @Get(':id/rotation')
  @RequirePermissions('api-keys:read')
  async status(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<RotationStatus> {
    return this.rotation.status(customer.id, id);
  }
}

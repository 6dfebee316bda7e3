import { Body, Get, Header, Param, Post, UseGuards } from '@nestjs/common';
import { CurrentCaller } from '../decorators/current-caller.decorator';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedApiKey, AuthenticatedCustomer, Caller } from '../identity.types';
import { RotateApiKeyDto, withTimes } from './api-keys.dto';
import { RotationService, type RotationStatus } from './rotation.service';
import { ROTATED_API_KEY, ROTATION } from './api-keys.answers';
import { Operation } from '../openapi/operation.decorator';

/** A new key in the place of an old one. */
@RestController('api-keys')
@UseGuards(CustomerAccessGuard)
export class RotationController {
  constructor(private readonly rotation: RotationService) {}

  /** The answer is the successor, with its key, and the old key as it is now. */
  @Post(':id/rotate')
  @Operation('rotateApiKey', {
    summary: 'Rotate an API key',
    description: 'Makes a successor with the same rights. Both are accepted in the grace period.',
    answer: ROTATED_API_KEY,
    problems: [
      'invalid_expires_at',
      'permission_not_held',
      'api_key_rotated',
      'rotation_of_inactive_key',
      'rotation_of_expired_key',
      'too_many_api_keys',
    ],
  })
  @RequirePermissions('api-keys:write')
  @Header('Cache-Control', 'no-store')
  async rotate(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
    @Body() body: RotateApiKeyDto,
  ): Promise<AuthenticatedApiKey & { key: string; predecessor: AuthenticatedApiKey }> {
    return this.rotation.rotate(customer.id, id, withTimes(body), caller);
  }

  /** Whether the old key is still in use. */
  @Get(':id/rotation')
  @Operation('getApiKeyRotation', {
    summary: 'Show how a rotation stands',
    description: 'Asked with the old key or the new one: is it safe to cut over?',
    answer: ROTATION,
  })
  @RequirePermissions('api-keys:read')
  async status(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<RotationStatus> {
    return this.rotation.status(customer.id, id);
  }
}

import { Body, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedCustomer } from '../identity.types';
import { KeyAccessService } from './key-access.service';
import { KeyUsageService } from './key-usage.service';
import { ExplainDto, UsageDto } from './permissions.dto';
import type { AccessExplanation, ApiKeyUsage } from './permissions.types';
import { ACCESS_EXPLANATION, API_KEY_USAGE } from './permissions.answers';
import { Operation } from '../openapi/operation.decorator';

/** What a key may do, and what it did. */
@RestController('api-keys')
@UseGuards(CustomerAccessGuard)
@RequirePermissions('api-keys:read')
export class KeyRightsController {
  constructor(
    private readonly keyUsage: KeyUsageService,
    private readonly access: KeyAccessService,
  ) {}

  /** Which permissions the key used and which it never did, with the least that it could do with. */
  @Get(':id/usage')
  @Operation('getApiKeyUsage', {
    summary: 'Show which permissions a key used',
    description: 'And which it never did, with the least that it could do with.',
    answer: API_KEY_USAGE,
  })
  async usage(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
    @Query() { since }: UsageDto,
  ): Promise<ApiKeyUsage> {
    return this.keyUsage.usage(customer.id, id, since === undefined ? undefined : new Date(since));
  }

  /** Whether the key would be allowed to make a request, and why not. Nothing is called, and nothing changes. */
  @Post(':id/explain')
  @Operation('explainApiKeyAccess', {
    summary: 'Tell whether a key would be allowed',
    description: 'And why not. Nothing is called, and nothing changes.',
    answer: ACCESS_EXPLANATION,
  })
  @HttpCode(200)
  async explain(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
    @Body() { method, path, ip }: ExplainDto,
  ): Promise<AccessExplanation> {
    return this.access.explain(customer.id, id, { method, path, ip });
  }
}

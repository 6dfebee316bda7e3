import { Body, Delete, Get, Header, HttpCode, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { CurrentCustomer, CurrentPermissions } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedApiKey, AuthenticatedCustomer } from '../identity.types';
import { CreateApiKeyDto, UpdateApiKeyDto } from './api-keys.dto';
import { ApiKeysService } from './api-keys.service';

/** The answer to `POST /api-keys`: the only one that holds the key. */
export type CreatedApiKey = Omit<AuthenticatedApiKey, 'lastUsedAt'> & { key: string };

/** API keys of the caller's customer. */
@RestController('api-keys')
@UseGuards(CustomerAccessGuard)
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Post()
  @RequirePermissions('api-keys:write')
  @Header('Cache-Control', 'no-store')
  async create(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentPermissions() held: readonly string[],
    @Body() { name, permissions = [] }: CreateApiKeyDto,
  ): Promise<CreatedApiKey> {
    const created = await this.apiKeys.create(customer.id, { name, permissions }, held);
    const { id, key, isActive, createdAt } = created;
    return { id, key, name: created.name, permissions: created.permissions, isActive, createdAt };
  }

  @Get()
  @RequirePermissions('api-keys:read')
  async list(@CurrentCustomer() customer: AuthenticatedCustomer): Promise<AuthenticatedApiKey[]> {
    return this.apiKeys.list(customer.id);
  }

  @Get(':id')
  @RequirePermissions('api-keys:read')
  async get(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<AuthenticatedApiKey> {
    return this.apiKeys.get(customer.id, id);
  }

  @Patch(':id')
  @RequirePermissions('api-keys:write')
  async update(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentPermissions() held: readonly string[],
    @Param('id', UuidPipe) id: string,
    @Body() changes: UpdateApiKeyDto,
  ): Promise<AuthenticatedApiKey> {
    return this.apiKeys.update(customer.id, id, changes, held);
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  @RequirePermissions('api-keys:write')
  async deactivate(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<AuthenticatedApiKey> {
    return this.apiKeys.deactivate(customer.id, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermissions('api-keys:write')
  async delete(@CurrentCustomer() customer: AuthenticatedCustomer, @Param('id', UuidPipe) id: string): Promise<void> {
    await this.apiKeys.delete(customer.id, id);
  }
}

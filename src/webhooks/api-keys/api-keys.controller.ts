import { Body, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, UseGuards } from '@nestjs/common';
import { CurrentCaller } from '../decorators/current-caller.decorator';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { UuidPipe } from '../http/uuid.pipe';
import type { AuthenticatedApiKey, AuthenticatedCustomer, Caller } from '../identity.types';
import type { CreatedApiKey } from './api-keys.types';
import { CreateApiKeyDto, ListApiKeysDto, UpdateApiKeyDto, withTimes } from './api-keys.dto';
import { ApiKeysService } from './api-keys.service';
import { API_KEY, API_KEYS, CREATED_API_KEY } from './api-keys.answers';
import { Operation } from '../openapi/operation.decorator';

/** API keys of the caller's customer. */
@RestController('api-keys')
@UseGuards(CustomerAccessGuard)
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Post()
  @Operation('createApiKey', {
    summary: 'Make an API key',
    description: 'The answer is the only one that holds the key. Nobody grants more than they hold.',
    answer: CREATED_API_KEY,
    problems: ['invalid_expires_at', 'permission_not_held', 'unknown_permission', 'too_many_api_keys'],
  })
  @RequirePermissions('api-keys:write')
  @Header('Cache-Control', 'no-store')
  async create(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Body() body: CreateApiKeyDto,
  ): Promise<CreatedApiKey> {
    const created = await this.apiKeys.create(customer.id, withTimes(body), caller);
    const { id, key, name, permissions, isActive, createdAt } = created;
    const { labels, expiresAt, allowedCidrs, rateLimit, isCanary } = created;
    const chosen = Object.entries({ labels, expiresAt, allowedCidrs, rateLimit, isCanary }).filter(
      ([field]) => body[field as keyof CreateApiKeyDto] !== undefined,
    );
    return { id, key, name, permissions, isActive, createdAt, ...Object.fromEntries(chosen) };
  }

  @Get()
  @Operation('listApiKeys', {
    summary: 'List the API keys',
    description: 'All of them: their number is limited.',
    answer: API_KEYS,
  })
  @RequirePermissions('api-keys:read')
  async list(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Query() { deleted, label }: ListApiKeysDto,
  ): Promise<AuthenticatedApiKey[]> {
    const keys = await this.apiKeys.list(customer.id, { deleted: deleted === 'true' });
    if (label === undefined) return keys;
    const colon = label.indexOf(':');
    return keys.filter(({ labels }) => labels[label.slice(0, colon)] === label.slice(colon + 1));
  }

  @Get(':id')
  @Operation('getApiKey', { summary: 'Show an API key', answer: API_KEY })
  @RequirePermissions('api-keys:read')
  async get(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', UuidPipe) id: string,
  ): Promise<AuthenticatedApiKey> {
    return this.apiKeys.get(customer.id, id);
  }

  @Patch(':id')
  @Operation('updateApiKey', {
    summary: 'Change an API key',
    description: 'What is left out stays as it is.',
    answer: API_KEY,
    problems: ['invalid_expires_at', 'permission_not_held', 'unknown_permission', 'api_key_rotated', 'api_key_leaked'],
  })
  @RequirePermissions('api-keys:write')
  async update(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateApiKeyDto,
  ): Promise<AuthenticatedApiKey> {
    return this.apiKeys.update(customer.id, id, withTimes(body), caller);
  }

  @Post(':id/deactivate')
  @Operation('deactivateApiKey', {
    summary: 'End an API key',
    description: 'It is refused on this node at once, on every other within a second. It can be activated again.',
    answer: API_KEY,
  })
  @HttpCode(200)
  @RequirePermissions('api-keys:write')
  async deactivate(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
  ): Promise<AuthenticatedApiKey> {
    return this.apiKeys.deactivate(customer.id, id, caller);
  }

  /** Undoes a delete, for some days. */
  @Post(':id/restore')
  @Operation('restoreApiKey', {
    summary: 'Undo the delete of an API key',
    description: 'For some days after the delete.',
    answer: API_KEY,
    problems: ['permission_not_held', 'too_many_api_keys'],
  })
  @HttpCode(200)
  @RequirePermissions('api-keys:write')
  async restore(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
  ): Promise<AuthenticatedApiKey> {
    return this.apiKeys.restore(customer.id, id, caller);
  }

  @Delete(':id')
  @Operation('deleteApiKey', {
    summary: 'Delete an API key',
    description: 'It is refused on this node at once, on every other within a second.',
  })
  @HttpCode(204)
  @RequirePermissions('api-keys:write')
  async delete(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @CurrentCaller() caller: Caller,
    @Param('id', UuidPipe) id: string,
  ): Promise<void> {
    await this.apiKeys.delete(customer.id, id, caller);
  }
}

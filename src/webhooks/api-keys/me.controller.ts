import { Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiKeyGuard } from '../guards/api-key.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { AuthenticatedApiKey, AuthenticatedRequest } from '../identity.types';
import { notFound } from '../webhooks.errors';
import { ApiKeysService } from './api-keys.service';
import { API_KEY, ME } from './api-keys.answers';
import { Operation } from '../openapi/operation.decorator';

/** Says who an API key is: a first call to try a key with. */
@RestController('me')
@UseGuards(ApiKeyGuard)
export class MeController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Get()
  @Operation('getMe', { summary: 'Tell who a key is', description: 'A first call to try a key with.', answer: ME })
  me(
    @Req() { user, customer, apiKey }: AuthenticatedRequest,
  ): Pick<AuthenticatedRequest, 'user' | 'customer' | 'apiKey'> {
    return { user, customer, ...(apiKey === undefined ? {} : { apiKey }) };
  }

  /** Ends the key that is presented: whoever finds one may do that. */
  @Post('revoke')
  @Operation('revokeMe', {
    summary: 'End the key that is presented',
    description: 'Whoever finds a key may do that.',
    answer: API_KEY,
    problems: ['not_found'],
  })
  @HttpCode(200)
  async revoke(@Req() { customer, apiKey }: AuthenticatedRequest): Promise<AuthenticatedApiKey> {
    if (apiKey === undefined) throw notFound('API key');
    return this.apiKeys.revokeSelf(customer.id, apiKey.id);
  }
}

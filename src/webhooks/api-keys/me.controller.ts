import { Get, Req, UseGuards } from '@nestjs/common';
import { ApiKeyGuard } from '../guards/api-key.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { AuthenticatedRequest } from '../identity.types';

/** Says who an API key is: a first call to try a key with. */
@RestController('me')
@UseGuards(ApiKeyGuard)
export class MeController {
  @Get()
  me(
    @Req() { user, customer, apiKey }: AuthenticatedRequest,
  ): Pick<AuthenticatedRequest, 'user' | 'customer' | 'apiKey'> {
    return { user, customer, ...(apiKey === undefined ? {} : { apiKey }) };
  }
}

import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import {
  InvalidTokenError,
  PlatformTokens,
  TokenKeysUnavailableError,
  type PlatformIdentity,
} from '../../auth/platform-tokens';
import { hasKeyPrefix } from '../api-keys/api-key';
import { CustomersService } from '../customers/customers.service';
import { ProblemException } from '../http/problem.exception';
import { WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { AccessControl } from './access-control';

/**
 * Lets a request pass that speaks for one customer: with an API key, or with the platform's JWT of the user whom the
 * customer belongs to (who may do everything for it). Sets `req.user`, `req.customer` and, for a key, `req.apiKey`.
 */
@Injectable()
export class CustomerAccessGuard implements CanActivate {
  constructor(
    private readonly access: AccessControl,
    @Inject(PlatformTokens) private readonly tokens: PlatformTokens,
    private readonly customers: CustomersService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const token = this.access.presentedToken(context);
    if (hasKeyPrefix(token.text, this.options.apiKeys.importedPrefixes))
      return this.access.acceptApiKey(context, token);
    return this.acceptPlatformUser(context, token.text);
  }

  private async acceptPlatformUser(context: ExecutionContext, token: string): Promise<true> {
    const { userId, customerId } = await this.verify(context, token);
    const found = await this.customers.findOwned(userId, customerId);
    if (found === null) {
      const detail =
        'The token\'s "customerId" is not a customer of its "sub": create it with CustomersService.ensure or PUT /customers/:id.';
      throw new ProblemException(new WebhooksError('forbidden', 'customer_not_accessible', detail));
    }
    const { user, customer, suspension } = found;
    if (suspension !== null) return this.access.refuseSuspended(context, suspension.reason);
    return this.access.admit(context, { user, customer });
  }

  private async verify(context: ExecutionContext, token: string): Promise<PlatformIdentity> {
    try {
      return await this.tokens.verify(token);
    } catch (error) {
      if (error instanceof InvalidTokenError) return this.access.refuse(context, 'token_invalid', error.message);
      if (error instanceof TokenKeysUnavailableError) {
        throw new ProblemException(new WebhooksError('unavailable', 'token_keys_unavailable', error.message));
      }
      throw error;
    }
  }
}

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest, Caller } from '../identity.types';

/** Who makes the request, for the audit log, and what they may do. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { user, apiKey, permissions } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const actor =
    apiKey === undefined ? { type: 'user' as const, id: user.id } : { type: 'api-key' as const, id: apiKey.id };
  return { actor, permissions };
});

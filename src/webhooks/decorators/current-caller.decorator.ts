import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest, Caller } from '../identity.types';
import { permissionsOf } from './caller-permissions';

/** Who makes the request, for the audit log, and what they may do. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const { user, apiKey } = request;
  const actor =
    apiKey === undefined ? { type: 'user' as const, id: user.id } : { type: 'api-key' as const, id: apiKey.id };
  return { actor, permissions: permissionsOf(request) };
});

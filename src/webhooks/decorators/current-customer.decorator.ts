import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedCustomer, AuthenticatedRequest } from '../identity.types';
import { permissionsOf } from './caller-permissions';

/** The authenticated customer, on a route behind `ApiKeyGuard` or `CustomerAccessGuard`. */
export const CurrentCustomer = createParamDecorator(
  (_: unknown, context: ExecutionContext): AuthenticatedCustomer =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().customer,
);

/** What the authenticated caller may do. */
export const CurrentPermissions = createParamDecorator((_: unknown, context: ExecutionContext): readonly string[] =>
  permissionsOf(context.switchToHttp().getRequest<Partial<AuthenticatedRequest>>()),
);

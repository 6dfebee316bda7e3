import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AccessControl } from './access-control';

/**
 * Lets a request pass that presents an active API key, as `X-API-Key: sk_…` or `Authorization: Bearer sk_…`, which
 * holds what `@RequirePermissions` asks for. Needs no JWT. Sets `req.user`, `req.customer` and `req.apiKey`.
 *
 * Answers 401 (no key, an unknown or inactive one, two headers that differ) and 403 (a permission is missing), both
 * with `WWW-Authenticate` (RFC 6750).
 *
 * @example
 * ```ts
 * @Controller('api')
 * @UseGuards(ApiKeyGuard)
 * export class MyController {}
 * ```
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(private readonly access: AccessControl) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    return this.access.acceptApiKey(context, this.access.presentedToken(context));
  }
}

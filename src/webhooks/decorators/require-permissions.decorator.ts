import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import { isConcretePermission } from '../api-keys/permissions';

/** Metadata key of the permissions that a route requires. */
export const REQUIRED_PERMISSIONS = 'webhooks:required-permissions';

/**
 * The permissions that a caller must hold, all of them; on a controller and a method together, both lists count.
 * Checked by `ApiKeyGuard` and `CustomerAccessGuard`.
 *
 * @example
 * ```ts
 * @UseGuards(ApiKeyGuard)
 * @RequirePermissions('messages:send')
 * @Post('messages')
 * ```
 * @throws Error while the application loads, when a permission is not of the form `resource:action`
 */
export function RequirePermissions(...permissions: string[]): CustomDecorator {
  const wrong = permissions.filter((permission) => !isConcretePermission(permission));
  if (wrong.length > 0) {
    throw new Error(`@RequirePermissions: "${wrong.join('", "')}" is not of the form resource:action ([a-z0-9_-]+).`);
  }
  return SetMetadata(REQUIRED_PERMISSIONS, permissions);
}

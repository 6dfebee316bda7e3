import { Inject, Injectable } from '@nestjs/common';
import { covers } from '../api-keys/permissions';
import { WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { OWN_PERMISSIONS } from './own-permissions';
import { checkDefinitions, describeUnknown, isKnown, wildcardOf } from './permission-catalogue';
import type { Permission } from './permissions.types';
import { RouteTable } from './route-table';

/**
 * The catalogue of permissions: the module's own, those that any route of the application requires
 * (`@RequirePermissions`), and those that the host registers as `permissions`.
 */
@Injectable()
export class PermissionsService {
  private readonly descriptions: ReadonlyMap<string, string | null>;
  private known: readonly string[] | undefined;

  /** @throws PermissionCatalogueError when a registered permission is wrong: then the application does not start */
  constructor(
    @Inject(WEBHOOKS_OPTIONS) { permissions }: ResolvedOptions,
    private readonly routes: RouteTable,
  ) {
    checkDefinitions(permissions);
    // The module's own come last: it knows best what they are.
    const all = [...permissions, ...OWN_PERMISSIONS];
    this.descriptions = new Map(all.map(({ permission, description }) => [permission, description ?? null]));
  }

  /** Every permission, by name, with the routes that require it. */
  list(): Permission[] {
    const routes = this.routes.list();
    return this.names().map((permission) => ({
      permission,
      description: this.descriptions.get(permission) ?? null,
      routes: routes
        .filter(({ required }) => required.includes(permission))
        .map(({ method, path }) => ({ method, path })),
      wildcards: [wildcardOf(permission), '*'],
    }));
  }

  /** What exists of what these permissions include, wildcards spelled out, by name. */
  expand(granted: readonly string[]): string[] {
    return this.names().filter((permission) => granted.some((holder) => covers(holder, permission)));
  }

  /** Whether a permission or a wildcard may be granted: what it names exists. */
  has(permission: string): boolean {
    return isKnown(permission, this.names());
  }

  /**
   * @param held what the key holds already: it keeps that, also when it has ceased to exist
   * @throws WebhooksError `unknown_permission`, with an error and a suggestion for each
   */
  assertKnown(wanted: readonly string[], held: readonly string[] = []): void {
    const unknown = wanted.filter((permission) => !held.includes(permission) && !this.has(permission));
    if (unknown.length === 0) return;
    const errors = unknown.map((permission) => ({
      field: 'permissions',
      message: describeUnknown(permission, this.names()),
    }));
    const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
    throw new WebhooksError('unprocessable', 'unknown_permission', detail, errors);
  }

  /** Put together at the first use: then every module is there. */
  private names(): readonly string[] {
    this.known ??= [...new Set([...this.descriptions.keys(), ...this.routes.requiredPermissions()])].sort();
    return this.known;
  }
}

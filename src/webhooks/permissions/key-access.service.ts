import { Injectable } from '@nestjs/common';
import { missingPermissions } from '../api-keys/permissions';
import { ApiKeyGuard } from '../guards/api-key.guard';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { OperatorGuard } from '../guards/operator.guard';
import { JsonBodyGuard } from '../http/json-body.guard';
import { isInRanges } from '../verification/ip-allow-list';
import { notFound } from '../webhooks.errors';
import { KeyRightsRepository, type KeyRights } from './key-rights.repository';
import type { AccessExplanation, AccessReason, ImaginedRequest } from './permissions.types';
import { RouteTable, type GuardedRoute } from './route-table';

type GuardType = abstract new (...parts: never[]) => unknown;

const KEY_GUARDS: readonly GuardType[] = [ApiKeyGuard, CustomerAccessGuard];
const OWN_GUARDS: readonly GuardType[] = [...KEY_GUARDS, OperatorGuard, JsonBodyGuard];

/** Tells what the guards would say, without a request. */
@Injectable()
export class KeyAccessService {
  constructor(
    private readonly repository: KeyRightsRepository,
    private readonly routes: RouteTable,
  ) {}

  /**
   * Whether a key would be allowed to make a request to this application, and every reason why not. The route is not
   * run. Not looked at: rate limits, and guards of the host's own (`other_guards` names them).
   * @throws WebhooksError `not_found`; a deleted key is explained as long as it can be restored
   */
  async explain(customerId: string, id: string, request: ImaginedRequest): Promise<AccessExplanation> {
    const key = await this.repository.find(customerId, id);
    if (key === null) throw notFound('API key');
    const method = request.method.toUpperCase();
    const route = this.routes.find(method, request.path);
    if (route === null) return this.noRoute(method, request.path);
    const required = [...route.required];
    const about = { route: { method: route.method, path: route.path }, required };
    const missing = missingPermissions(key.permissions, required);
    const notes = otherGuards(route);
    if (isBehind(route, [OperatorGuard])) {
      return { allowed: false, ...about, missing, reasons: [OPERATOR_ONLY, ...notes] };
    }
    if (!isBehind(route, KEY_GUARDS)) {
      return { allowed: true, ...about, missing, reasons: [ROUTE_PUBLIC, ...notes] };
    }
    const refusals = [...refusalsOfKey(key, request.ip), ...refusalOfPermission(missing)];
    return {
      allowed: refusals.length === 0,
      ...about,
      missing,
      reasons: [...refusals, ...notesOnAddress(key, request.ip), ...notes],
    };
  }

  private noRoute(method: string, path: string): AccessExplanation {
    const others = this.routes.methodsAt(path);
    const hint = others.length === 0 ? '' : ` The path is there for ${others.join(', ')}.`;
    const detail = `This application has no route ${method} with this path.${hint}`;
    return { allowed: false, route: null, required: [], missing: [], reasons: [{ code: 'route_not_found', detail }] };
  }
}

const OPERATOR_ONLY: AccessReason = { code: 'operator_only', detail: 'Only the operator’s token opens this route.' };
const ROUTE_PUBLIC: AccessReason = {
  code: 'route_public',
  detail: 'This route asks for no API key: neither ApiKeyGuard nor CustomerAccessGuard stands before it.',
};

/** In the order in which the guards find out. */
function refusalsOfKey(key: KeyRights, ip: string | undefined): AccessReason[] {
  const { isActive, isCanary, expiresAt, deletedAt, allowedCidrs, suspension } = key;
  const because = suspension?.reason ? `: ${suspension.reason}` : '.';
  const checks: [isRefused: boolean, code: string, detail: string][] = [
    [deletedAt !== null, 'api_key_deleted', 'This API key is deleted.'],
    [isCanary, 'api_key_decoy', 'This API key is a decoy: it opens nothing.'],
    [!isActive, 'api_key_inactive', 'This API key is deactivated.'],
    [expiresAt !== null && expiresAt.getTime() <= Date.now(), 'api_key_expired', 'This API key has expired.'],
    [suspension !== null, 'customer_suspended', `This customer is suspended${because}`],
    [
      ip !== undefined && allowedCidrs.length > 0 && !isInRanges(ip, allowedCidrs),
      'ip_not_allowed',
      `This API key may only be used from ${allowedCidrs.join(', ')}.`,
    ],
  ];
  return checks.flatMap(([isRefused, code, detail]) => (isRefused ? [{ code, detail }] : []));
}

function refusalOfPermission(missing: readonly string[]): AccessReason[] {
  if (missing.length === 0) return [];
  const detail = `This needs the permission ${missing.join(', ')}, which the key does not have.`;
  return [{ code: 'permission_missing', detail }];
}

function notesOnAddress({ allowedCidrs }: KeyRights, ip: string | undefined): AccessReason[] {
  if (ip !== undefined || allowedCidrs.length === 0) return [];
  const detail = `Where the request comes from was not looked at. The key may only be used from ${allowedCidrs.join(', ')}.`;
  return [{ code: 'ip_not_given', detail }];
}

function otherGuards({ guards }: GuardedRoute): AccessReason[] {
  const names = guards.filter((guard) => !isOneOf(guard, OWN_GUARDS)).map(nameOf);
  if (names.length === 0) return [];
  const detail = `The application’s own guards were not asked: ${[...new Set(names)].join(', ')}.`;
  return [{ code: 'other_guards', detail }];
}

const isBehind = ({ guards }: GuardedRoute, types: readonly GuardType[]): boolean =>
  guards.some((guard) => isOneOf(guard, types));

/** A guard may be given as a class, or as an instance of one; both may be of a class that extends ours. */
function isOneOf(guard: unknown, types: readonly GuardType[]): boolean {
  return types.some(
    (type) =>
      guard instanceof type || guard === type || (typeof guard === 'function' && guard.prototype instanceof type),
  );
}

function nameOf(guard: unknown): string {
  const type: unknown = typeof guard === 'function' ? guard : (guard as object).constructor;
  return (type as { name: string }).name || 'one without a name';
}

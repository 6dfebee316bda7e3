import { AccessControl } from './access-control';
import { ApiKeyGuard } from './api-key.guard';
import { CustomerAccessGuard } from './customer-access.guard';
import { OperatorGuard } from './operator.guard';
import { RequestRates } from './request-rates';
import { RequiredPermissions } from './required-permissions';
import { ResponseHeaders } from './response-headers';

/** What is exported, so that guards can be used in every module of the application. */
export const GUARDS = [AccessControl, ApiKeyGuard, CustomerAccessGuard, OperatorGuard];

/** What guards are made of: the same in the module and in its stand-in for tests. */
export const GUARD_PROVIDERS = [RequestRates, RequiredPermissions, ResponseHeaders, ...GUARDS];

/** The public surface of the Webhooks Module: what a host application may import. */
export { WebhooksModule, type WebhooksModuleExtras } from './webhooks.module';
export type { Role, WebhooksModuleOptions } from './webhooks.options';
export { WebhooksService, type Trigger } from './webhooks.service';
export { WebhooksMetrics } from '../metrics/webhooks-metrics';
export { CustomersService } from './customers/customers.service';
export { ApiKeysService } from './api-keys/api-keys.service';
export { PermissionsService } from './permissions/permissions.service';
export { KeyUsageService } from './permissions/key-usage.service';
export { KeyAccessService } from './permissions/key-access.service';
export { PermissionCatalogueError, type PermissionDefinition } from './permissions/permission-catalogue';
export type {
  AccessExplanation,
  AccessReason,
  ApiKeyUsage,
  ImaginedRequest,
  Permission,
  PermissionUse,
  Route,
} from './permissions/permissions.types';
export {
  EndpointsService,
  type Endpoint,
  type EndpointWithSecret,
  type TlsSettings,
} from './endpoints/endpoints.service';
export { SecretsService, type ResealOptions, type ResealResult } from './endpoints/secrets.service';
export { ApiKeyGuard } from './guards/api-key.guard';
export { CustomerAccessGuard } from './guards/customer-access.guard';
export { RequirePermissions } from './decorators/require-permissions.decorator';
export { CurrentCustomer, CurrentPermissions } from './decorators/current-customer.decorator';
export { CurrentCaller } from './decorators/current-caller.decorator';
export type { Actor } from './audit/audit.types';
export { createOpenApiDocument, type OpenApiOptions } from './openapi/openapi-document';
export { ProblemFilter } from './http/problem.filter';
export { WebhooksError, type ErrorKind, type FieldError } from './webhooks.errors';
export {
  verifySignature,
  type SignatureScheme,
  type Verification,
  type VerificationFailure,
  type VerificationInput,
} from './delivery/signature';
// All of it, by name of none: an interface that is exported like this can be added to by whoever imports the module.
export * from './events/event-types';
export { EventTypesService } from './event-types/event-types.service';
export { EventCatalogueError, type EventType, type EventTypeDefinition } from './event-types/catalogue';
export type { EmitOptions, EmitResult } from './events/events.service';
export type { SqlClient } from '../database/sql-client';
export type { PayloadFilter } from './events/payload-filter';
export type { RetryPolicy, RetrySchedule } from './delivery/retry-policy';
export type {
  AuthenticatedApiKey,
  AuthenticatedCustomer,
  AuthenticatedRequest,
  AuthenticatedUser,
  Caller,
} from './identity.types';

import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { WebhooksMetrics } from '../../metrics/webhooks-metrics';
import { ApiKeysRepository } from '../api-keys/api-keys.repository';
import { ApiKeysService } from '../api-keys/api-keys.service';
import { DeletedKeysRepository } from '../api-keys/deleted-keys.repository';
import { CustomersRepository } from '../customers/customers.repository';
import { CustomersService } from '../customers/customers.service';
import { ErasureService } from '../erasure/erasure.service';
import { EventTypesService } from '../event-types/event-types.service';
import { EventsService } from '../events/events.service';
import { GUARD_PROVIDERS, GUARDS } from '../guards/guard-providers';
import { PermissionsService } from '../permissions/permissions.service';
import { RouteTable } from '../permissions/route-table';
import { AccessChanges } from '../verification/access-changes';
import { LastUsedTracker } from '../verification/last-used.tracker';
import { RateLimiterRepository } from '../verification/rate-limiter.repository';
import { RateLimiterService } from '../verification/rate-limiter.service';
import { ThrottledVerificationService } from '../verification/throttled-verification.service';
import { VerificationRepository } from '../verification/verification.repository';
import { VerificationService } from '../verification/verification.service';
import { WebhooksOptionsModule } from '../webhooks-options.module';
import { WebhooksService } from '../webhooks.service';
import { CapturedEvents } from './captured-events';
import { CustomersInMemory, ErasureInMemory } from './customers-in-memory';
import { IdentitiesInMemory, KeysInMemory, RateWindowsInMemory, TestingVerificationService } from './keys-in-memory';
import { TestingEventsService } from './testing-events.service';
import { TestingData } from './testing.data';
import { TESTING_OPTIONS, toModuleOptions, type WebhooksTestingOptions } from './testing.options';
import { WebhooksTesting } from './webhooks-testing';

/** What takes the place of everything that would need a database, a queue or a network. */
const STAND_INS: Provider[] = [
  TestingData,
  CapturedEvents,
  KeysInMemory,
  IdentitiesInMemory,
  { provide: EventsService, useClass: TestingEventsService },
  { provide: CustomersRepository, useClass: CustomersInMemory },
  { provide: ErasureService, useClass: ErasureInMemory },
  { provide: ApiKeysRepository, useExisting: KeysInMemory },
  { provide: DeletedKeysRepository, useExisting: KeysInMemory },
  { provide: VerificationRepository, useExisting: IdentitiesInMemory },
  { provide: LastUsedTracker, useExisting: IdentitiesInMemory },
  { provide: VerificationService, useClass: TestingVerificationService },
  // A test that presents wrong keys is no flood.
  { provide: ThrottledVerificationService, useExisting: VerificationService },
  { provide: RateLimiterRepository, useClass: RateWindowsInMemory },
  // With no cache, there is nothing that changes would have to be heard for.
  { provide: AccessChanges, useValue: {} },
];

/** The real ones. */
const SERVICES = [WebhooksService, CustomersService, ApiKeysService, PermissionsService, EventTypesService];

/**
 * The Webhooks Module for tests of an application: the same services and guards with the same checks and errors, without
 * a database, a queue or a network. Events are captured; ask {@link WebhooksTesting} for them.
 *
 * @example
 * ```ts
 * const moduleRef = await Test.createTestingModule({
 *   imports: [WebhooksTestingModule.forRoot({ keys: [{ key: 'sk_test', customerId: 'acme', permissions: ['*'] }] })],
 *   controllers: [MessagesController],
 * }).compile();
 * ```
 */
@Global()
@Module({})
export class WebhooksTestingModule {
  /**
   * @throws EventCatalogueError, PermissionCatalogueError for wrong event types or permissions, as the real module does,
   * when the testing module is compiled
   */
  static forRoot(options: WebhooksTestingOptions = {}): DynamicModule {
    return {
      module: WebhooksTestingModule,
      imports: [WebhooksOptionsModule.forRoot(toModuleOptions(options))],
      providers: [
        { provide: TESTING_OPTIONS, useValue: options },
        ...STAND_INS,
        ...SERVICES,
        ...GUARD_PROVIDERS,
        RateLimiterService,
        WebhooksMetrics,
        RouteTable,
        WebhooksTesting,
      ],
      exports: [...SERVICES, ...GUARDS, WebhooksTesting],
    };
  }
}

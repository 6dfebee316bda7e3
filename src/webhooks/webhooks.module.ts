import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { MetricsModule } from '../metrics/metrics.module';
import { ApiKeysController } from './api-keys/api-keys.controller';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { RotationController } from './api-keys/rotation.controller';
import { AuditController } from './audit/audit.controller';
import { AuditModule } from './audit/audit.module';
import { VerificationModule } from './verification/verification.module';
import { MeController } from './api-keys/me.controller';
import { CustomersController } from './customers/customers.controller';
import { CustomersModule } from './customers/customers.module';
import { EndpointsController } from './endpoints/endpoints.controller';
import { SecretsController } from './endpoints/secrets.controller';
import { EndpointsModule } from './endpoints/endpoints.module';
import { EventTypesController } from './event-types/event-types.controller';
import { EventTypesModule } from './event-types/event-types.module';
import { EventsController } from './events/events.controller';
import { EventsModule } from './events/events.module';
import { EventTimelineController, MessageTimelineController } from './events/timeline.controller';
import { TestSendsController } from './events/test-sends.controller';
import { GUARD_PROVIDERS, GUARDS } from './guards/guard-providers';
import { KeyRightsController } from './permissions/key-rights.controller';
import { PermissionsController } from './permissions/permissions.controller';
import { PermissionsModule } from './permissions/permissions.module';
import { KeyImportModule } from './key-import/key-import.module';
import { LeakedKeysController } from './leaks/leaked-keys.controller';
import { LeaksModule } from './leaks/leaks.module';
import { RecoverController } from './replays/recover.controller';
import { ReplaysController } from './replays/replays.controller';
import { ReplaysModule } from './replays/replays.module';
import { ResendController } from './replays/resend.controller';
import { RetentionModule } from './retention/retention.module';
import { StatsController } from './stats/stats.controller';
import { StatsModule } from './stats/stats.module';
import { WebhooksOptionsModule, type WebhooksAsyncOptions } from './webhooks-options.module';
import type { WebhooksModuleOptions } from './webhooks.options';
import { WebhooksService } from './webhooks.service';

/** What has to be known before options can be awaited. */
export interface WebhooksModuleExtras {
  /** Whether the REST API is mounted in this application; default true. */
  controllers?: boolean;
}

const CONTROLLERS: Type[] = [
  ApiKeysController,
  RotationController,
  KeyRightsController,
  PermissionsController,
  MeController,
  LeakedKeysController,
  CustomersController,
  EndpointsController,
  SecretsController,
  EventsController,
  ResendController,
  ReplaysController,
  RecoverController,
  TestSendsController,
  StatsController,
  EventTimelineController,
  MessageTimelineController,
  EventTypesController,
  AuditController,
];

/**
 * API keys and webhook delivery for a Nest application, on Express or Fastify. Global: import it once, and its guards
 * and services can be used everywhere. Call `app.enableShutdownHooks()`, so that deliveries under way are finished.
 *
 * @example
 * ```ts
 * @Module({
 *   imports: [
 *     WebhooksModule.forRootAsync({
 *       imports: [ConfigModule],
 *       inject: [ConfigService],
 *       useFactory: (config: ConfigService) => ({
 *         database: { url: config.getOrThrow('DATABASE_URL') },
 *         secretsKey: config.getOrThrow('SECRETS_KEY'),
 *       }),
 *     }),
 *   ],
 * })
 * export class AppModule {}
 * ```
 */
@Global()
@Module({
  imports: [
    MetricsModule,
    CustomersModule,
    ApiKeysModule,
    PermissionsModule,
    VerificationModule,
    LeaksModule,
    KeyImportModule,
    EndpointsModule,
    EventTypesModule,
    EventsModule,
    ReplaysModule,
    StatsModule,
    RetentionModule,
    AuditModule,
  ],
  providers: [WebhooksService, ...GUARD_PROVIDERS],
  exports: [
    WebhooksService,
    MetricsModule,
    CustomersModule,
    ApiKeysModule,
    PermissionsModule,
    EndpointsModule,
    EventTypesModule,
    ...GUARDS,
  ],
})
export class WebhooksModule {
  static forRoot(options: WebhooksModuleOptions, extras: WebhooksModuleExtras = {}): DynamicModule {
    return WebhooksModule.with(WebhooksOptionsModule.forRoot(options), extras);
  }

  static forRootAsync(options: WebhooksAsyncOptions & WebhooksModuleExtras): DynamicModule {
    const { controllers, ...asyncOptions } = options;
    return WebhooksModule.with(WebhooksOptionsModule.forRootAsync(asyncOptions), { controllers: controllers ?? true });
  }

  private static with(options: DynamicModule, { controllers = true }: WebhooksModuleExtras): DynamicModule {
    return { module: WebhooksModule, imports: [options], controllers: controllers ? CONTROLLERS : [] };
  }
}

import { Module, type DynamicModule } from '@nestjs/common';
import type { CompleteConfig } from './config/config.types';
import type { OpenDatabase } from './database/open-database';
import { HealthModule } from './health/health.module';
import { HttpDrain } from './service/http-drain';
import { WebhooksModule } from './webhooks/webhooks.module';
import type { Role, WebhooksModuleOptions } from './webhooks/webhooks.options';

/** The stand-alone service: the module that other applications import, and what only a service of its own has. */
@Module({})
export class AppModule {
  static for(config: CompleteConfig, database: OpenDatabase): DynamicModule {
    const options = toModuleOptions(config, database, config.role);
    const webhooks = WebhooksModule.forRoot(options, { controllers: config.role !== 'worker' });
    return { module: AppModule, imports: [webhooks, HealthModule], providers: [HttpDrain] };
  }
}

/** The module's options, as the service's configuration gives them. */
export function toModuleOptions(config: CompleteConfig, database: OpenDatabase, role: Role): WebhooksModuleOptions {
  const { auth, webhooks } = config;
  const { schema, poolSize } = config.database;
  return {
    role,
    database: { url: database.url, directUrl: database.directUrl, schema, poolSize },
    queue: config.queue,
    secretsKey: config.secretsKey,
    secretsKeyPrevious: config.secretsKeyPrevious,
    auth: {
      secret: auth.jwtSecret,
      jwksUrl: auth.jwksUrl,
      algorithms: auth.jwksAlgorithms,
      issuer: auth.jwtIssuer,
      audience: auth.jwtAudience,
    },
    operatorToken: auth.operatorToken,
    delivery: webhooks,
    retention: { payloadDays: webhooks.retentionPayloadDays, eventDays: webhooks.retentionEventDays },
    limits: {
      apiKeysPerCustomer: webhooks.maxApiKeysPerCustomer,
      endpointsPerCustomer: webhooks.maxEndpointsPerCustomer,
    },
  };
}

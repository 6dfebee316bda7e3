import { Module, type DynamicModule } from '@nestjs/common';
import type { CompleteConfig } from './config/config.types';
import type { OpenDatabase } from './database/open-database';
import { HealthModule } from './health/health.module';
import { MetricsEndpointModule } from './metrics/metrics-endpoint.module';
import { QueueBoardModule } from './queue-board/queue-board.module';
import { HttpDrain } from './service/http-drain';
import { WebhooksModule } from './webhooks/webhooks.module';
import type { Role, WebhooksModuleOptions } from './webhooks/webhooks.options';

/** What the platform's own routes ask for; they are served elsewhere, with keys that are made here. */
export const PLATFORM_PERMISSIONS = [
  { permission: 'messages:send', description: 'Send messages.' },
  { permission: 'messages:read', description: 'Read messages.' },
  { permission: 'conversations:read', description: 'Read conversations.' },
  { permission: 'conversations:write', description: 'Open, change and close conversations.' },
  { permission: 'chatbots:read', description: 'Read chatbots and their configuration.' },
  { permission: 'chatbots:write', description: 'Create and change chatbots.' },
];

/** The stand-alone service: the module that other applications import, and what only a service of its own has. */
@Module({})
export class AppModule {
  static for(config: CompleteConfig, database: OpenDatabase): DynamicModule {
    const options = toModuleOptions(config, database, config.role);
    const webhooks = WebhooksModule.forRoot(options, { controllers: config.role !== 'worker' });
    return { module: AppModule, imports: [webhooks, ...operationModules(config, database)], providers: [HttpDrain] };
  }
}

/** What whoever runs the service sees of it. */
function operationModules(
  { operation, auth: { operatorToken } }: CompleteConfig,
  { isEmbedded }: OpenDatabase,
): DynamicModule[] {
  const modules = [HealthModule.for({ maxLagMs: operation.readyMaxLagMs, isEmbedded })];
  if (operation.metrics !== 'off') modules.push(MetricsEndpointModule.for(operation.metrics));
  if (operation.queueBoard && operatorToken !== undefined) modules.push(QueueBoardModule.for(operatorToken));
  return modules;
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
    permissions: PLATFORM_PERMISSIONS,
    apiKeys: {
      checksum: webhooks.apiKeyChecksum,
      importedPrefixes: webhooks.apiKeyImportedPrefixes,
      restoreDays: webhooks.apiKeyRestoreDays,
      cacheSize: webhooks.apiKeyCacheSize,
      unknownPerMinute: webhooks.apiKeyUnknownPerMinute,
      githubKeysUrl: webhooks.githubKeysUrl,
    },
    trustedProxies: webhooks.trustedProxies,
    limits: {
      apiKeysPerCustomer: webhooks.maxApiKeysPerCustomer,
      endpointsPerCustomer: webhooks.maxEndpointsPerCustomer,
    },
  };
}

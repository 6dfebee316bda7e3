import { ConfigurableModuleBuilder, Global, Module } from '@nestjs/common';
import { PlatformTokens } from '../auth/platform-tokens';
import { DATABASE_OPTIONS, type DatabaseOptions } from '../database/database.options';
import { QUEUE_OPTIONS, type QueueOptions } from '../queue/queue.options';
import { resolveOptions, WEBHOOKS_OPTIONS, type ResolvedOptions, type WebhooksModuleOptions } from './webhooks.options';

const builder = new ConfigurableModuleBuilder<WebhooksModuleOptions>().setClassMethodName('forRoot').build();

/** What `forRootAsync` accepts: `useFactory` with `inject` and `imports`, `useClass` or `useExisting`. */
export type WebhooksAsyncOptions = typeof builder.ASYNC_OPTIONS_TYPE;

/** Hands each part of the module its share of the options. */
@Global()
@Module({
  providers: [
    { provide: WEBHOOKS_OPTIONS, inject: [builder.MODULE_OPTIONS_TOKEN], useFactory: resolveOptions },
    {
      provide: DATABASE_OPTIONS,
      inject: [WEBHOOKS_OPTIONS],
      useFactory: ({ database }: ResolvedOptions): DatabaseOptions => database,
    },
    {
      provide: QUEUE_OPTIONS,
      inject: [WEBHOOKS_OPTIONS],
      useFactory: ({ queue, database }: ResolvedOptions): QueueOptions => ({
        ...queue,
        postgresUrl: database.directUrl,
      }),
    },
    {
      provide: PlatformTokens,
      inject: [WEBHOOKS_OPTIONS],
      useFactory: ({ auth }: ResolvedOptions) => new PlatformTokens(auth ?? {}),
    },
  ],
  exports: [WEBHOOKS_OPTIONS, DATABASE_OPTIONS, QUEUE_OPTIONS, PlatformTokens],
})
export class WebhooksOptionsModule extends builder.ConfigurableModuleClass {}

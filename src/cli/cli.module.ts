import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CompleteConfig } from '../config/config.types';
import type { OpenDatabase } from '../database/open-database';
import { toModuleOptions } from '../app.module';
import { WebhooksModule } from '../webhooks/webhooks.module';

/** The module as the command line uses it: it writes rows and connects to no queue. */
@Module({})
class CliModule {
  static for(config: CompleteConfig, database: OpenDatabase, migrate: boolean): DynamicModule {
    const { database: given, ...rest } = toModuleOptions(config, database, 'publisher');
    const options = { ...rest, database: { ...given, migrate } };
    return { module: CliModule, imports: [WebhooksModule.forRoot(options, { controllers: false })] };
  }
}

/** The module on this database, to be closed by the caller. Its tables are brought up to date first, if `migrate` says so. */
export const openModule = (
  config: CompleteConfig,
  database: OpenDatabase,
  migrate: boolean,
): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(CliModule.for(config, database, migrate), {
    logger: ['error', 'fatal'],
    abortOnError: false,
  });

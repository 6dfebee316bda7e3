import { Module, type DynamicModule } from '@nestjs/common';
import type { CompleteConfig } from '../config/config.types';
import type { OpenDatabase } from '../database/open-database';
import { toModuleOptions } from '../app.module';
import { WebhooksModule } from '../webhooks/webhooks.module';

/** The module as the command line uses it: it writes rows and connects to no queue. */
@Module({})
export class CliModule {
  static for(config: CompleteConfig, database: OpenDatabase, migrate: boolean): DynamicModule {
    const { database: given, ...rest } = toModuleOptions(config, database, 'publisher');
    const options = { ...rest, database: { ...given, migrate } };
    return { module: CliModule, imports: [WebhooksModule.forRoot(options, { controllers: false })] };
  }
}

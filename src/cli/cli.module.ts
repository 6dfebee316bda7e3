import { Module, type DynamicModule } from '@nestjs/common';
import type { CompleteConfig } from '../config/config.types';
import type { OpenDatabase } from '../database/open-database';
import { toModuleOptions } from '../app.module';
import { WebhooksModule } from '../webhooks/webhooks.module';

/** The module as the command line uses it: it writes rows and connects to no queue. */
@Module({})
export class CliModule {
  static for(config: CompleteConfig, database: OpenDatabase): DynamicModule {
    const options = toModuleOptions(config, database, 'publisher');
    return { module: CliModule, imports: [WebhooksModule.forRoot(options, { controllers: false })] };
  }
}

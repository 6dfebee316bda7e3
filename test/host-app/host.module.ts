import { Module, type DynamicModule } from '@nestjs/common';
import { WebhooksModule } from '../../src/webhooks';
import { AccountsController } from './accounts.controller';
import { HostDatabase } from './host-database';
import { MessagesController } from './messages.controller';

/** A Nest application that has nothing in common with the stand-alone service. */
@Module({})
export class HostModule {
  static for(env: NodeJS.ProcessEnv): DynamicModule {
    const webhooks = WebhooksModule.forRootAsync({
      useFactory: () => ({
        database: { url: env['DATABASE_URL'] ?? '' },
        secretsKey: env['SECRETS_KEY'] ?? '',
        auth: { secret: env['JWT_SECRET'] },
        permissions: [{ permission: 'messagesx:send', description: 'Asked for by another service of the host.' }],
        delivery: { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] },
      }),
      controllers: env['MOUNT_API'] !== 'false',
    });
    return {
      module: HostModule,
      imports: [webhooks],
      controllers: [AccountsController, MessagesController],
      providers: [HostDatabase],
    };
  }
}

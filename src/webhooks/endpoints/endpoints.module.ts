import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { EventTypesModule } from '../event-types/event-types.module';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { EndpointsRepository } from './endpoints.repository';
import { EndpointsService } from './endpoints.service';
import { SECRET_BOX } from './endpoints.tokens';
import { createSecretBox, parseSecretsKey } from './secret-box';

/** The URLs that events are delivered to, and the secrets that sign what is sent there. */
@Module({
  imports: [DatabaseModule, EventTypesModule],
  providers: [
    EndpointsRepository,
    EndpointsService,
    {
      provide: SECRET_BOX,
      inject: [WEBHOOKS_OPTIONS],
      useFactory: ({ secretsKey }: ResolvedOptions) => createSecretBox([parseSecretsKey(secretsKey)]),
    },
  ],
  exports: [EndpointsService],
})
export class EndpointsModule {}

import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { AuditModule } from '../audit/audit.module';
import { EventTypesModule } from '../event-types/event-types.module';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { EndpointSecurity } from './endpoint-security';
import { EndpointJournal } from './endpoint.journal';
import { EndpointsRepository } from './endpoints.repository';
import { EndpointsService } from './endpoints.service';
import { SECRET_BOX } from './endpoints.tokens';
import { createSecretBox, parseSecretsKey } from './secret-box';
import { SecretsRepository } from './secrets.repository';
import { SecretsService } from './secrets.service';

/** The URLs that events are delivered to, and the secrets that sign what is sent there. */
@Module({
  imports: [DatabaseModule, AuditModule, EventTypesModule],
  providers: [
    EndpointJournal,
    EndpointsRepository,
    EndpointsService,
    EndpointSecurity,
    SecretsRepository,
    SecretsService,
    {
      provide: SECRET_BOX,
      inject: [WEBHOOKS_OPTIONS],
      useFactory: ({ secretsKey, secretsKeyPrevious }: ResolvedOptions) =>
        createSecretBox([secretsKey, ...secretsKeyPrevious].map(parseSecretsKey)),
    },
  ],
  exports: [EndpointsService, SecretsService],
})
export class EndpointsModule {}

import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { AuditModule } from '../audit/audit.module';
import { EventsModule } from '../events/events.module';
import { PermissionsModule } from '../permissions/permissions.module';
import { VerificationModule } from '../verification/verification.module';
import { ApiKeyJournal } from './api-key.journal';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeysService } from './api-keys.service';
import { DeletedKeysPurge } from './deleted-keys.purge';
import { DeletedKeysRepository } from './deleted-keys.repository';
import { ImportedKeysRepository } from './imported-keys.repository';
import { ImportedKeysService } from './imported-keys.service';
import { RotationService } from './rotation.service';

/** The life of API keys. */
@Module({
  imports: [DatabaseModule, AuditModule, EventsModule, PermissionsModule, VerificationModule],
  providers: [
    ApiKeyJournal,
    ApiKeysRepository,
    ApiKeysService,
    DeletedKeysRepository,
    DeletedKeysPurge,
    RotationService,
    ImportedKeysRepository,
    ImportedKeysService,
  ],
  exports: [ApiKeysService, RotationService, ImportedKeysService],
})
export class ApiKeysModule {}

import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { CustomersModule } from '../customers/customers.module';
import { PermissionsModule } from '../permissions/permissions.module';
import { KeyImportService } from './key-import.service';

/** Keys that were made elsewhere. */
@Module({
  imports: [ApiKeysModule, CustomersModule, PermissionsModule],
  providers: [KeyImportService],
  exports: [KeyImportService],
})
export class KeyImportModule {}

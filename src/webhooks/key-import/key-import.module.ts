import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { CustomersModule } from '../customers/customers.module';
import { KeyImportService } from './key-import.service';

/** Keys that were made elsewhere. */
@Module({
  imports: [ApiKeysModule, CustomersModule],
  providers: [KeyImportService],
  exports: [KeyImportService],
})
export class KeyImportModule {}

import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { AuditModule } from '../audit/audit.module';
import { ErasureModule } from '../erasure/erasure.module';
import { VerificationModule } from '../verification/verification.module';
import { CustomersRepository } from './customers.repository';
import { CustomersService } from './customers.service';

/** The tenants. */
@Module({
  imports: [DatabaseModule, AuditModule, ErasureModule, VerificationModule],
  providers: [CustomersRepository, CustomersService],
  exports: [CustomersService],
})
export class CustomersModule {}

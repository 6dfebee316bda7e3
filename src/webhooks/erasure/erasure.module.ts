import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { AuditModule } from '../audit/audit.module';
import { ErasureRepository } from './erasure.repository';
import { ErasureService } from './erasure.service';

/** Deletes everything of a customer. */
@Module({
  imports: [DatabaseModule, AuditModule],
  providers: [ErasureRepository, ErasureService],
  exports: [ErasureService],
})
export class ErasureModule {}

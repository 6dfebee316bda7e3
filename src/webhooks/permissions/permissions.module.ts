import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { KeyAccessService } from './key-access.service';
import { KeyRightsRepository } from './key-rights.repository';
import { KeyUsageService } from './key-usage.service';
import { PermissionsService } from './permissions.service';
import { RouteTable } from './route-table';

/** Which permissions there are, and what keys make of them. */
@Module({
  imports: [DatabaseModule],
  providers: [RouteTable, PermissionsService, KeyRightsRepository, KeyUsageService, KeyAccessService],
  exports: [PermissionsService, KeyUsageService, KeyAccessService],
})
export class PermissionsModule {}

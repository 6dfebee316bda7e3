import { Get, Query, UseGuards } from '@nestjs/common';
import { CurrentCustomer } from '../decorators/current-customer.decorator';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { AuthenticatedCustomer } from '../identity.types';
import type { Page } from '../page';
import { ListAuditLogDto } from './audit.dto';
import { AuditService } from './audit.service';
import type { AuditLogEntry } from './audit.types';
import { AUDIT_LOG } from './audit.answers';
import { Operation } from '../openapi/operation.decorator';

/** Who changed what of the caller's customer. */
@RestController('audit-log')
@UseGuards(CustomerAccessGuard)
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Operation('listAuditLog', { summary: 'List who changed what', answer: AUDIT_LOG })
  @RequirePermissions('audit-log:read')
  async list(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Query() { cursor, limit, from, to, ...filter }: ListAuditLogDto,
  ): Promise<Page<AuditLogEntry>> {
    const times = {
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    return this.audit.list(customer.id, { ...filter, ...times }, { cursor, limit });
  }
}

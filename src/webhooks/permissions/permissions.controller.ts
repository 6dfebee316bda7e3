import { Get, UseGuards } from '@nestjs/common';
import { CustomerAccessGuard } from '../guards/customer-access.guard';
import { RestController } from '../http/rest-controller.decorator';
import { PermissionsService } from './permissions.service';
import type { Permission } from './permissions.types';
import { PERMISSIONS } from './permissions.answers';
import { Operation } from '../openapi/operation.decorator';

/** Which permissions there are: the same for every caller, so none needs a permission. */
@RestController('permissions')
@UseGuards(CustomerAccessGuard)
export class PermissionsController {
  constructor(private readonly permissions: PermissionsService) {}

  /** By name; each with the routes that require it, and the wildcards that include it. */
  @Get()
  @Operation('listPermissions', { summary: 'List the permissions there are', answer: PERMISSIONS })
  list(): Permission[] {
    return this.permissions.list();
  }
}

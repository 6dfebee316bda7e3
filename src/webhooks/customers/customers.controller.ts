import { Body, Param, Put, UseGuards } from '@nestjs/common';
import { OperatorGuard } from '../guards/operator.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { AuthenticatedCustomer } from '../identity.types';
import { PutCustomerDto } from './customers.dto';
import { CustomersService } from './customers.service';

/** Customers, managed by the platform itself. */
@RestController('customers')
@UseGuards(OperatorGuard)
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  /** Creates the customer or takes over its new name. */
  @Put(':id')
  async put(@Param('id') id: string, @Body() { userId, name }: PutCustomerDto): Promise<AuthenticatedCustomer> {
    return this.customers.ensure({ id, userId, name });
  }
}

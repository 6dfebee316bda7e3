import { Body, Delete, HttpCode, Param, Put, UseGuards } from '@nestjs/common';
import type { Actor } from '../audit/audit.types';
import { OperatorGuard } from '../guards/operator.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { AuthenticatedCustomer } from '../identity.types';
import { PutCustomerDto } from './customers.dto';
import { CustomersService, type Retention } from './customers.service';

const OPERATOR: Actor = { type: 'operator' };

/** Customers, managed by the platform itself. */
@RestController('customers')
@UseGuards(OperatorGuard)
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  /** Creates the customer or takes over its new name, and how long its events are kept. */
  @Put(':id')
  async put(
    @Param('id') id: string,
    @Body() { userId, name, retention }: PutCustomerDto,
  ): Promise<AuthenticatedCustomer & { retention: Retention }> {
    const customer = await this.customers.ensure({ id, userId, name });
    return { ...customer, retention: await this.customers.setRetention(id, retention ?? {}, OPERATOR) };
  }

  /** Accepted = the customer has no access any more; everything it has is deleted from now on. */
  @Delete(':id')
  @HttpCode(202)
  async delete(@Param('id') id: string): Promise<{ id: string; erasingAt: Date }> {
    return { id, erasingAt: await this.customers.beginErasure(id, OPERATOR) };
  }
}

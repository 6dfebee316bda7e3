import { Body, Delete, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import type { Actor } from '../audit/audit.types';
import { OperatorGuard } from '../guards/operator.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { AuthenticatedCustomer } from '../identity.types';
import { PutCustomerDto, SuspendCustomerDto } from './customers.dto';
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
    const customer = await this.customers.ensure({ id, userId, name }, OPERATOR);
    return { ...customer, retention: await this.customers.setRetention(id, retention ?? {}, OPERATOR) };
  }

  /** Takes the customer's access away, until it is resumed. */
  @Post(':id/suspend')
  @HttpCode(200)
  async suspend(
    @Param('id') id: string,
    @Body() { reason }: SuspendCustomerDto,
  ): Promise<{ id: string; suspendedAt: Date; reason: string | null }> {
    const suspension = await this.customers.suspend(id, reason ?? null, OPERATOR);
    return { id, suspendedAt: suspension.at, reason: suspension.reason };
  }

  @Post(':id/resume')
  @HttpCode(200)
  async resume(@Param('id') id: string): Promise<{ id: string; suspendedAt: null }> {
    await this.customers.resume(id, OPERATOR);
    return { id, suspendedAt: null };
  }

  /** Accepted = the customer has no access any more; everything it has is deleted from now on. */
  @Delete(':id')
  @HttpCode(202)
  async delete(@Param('id') id: string): Promise<{ id: string; erasingAt: Date }> {
    return { id, erasingAt: await this.customers.beginErasure(id, OPERATOR) };
  }
}

import { Body, Delete, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import type { Actor } from '../audit/audit.types';
import { OperatorGuard } from '../guards/operator.guard';
import { RestController } from '../http/rest-controller.decorator';
import type { AuthenticatedCustomer } from '../identity.types';
import { PutCustomerDto, SuspendCustomerDto } from './customers.dto';
import { CustomersService, type Retention } from './customers.service';
import { CUSTOMER_ID, CUSTOMER_WITH_RETENTION, ERASING, RESUMED, SUSPENDED } from './customers.answers';
import { Operation } from '../openapi/operation.decorator';

const OPERATOR: Actor = { type: 'operator' };

/** Customers, managed by the platform itself. */
@RestController('customers')
@UseGuards(OperatorGuard)
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  /** Creates the customer or takes over its new name, and how long its events are kept. */
  @Put(':id')
  @Operation('putCustomer', {
    summary: 'Create or rename a customer',
    answer: CUSTOMER_WITH_RETENTION,
    problems: ['invalid_customer', 'customer_owner_differs', 'customer_being_erased'],
    parameters: { id: CUSTOMER_ID },
  })
  async put(
    @Param('id') id: string,
    @Body() { userId, name, retention }: PutCustomerDto,
  ): Promise<AuthenticatedCustomer & { retention: Retention }> {
    const customer = await this.customers.ensure({ id, userId, name }, OPERATOR);
    return { ...customer, retention: await this.customers.setRetention(id, retention ?? {}, OPERATOR) };
  }

  /** Takes the customer's access away, until it is resumed. */
  @Post(':id/suspend')
  @Operation('suspendCustomer', {
    summary: 'Take a customer’s access away',
    description:
      'Its keys and its user’s tokens are refused, on every node within a second. What the platform emits is still delivered.',
    answer: SUSPENDED,
    problems: ['customer_being_erased'],
    parameters: { id: CUSTOMER_ID },
  })
  @HttpCode(200)
  async suspend(
    @Param('id') id: string,
    @Body() { reason }: SuspendCustomerDto,
  ): Promise<{ id: string; suspendedAt: Date; reason: string | null }> {
    const suspension = await this.customers.suspend(id, reason ?? null, OPERATOR);
    return { id, suspendedAt: suspension.at, reason: suspension.reason };
  }

  @Post(':id/resume')
  @Operation('resumeCustomer', {
    summary: 'Give a customer its access back',
    answer: RESUMED,
    problems: ['customer_being_erased'],
    parameters: { id: CUSTOMER_ID },
  })
  @HttpCode(200)
  async resume(@Param('id') id: string): Promise<{ id: string; suspendedAt: null }> {
    await this.customers.resume(id, OPERATOR);
    return { id, suspendedAt: null };
  }

  /** Accepted = the customer has no access any more; everything it has is deleted from now on. */
  @Delete(':id')
  @Operation('deleteCustomer', {
    summary: 'Delete a customer and everything it has',
    description: 'Accepted = it has no access any more; everything it has is deleted from now on.',
    answer: ERASING,
    parameters: { id: CUSTOMER_ID },
  })
  @HttpCode(202)
  async delete(@Param('id') id: string): Promise<{ id: string; erasingAt: Date }> {
    return { id, erasingAt: await this.customers.beginErasure(id, OPERATOR) };
  }
}

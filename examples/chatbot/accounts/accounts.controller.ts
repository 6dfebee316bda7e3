import { BadRequestException, Body, Controller, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ApiKeysService, CustomersService } from 'webhooks-module';
import { Database } from '../database';

/** Where a customer signs up. A real one asks who that is first. */
@Controller('signup')
export class AccountsController {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomersService,
    private readonly apiKeys: ApiKeysService,
  ) {}

  @Post()
  async signUp(@Body('name') name: unknown = 'Acme'): Promise<{ customerId: string; key: string }> {
    if (typeof name !== 'string' || name === '') throw new BadRequestException('name must be a text.');
    const id = `acc_${randomUUID()}`;
    await this.database.transaction(async (tx) => {
      await tx.$executeRawUnsafe('INSERT INTO account (id, name) VALUES ($1, $2)', id, name);
    });
    // The module hears of the customer under the application's own ids. Doing it again changes nothing.
    await this.customers.ensure({ id, userId: `user-of-${id}`, name });
    const { key } = await this.apiKeys.create(id, {
      name: 'first key',
      permissions: ['conversations:*', 'messages:*', 'webhook-endpoints:*', 'webhook-events:read'],
    });
    return { customerId: id, key };
  }
}

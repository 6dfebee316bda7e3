import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiKeysService, CustomersService, EndpointsService, type Endpoint } from '../../src/webhooks';
import type { Customer } from './generated/client';
import { HostDatabase } from './host-database';

/** The host's own customers. The module hears of each, under the host's ids. */
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly database: HostDatabase,
    private readonly customers: CustomersService,
    private readonly apiKeys: ApiKeysService,
    private readonly endpoints: EndpointsService,
  ) {}

  @Post()
  async create(
    @Body() { id, email, company, permissions }: { id: string; email: string; company: string; permissions: string[] },
  ): Promise<{ customerId: string; userId: string; key: string }> {
    const owner = await this.database.user.create({ data: { email, customers: { create: { id, company } } } });
    const userId = `user-${owner.id}`;
    const customer = await this.customers.ensure({ id, userId, name: company });
    const { key } = await this.apiKeys.create(customer.id, { name: 'from the host', permissions });
    return { customerId: customer.id, userId, key };
  }

  @Post(':id/endpoint')
  async addEndpoint(@Param('id') id: string, @Body() { url }: { url: string }): Promise<Endpoint> {
    return this.endpoints.create(id, { url });
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<Customer> {
    const found = await this.database.customer.findUnique({ where: { id } });
    if (found === null) throw new NotFoundException('No such account');
    return found;
  }
}

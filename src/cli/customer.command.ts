import { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { ApiKeysService } from '../webhooks/api-keys/api-keys.service';
import { CLI } from './caller';
import { CustomersService } from '../webhooks/customers/customers.service';
import { withContext } from './connect';
import { print } from './output';

interface CreateOptions {
  name: string;
  id?: string;
  userId?: string;
  json?: boolean;
}

/** `customer create`: where everything begins. */
export const customerCommand = (): Command =>
  new Command('customer')
    .description('customers (tenants)')
    .addCommand(
      new Command('create')
        .description('create a customer, and an API key that may do everything for it')
        .requiredOption('--name <name>', 'its name')
        .option(
          '--id <id>',
          "the platform's id of the customer; an existing one gets another key (default: a new UUID)",
        )
        .option('--user-id <id>', "the platform's id of the user whom it belongs to (default: a new UUID)")
        .option('--json', 'print one JSON document')
        .action(create),
    );

async function create({ name, id = randomUUID(), userId = randomUUID(), json }: CreateOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const customer = await app.get(CustomersService).ensure({ id, userId, name }, CLI.actor);
    const input = { name: `${name}: first key`.slice(0, 255), permissions: ['*'] };
    const created = await app.get(ApiKeysService).create(customer.id, input, CLI);
    const { id: keyId, key, permissions, isActive, createdAt } = created;
    const apiKey = { id: keyId, key, name: created.name, permissions, isActive, createdAt };
    print(
      { userId: customer.userId, customerId: customer.id, apiKey },
      [
        `Customer ${customer.name}`,
        `  customer id  ${customer.id}`,
        `  user id      ${customer.userId}`,
        `  API key      ${apiKey.key}`,
        'The key may do everything for this customer, and is shown only this once.',
      ],
      { json: json === true },
    );
  });
}

import { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { ApiKeysService } from '../webhooks/api-keys/api-keys.service';
import { CustomersService, type CustomerState } from '../webhooks/customers/customers.service';
import { EndpointsService } from '../webhooks/endpoints/endpoints.service';
import { WebhooksError } from '../webhooks/webhooks.errors';
import { CLI } from './caller';
import { command, moreAfter, paged, type JsonOption, type PageOptions, type CommandMaker } from './common-options';
import { withContext } from './connect';
import { customerEraseCommand } from './customer-erase.command';
import { print, printFields, printTable, state } from './output';
import type { Column } from './table';

interface CreateOptions extends JsonOption {
  name: string;
  id?: string;
  userId?: string;
}

/** `customer`: where everything begins. */
export const customerCommand: CommandMaker = (name, description) =>
  new Command(name)
    .description(description)
    .addCommand(
      command('create', 'create a customer, and an API key that may do everything for it')
        .requiredOption('--name <name>', 'its name')
        .option(
          '--id <id>',
          "the platform's id of the customer; an existing one gets another key (default: a new UUID)",
        )
        .option(
          '--user-id <id>',
          "the platform's id of the user whom it belongs to (default: an existing customer's own, or a new UUID)",
        )
        .action(create),
    )
    .addCommand(paged(command('list', 'all customers, by id')).action(list))
    .addCommand(command('show', 'one customer').argument('<id>', 'the customer').action(show))
    .addCommand(
      command('suspend', "take the customer's access away: its keys are refused, and events are still delivered")
        .argument('<id>', 'the customer')
        .option('--reason <text>', 'shown to whoever is refused')
        .action(suspend),
    )
    .addCommand(command('resume', 'give the access back').argument('<id>', 'the customer').action(resume))
    .addCommand(customerEraseCommand());

async function create({ name, id = randomUUID(), userId, json = false }: CreateOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const customers = app.get(CustomersService);
    const owner = userId ?? (await ownerOf(customers, id)) ?? randomUUID();
    const customer = await customers.ensure({ id, userId: owner, name }, CLI.actor);
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
      { json },
    );
  });
}

/** An existing customer's own user, also while it is erased: that is for `ensure` to refuse. */
async function ownerOf(customers: CustomersService, id: string): Promise<string | undefined> {
  try {
    return (await customers.describe(id)).userId;
  } catch (error) {
    if (error instanceof WebhooksError && error.code === 'not_found') return undefined;
    throw error;
  }
}

const COLUMNS: readonly Column<CustomerState>[] = [
  { title: 'id', of: ({ id }) => id },
  { title: 'name', of: ({ name }) => name, mayShrink: true },
  { title: 'user', of: ({ userId }) => userId },
  { title: 'state', of: (customer) => state(stateOf(customer)) },
  { title: 'created', of: ({ createdAt }) => createdAt },
];

const stateOf = ({ erasingAt, suspendedAt }: CustomerState): string =>
  erasingAt !== null ? 'erasing' : suspendedAt !== null ? 'suspended' : 'active';

async function list({ limit, cursor, json = false }: PageOptions & JsonOption): Promise<void> {
  await withContext(async ({ app }) => {
    const page = await app.get(CustomersService).list({ limit, cursor });
    const none = 'There is no customer: "customer create" makes one.';
    printTable(page, { columns: COLUMNS, rows: page.data, none, after: moreAfter(page.nextCursor) }, { json });
  });
}

async function show(id: string, { json = false }: JsonOption): Promise<void> {
  await withContext(async ({ app }) => {
    const customer = await app.get(CustomersService).describe(id);
    const apiKeys = (await app.get(ApiKeysService).list(id)).length;
    const endpoints = (await app.get(EndpointsService).list(id)).length;
    const { payloadDays, eventDays } = customer.retention;
    printFields(
      { ...customer, apiKeys, endpoints },
      [
        ['id', customer.id],
        ['name', customer.name],
        ['user', customer.userId],
        ['state', state(stateOf(customer))],
        ['suspended', customer.suspendedAt],
        ['reason', customer.suspendedReason],
        ['keys', apiKeys],
        ['endpoints', endpoints],
        ['retention', `payloads ${payloadDays} days, events ${eventDays} days`],
        ['created', customer.createdAt],
      ],
      { json },
    );
  });
}

async function suspend(id: string, { reason, json = false }: JsonOption & { reason?: string }): Promise<void> {
  await withContext(async ({ app }) => {
    const suspension = await app.get(CustomersService).suspend(id, reason ?? null, CLI.actor);
    const result = { id, suspendedAt: suspension.at, reason: suspension.reason };
    print(result, [`Suspended since ${suspension.at.toISOString()}. "customer resume" ends it.`], { json });
  });
}

async function resume(id: string, { json = false }: JsonOption): Promise<void> {
  await withContext(async ({ app }) => {
    await app.get(CustomersService).resume(id, CLI.actor);
    print({ id, suspendedAt: null }, ['The customer has its access back.'], { json });
  });
}

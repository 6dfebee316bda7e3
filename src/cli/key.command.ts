import { Command } from 'commander';
import { CreateApiKeyDto, RotateApiKeyDto } from '../webhooks/api-keys/api-keys.dto';
import { ApiKeysService } from '../webhooks/api-keys/api-keys.service';
import { RotationService } from '../webhooks/api-keys/rotation.service';
import { CustomersService } from '../webhooks/customers/customers.service';
import type { RateLimit } from '../webhooks/identity.types';
import { pairs, rate, texts, uuid, wholeNumber } from './arguments';
import { CLI } from './caller';
import { customerCommandOf, expiresOption, type CustomerOptions, type CommandMaker } from './common-options';
import { withContext } from './connect';
import { keyImportCommand } from './key-import.command';
import { KEY_COLUMNS, keyFields } from './key-view';
import { print, printFields, printTable } from './output';
import { validated } from './validated';

interface CreateOptions extends CustomerOptions {
  name: string;
  permission?: string[];
  label?: Record<string, string>;
  expires?: Date;
  allowCidr?: string[];
  rateLimit?: RateLimit;
  canary?: boolean;
}

interface RotateOptions extends CustomerOptions {
  graceSeconds?: number;
  expires?: Date;
}

const THIRTY_DAYS_SECONDS = 2_592_000;
const ONCE = 'It is shown only this once.';

/** `key`: API keys. */
export const keyCommand: CommandMaker = (name, description) =>
  new Command(name)
    .description(description)
    .addCommand(createCommand())
    .addCommand(
      customerCommandOf('list', "a customer's keys, newest first; their last characters only")
        .option('--deleted', 'those that can still be restored, instead of the others')
        .action(list),
    )
    .addCommand(ofOne('show', 'one key').action(show))
    .addCommand(
      ofOne('rotate', 'put a new key in the place of an old one; both are accepted for a while')
        .option(
          '--grace-seconds <n>',
          'how long the old key is accepted beside it (default: a day)',
          wholeNumber(0, THIRTY_DAYS_SECONDS),
        )
        .addOption(expiresOption('when the new key expires (default: as the old one)'))
        .action(rotate),
    )
    .addCommand(ofOne('revoke', 'switch a key off: it is refused from now on').action(revoke))
    .addCommand(ofOne('delete', 'delete a key; "key restore" undoes it for some days').action(remove))
    .addCommand(ofOne('restore', 'undo a delete').action(restore))
    .addCommand(keyImportCommand());

const ofOne = (name: string, description: string): Command =>
  customerCommandOf(name, description).argument('<id>', "the key's id", uuid);

const createCommand = (): Command =>
  customerCommandOf('create', 'create a key; the answer alone holds it')
    .requiredOption('--name <name>', 'what it is for')
    .option('--permission <name>', 'what it may do, such as messages:send or webhook-events:*; repeatable', texts)
    .option('--label <name=value>', 'a label; repeatable', pairs)
    .addOption(expiresOption('when it expires: a time, or 90d (default: never)'))
    .option('--allow-cidr <range>', 'from where it may be used; repeatable (default: everywhere)', texts)
    .option('--rate-limit <n/seconds>', 'how often it may be used, such as 100/60', rate)
    .option('--canary', 'a decoy: it opens nothing, and using it sets off an alarm')
    .action(create);

async function create(options: CreateOptions): Promise<void> {
  const { customer, name, permission, label, expires, allowCidr, rateLimit, canary, json = false } = options;
  const { expiresAt: _, ...input } = await validated(CreateApiKeyDto, {
    name,
    ...defined({ permissions: permission, labels: label, allowedCidrs: allowCidr, rateLimit, isCanary: canary }),
  });
  await withContext(async ({ app }) => {
    const created = await app.get(ApiKeysService).create(customer, { ...input, expiresAt: expires }, CLI);
    const { key, ...shown } = created;
    printFields(created, [['key', { text: key, style: 'bold' }], ...keyFields(shown)], { json });
  });
  if (!json) process.stderr.write(`${ONCE}\n`);
}

async function list({
  customer,
  deleted = false,
  json = false,
}: CustomerOptions & { deleted?: boolean }): Promise<void> {
  await withContext(async ({ app }) => {
    const { id } = await app.get(CustomersService).get(customer);
    const keys = await app.get(ApiKeysService).list(id, { deleted });
    const none = deleted ? 'No key can be restored.' : 'This customer has no key: "key create" makes one.';
    printTable(keys, { columns: KEY_COLUMNS, rows: keys, none }, { json });
  });
}

async function show(id: string, { customer, json = false }: CustomerOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const key = await app.get(ApiKeysService).get(customer, id);
    printFields(key, keyFields(key), { json });
  });
}

async function rotate(id: string, { customer, graceSeconds, expires, json = false }: RotateOptions): Promise<void> {
  const { gracePeriodSeconds } = await validated(RotateApiKeyDto, defined({ gracePeriodSeconds: graceSeconds }));
  await withContext(async ({ app }) => {
    const rotation = { gracePeriodSeconds, expiresAt: expires };
    const result = await app.get(RotationService).rotate(customer, id, rotation, CLI);
    const { key, predecessor, ...successor } = result;
    const until = predecessor.isActive ? (predecessor.expiresAt?.toISOString() ?? '') : 'not any more';
    const fields = [['old key accepted until', until] as const, ...keyFields(successor)];
    printFields(result, [['key', { text: key, style: 'bold' }], ...fields], { json });
  });
  if (!json) process.stderr.write(`${ONCE}\n`);
}

async function revoke(id: string, { customer, json = false }: CustomerOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const key = await app.get(ApiKeysService).deactivate(customer, id, CLI);
    print(key, [`The key ${key.preview ?? key.id} is refused from now on.`], { json });
  });
}

async function remove(id: string, { customer, json = false }: CustomerOptions): Promise<void> {
  await withContext(async ({ app }) => {
    await app.get(ApiKeysService).delete(customer, id, CLI);
    print({ id, isDeleted: true }, ['Deleted. "key restore" undoes it for some days.'], { json });
  });
}

async function restore(id: string, { customer, json = false }: CustomerOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const key = await app.get(ApiKeysService).restore(customer, id, CLI);
    printFields(key, keyFields(key), { json });
  });
}

type Defined<Value> = { [Field in keyof Value]?: Exclude<Value[Field], undefined> };

const defined = <Value extends object>(value: Value): Defined<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, content]) => content !== undefined)) as Defined<Value>;

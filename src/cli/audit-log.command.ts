import { Command, Option } from 'commander';
import { AuditService } from '../webhooks/audit/audit.service';
import { AUDIT_ACTIONS, type AuditAction, type AuditLogEntry } from '../webhooks/audit/audit.types';
import { CustomersService } from '../webhooks/customers/customers.service';
import { wholeNumber } from './arguments';
import type { CommandMaker } from './common-options';
import { withContext } from './connect';
import { print } from './output';

interface AuditLogOptions {
  customer: string;
  action?: AuditAction;
  limit: number;
  cursor?: string;
  json?: boolean;
}

const MAX_LIMIT = 100;

/** `audit-log`: who changed what of a customer. */
export const auditLogCommand: CommandMaker = (name, description) =>
  new Command(name)
    .description(description)
    .requiredOption('--customer <id>', 'the customer')
    .addOption(new Option('--action <name>', 'only these changes').choices(AUDIT_ACTIONS))
    .option('--limit <n>', 'how many', wholeNumber(1, MAX_LIMIT), 50)
    .option('--cursor <text>', 'the nextCursor of an earlier page')
    .option('--json', 'print one JSON document')
    .action(show);

async function show({ customer, action, limit, cursor, json }: AuditLogOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const { id } = await app.get(CustomersService).get(customer);
    const page = await app.get(AuditService, { strict: false }).list(id, { action }, { limit, cursor });
    const more = page.nextCursor === null ? [] : [`There is more: --cursor ${page.nextCursor}`];
    print(page, [...page.data.map(describe), ...more], { json: json === true });
  });
}

function describe({ createdAt, actor, action, target, before, after }: AuditLogEntry): string {
  const who = actor.id === null ? actor.type : `${actor.type} ${actor.id}`;
  const from = before === null ? '' : `\n  before ${JSON.stringify(before)}`;
  const to = after === null ? '' : `\n  after  ${JSON.stringify(after)}`;
  return `${createdAt.toISOString()}  ${action}  ${target.id}  by ${who}${from}${to}`;
}

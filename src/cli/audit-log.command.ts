import { Option } from 'commander';
import { AuditService } from '../webhooks/audit/audit.service';
import { AUDIT_ACTIONS, type AuditAction, type AuditLogEntry } from '../webhooks/audit/audit.types';
import { CustomersService } from '../webhooks/customers/customers.service';
import {
  customerCommandOf,
  moreAfter,
  paged,
  type CommandMaker,
  type CustomerOptions,
  type PageOptions,
} from './common-options';
import { withContext } from './connect';
import { print } from './output';

interface AuditLogOptions extends CustomerOptions, PageOptions {
  action?: AuditAction;
}

/** `audit-log`: who changed what of a customer. */
export const auditLogCommand: CommandMaker = (name, description) =>
  paged(customerCommandOf(name, description))
    .addOption(new Option('--action <name>', 'only these changes').choices(AUDIT_ACTIONS))
    .action(show);

async function show({ customer, action, limit, cursor, json = false }: AuditLogOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const { id } = await app.get(CustomersService).get(customer);
    const page = await app.get(AuditService, { strict: false }).list(id, { action }, { limit, cursor });
    print(page, [...page.data.map(describe), ...moreAfter(page.nextCursor)], { json });
  });
}

function describe({ createdAt, actor, action, target, before, after }: AuditLogEntry): string {
  const who = actor.id === null ? actor.type : `${actor.type} ${actor.id}`;
  const from = before === null ? '' : `\n  before ${JSON.stringify(before)}`;
  const to = after === null ? '' : `\n  after  ${JSON.stringify(after)}`;
  return `${createdAt.toISOString()}  ${action}  ${target.id}  by ${who}${from}${to}`;
}

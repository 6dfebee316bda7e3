import type { Command } from 'commander';
import { once } from 'node:events';
import { counted } from '../webhooks/counted';
import { CustomersService } from '../webhooks/customers/customers.service';
import { WebhooksError } from '../webhooks/webhooks.errors';
import { CLI } from './caller';
import { command, yesOption, type JsonOption } from './common-options';
import { confirm } from './confirm';
import { withContext } from './connect';
import { print } from './output';
import { progressOn } from './progress';

interface EraseOptions extends JsonOption {
  yes?: boolean;
  wait: boolean;
}

/** `customer erase`: everything that a customer has. */
export const customerEraseCommand = (): Command =>
  command('erase', 'delete a customer with everything it has; Ctrl-C leaves the rest to the workers')
    .argument('<id>', 'the customer')
    .addOption(yesOption())
    .option('--no-wait', 'begin it, and let the workers do the rest')
    .action(erase);

async function erase(id: string, { yes = false, wait, json = false }: EraseOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const customers = app.get(CustomersService);
    const { name } = await customers.describe(id);
    await confirm(`This deletes the customer ${name} with its keys, endpoints, events and deliveries.`, id, { yes });
    if (!wait) {
      const erasingAt = await customers.beginErasure(id, CLI.actor);
      print({ id, erasingAt, isErased: false }, ['Begun: a running worker does the rest.'], { json });
      return;
    }
    const progress = progressOn(process.stderr, { json });
    const onProgress = (rows: number): void => progress.show({ text: `${counted(rows, 'row')} deleted`, count: rows });
    const erasing = customers.erase(id, CLI.actor, onProgress);
    const isErased = await Promise.race([erasing, interrupted()]).finally(progress.end);
    if (!isErased) {
      const detail = 'Stopped: the customer has no access any more, and a running worker deletes what is left.';
      throw new WebhooksError('conflict', 'erasure_unfinished', detail);
    }
    print({ id, isErased }, ['Nothing is left of it but its rows in the audit log, under a pseudonym.'], { json });
  });
}

async function interrupted(): Promise<false> {
  await once(process, 'SIGINT');
  return false;
}

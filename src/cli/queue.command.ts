import { Command } from 'commander';
import { QueueRebuildService } from '../webhooks/delivery/queue-rebuild.service';
import { wholeNumber } from './arguments';
import type { CommandMaker } from './common-options';
import { withContext } from './connect';
import { print } from './output';
import { progressOn } from './progress';

interface RebuildOptions {
  perSecond: number;
  json?: boolean;
}

/** `queue rebuild`: for the operator whose queue was lost, or holds what it should not. */
export const queueCommand: CommandMaker = (name, description) =>
  new Command(name).description(description).addCommand(
    new Command('rebuild')
      .description(
        'make the queue anew from PostgreSQL: jobs that are not under way are removed, and the running workers give ' +
          'each delivery that waits a new one, at its time and with the attempts that it has left',
      )
      .option('--per-second <n>', 'deliveries handed over in a second', wholeNumber(1, 100_000), 1_000)
      .option('--json', 'print one JSON document')
      .action(rebuild),
  );

async function rebuild({ perSecond, json = false }: RebuildOptions): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const progress = progressOn(process.stderr, 'deliveries');
  const result = await withContext(async ({ app }) =>
    app.get(QueueRebuildService).rebuild({ perSecond, signal: stop.signal, onProgress: progress.show }),
  );
  progress.end();
  const lines = [`${result.handedOver} deliveries were handed to the workers, at most ${perSecond} a second.`];
  if (stop.signal.aborted) lines.push('Stopped. What is left is queued as leases end; or run it again.');
  print(result, lines, { json });
}

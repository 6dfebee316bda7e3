import { Command } from 'commander';
import { counted } from '../webhooks/counted';
import { QueueRebuildService } from '../webhooks/delivery/queue-rebuild.service';
import { wholeNumber } from './arguments';
import { command, type CommandMaker, type JsonOption } from './common-options';
import { withContext } from './connect';
import { print } from './output';
import { countdownOn } from './progress';

interface RebuildOptions extends JsonOption {
  perSecond: number;
}

/** `queue rebuild`: for the operator whose queue was lost, or holds what it should not. */
export const queueCommand: CommandMaker = (name, description) =>
  new Command(name).description(description).addCommand(
    command(
      'rebuild',
      'make the queue anew from PostgreSQL: jobs that are not under way are removed, and the running workers give ' +
        'each delivery that waits a new one, at its time and with the attempts that it has left',
    )
      .option('--per-second <n>', 'deliveries handed over in a second', wholeNumber(1, 100_000), 1_000)
      .action(rebuild),
  );

async function rebuild({ perSecond, json = false }: RebuildOptions): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const progress = countdownOn(process.stderr, 'deliveries', { json });
  const result = await withContext(async ({ app }) =>
    app.get(QueueRebuildService).rebuild({ perSecond, signal: stop.signal, onProgress: progress.show }),
  ).finally(progress.end);
  const were = counted(result.handedOver, 'delivery was', 'deliveries were');
  const lines = [`${were} handed to the workers, at most ${perSecond} a second.`];
  if (stop.signal.aborted) lines.push('Stopped. What is left is queued as leases end; or run it again.');
  print(result, lines, { json });
}

import { Command } from 'commander';
import { counted } from '../webhooks/counted';
import { SecretsService, type ResealResult } from '../webhooks/endpoints/secrets.service';
import { WebhooksError } from '../webhooks/webhooks.errors';
import { wholeNumber } from './arguments';
import { CLI } from './caller';
import { command, type CommandMaker, type JsonOption } from './common-options';
import { withContext } from './connect';
import { print } from './output';
import { countdownOn } from './progress';

interface RotateOptions extends JsonOption {
  dryRun?: boolean;
  batch: number;
}

const MAX_IDS_SHOWN = 10;

/** `secrets rotate`: the key that encrypts secrets is replaced, while the service runs. */
export const secretsCommand: CommandMaker = (name, description) =>
  new Command(name).description(description).addCommand(
    command(
      'rotate',
      'encrypt with SECRETS_KEY what the keys in SECRETS_KEY_PREVIOUS encrypted; may run beside the service, ' +
        'be stopped, and be run again',
    )
      .option('--dry-run', 'only count, and check that everything can be decrypted')
      .option('--batch <n>', 'endpoints per statement', wholeNumber(1, 10_000), 100)
      .action(rotate),
  );

async function rotate({ dryRun = false, batch, json = false }: RotateOptions): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const progress = countdownOn(process.stderr, 'endpoints', { json });
  const onProgress = progress.show;
  const result = await withContext(async ({ app }) =>
    app.get(SecretsService).reseal({ dryRun, batchSize: batch, signal: stop.signal, onProgress, actor: CLI.actor }),
  ).finally(progress.end);
  print(result, describe(result, dryRun), { json });
  assertComplete(result, { dryRun, stopped: stop.signal.aborted });
}

function describe({ keyId, total, resealed, unreadable, remaining }: ResealResult, dryRun: boolean): string[] {
  if (total === 0) return [`Everything is encrypted with the current key (${keyId}).`];
  return [
    `Current key  ${keyId}`,
    `${dryRun ? 'to encrypt  ' : 'encrypted   '} ${resealed} of ${total} endpoints`,
    ...(unreadable.length > 0 ? [`unreadable   ${unreadable.length}`] : []),
    ...(remaining === 0 ? ['No earlier key is needed any more: SECRETS_KEY_PREVIOUS can be removed.'] : []),
  ];
}

/** @throws WebhooksError so that a script does not go on and remove a key that is still needed */
function assertComplete(result: ResealResult, { dryRun, stopped }: { dryRun: boolean; stopped: boolean }): void {
  const { unreadable, remaining } = result;
  if (unreadable.length > 0) {
    const shown = unreadable.slice(0, MAX_IDS_SHOWN).join(', ');
    const more = unreadable.length > MAX_IDS_SHOWN ? ', …' : '';
    const detail = `None of the keys in SECRETS_KEY and SECRETS_KEY_PREVIOUS decrypts the secrets of ${counted(unreadable.length, 'endpoint')}: ${shown}${more}. Add the key that did.`;
    throw new WebhooksError('conflict', 'secrets_unreadable', detail);
  }
  if (remaining > 0 && !dryRun) {
    const left = counted(remaining, 'endpoint is', 'endpoints are');
    const detail = stopped
      ? `Stopped: ${left} left. Run it again to go on.`
      : `${left} left: does a service still run with an earlier SECRETS_KEY? Restart it, then run this again.`;
    throw new WebhooksError('conflict', 'secrets_remaining', detail);
  }
}

import { createInterface } from 'node:readline/promises';
import { WebhooksError } from '../webhooks/webhooks.errors';
import { plain } from './table';

/**
 * Asks a person to type a word before something happens that cannot be undone.
 * @throws WebhooksError `not_confirmed`, also where nobody can be asked: then `--yes` has to say it
 */
export async function confirm(question: string, word: string, { yes = false }: { yes?: boolean }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw notConfirmed('This cannot be undone: add --yes to do it.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question}\nType ${plain(word)} to go on: `);
    if (answer.trim() !== word) throw notConfirmed('Nothing was done.');
  } finally {
    terminal.close();
  }
}

const notConfirmed = (detail: string): WebhooksError => new WebhooksError('conflict', 'not_confirmed', detail);

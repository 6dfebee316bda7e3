import type { Command } from 'commander';
import { ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { isDatabaseUnavailable } from '../database/database-errors';
import { counted } from '../webhooks/counted';
import { KeyImportService } from '../webhooks/key-import/key-import.service';
import type { ImportProgress } from '../webhooks/key-import/key-import.types';
import { WebhooksError } from '../webhooks/webhooks.errors';
import { wholeNumber } from './arguments';
import { CLI } from './caller';
import { command, type JsonOption } from './common-options';
import { withContext } from './connect';
import { ImportReport } from './import-report';
import { readKeyCsv } from './key-csv';
import { printFields } from './output';
import type { CellValue } from './table';

interface ImportCommandOptions extends JsonOption {
  createCustomers?: boolean;
  ignoreLimits?: boolean;
  dryRun?: boolean;
  rejects?: string;
  fromLine: number;
  batch: number;
}

/** `key import`: keys that were made elsewhere, plain or hashed, go on working. */
export const keyImportCommand = (): Command =>
  command(
    'import',
    'import plain or hashed API keys from a CSV file (docs/import-keys.md); may be stopped, and run again',
  )
    .argument('<file>', 'the file, or - for standard input')
    .option('--create-customers', 'create customers that are missing, for the user in the column userId')
    .option('--ignore-limits', 'import more keys than MAX_API_KEYS_PER_CUSTOMER')
    .option('--dry-run', 'check everything, and write nothing')
    .option('--rejects <file>', 'write down which lines were not imported, and why')
    .option('--from-line <n>', 'pass over the lines before this one', wholeNumber(0, 999_999_999), 0)
    .option('--batch <n>', 'rows per transaction', wholeNumber(1, 1_000), 500)
    .action(importKeys);

async function importKeys(file: string, options: ImportCommandOptions): Promise<void> {
  const { dryRun = false, json = false, batch: batchSize, fromLine, rejects, ...chosen } = options;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const { source, bytes } = await openSource(file);
  const report = await ImportReport.open(process.stderr, { rejects, json });
  let lastLine = 0;
  const onProgress = (progress: ImportProgress): void => {
    lastLine = progress.lastLine;
    report.progress(progress, partOf(source, bytes));
  };
  const result = await withContext(async ({ app, config }) => {
    if (config.webhooks.apiKeyImportedPrefixes.length === 0) process.stderr.write(`${NO_PREFIXES}\n`);
    return app
      .get(KeyImportService)
      .run(
        readKeyCsv(source, { fromLine }),
        { ...chosen, dryRun, batchSize, signal: stop.signal, onProgress, onRejected: report.rejected },
        CLI,
      );
  })
    .catch((error: unknown) => {
      if (isDatabaseUnavailable(error)) throw stopped(lastLine, 'the database does not answer');
      const { syscall } = error as NodeJS.ErrnoException;
      throw syscall === 'read' ? unreadable(file, error) : error;
    })
    .finally(() => report.close());
  printFields({ ...result, dryRun }, describe(result, dryRun), { json });
  assertComplete(result, { wasStopped: stop.signal.aborted, rejects });
}

const NO_PREFIXES =
  'API_KEY_IMPORTED_PREFIXES is not set: only keys of our own form (sk_…, skc_…) will be accepted, hashed ones too.';

/** @returns `bytes` only of a file, whose end is known */
async function openSource(file: string): Promise<{ source: Readable; bytes?: number }> {
  if (file === '-') return { source: process.stdin };
  try {
    const handle = await open(file);
    const stats = await handle.stat();
    return { source: handle.createReadStream(), ...(stats.isFile() ? { bytes: stats.size } : {}) };
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** How much of a file was read, from 0 to 1. */
const partOf = (source: Readable, bytes: number | undefined): number | undefined =>
  source instanceof ReadStream && bytes !== undefined && bytes > 0 ? Math.min(1, source.bytesRead / bytes) : undefined;

function unreadable(file: string, error: unknown): WebhooksError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return new WebhooksError('invalid', 'unreadable_file', `${file} cannot be read: ${code}.`);
}

function describe(
  { rows, imported, present, rejected, customersCreated }: ImportProgress,
  dryRun: boolean,
): [name: string, count: CellValue][] {
  const would = dryRun ? 'would be ' : '';
  return [
    ['rows', rows],
    [`${would}imported`, imported],
    ['there already', present],
    ['rejected', rejected],
    ...(customersCreated > 0 ? [[`customers ${would}created`, customersCreated] satisfies [string, CellValue]] : []),
  ];
}

/** @throws WebhooksError so that a script does not go on as if every key had been taken over */
function assertComplete(
  { rejected, lastLine }: ImportProgress,
  { wasStopped, rejects }: { wasStopped: boolean; rejects: string | undefined },
): void {
  if (wasStopped) throw stopped(lastLine, 'as you asked');
  if (rejected === 0) return;
  const where = rejects === undefined ? 'the lines are above' : `the lines are in ${rejects}`;
  throw new WebhooksError(
    'invalid',
    'rows_rejected',
    `${counted(rejected, 'row is', 'rows are')} not right: ${where}.`,
  );
}

const stopped = (lastLine: number, why: string): WebhooksError => {
  const detail = `Stopped after line ${lastLine}: ${why}. Run it again to go on: what is there already is left as it is.`;
  return new WebhooksError('conflict', 'import_stopped', detail);
};

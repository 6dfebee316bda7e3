import { Inject, Injectable } from '@nestjs/common';
import type { DryRun, ImportOutcome } from '../api-keys/api-keys.types';
import { ImportedKeysService } from '../api-keys/imported-keys.service';
import { CustomersService } from '../customers/customers.service';
import { PLATFORM, type Caller } from '../identity.types';
import { PermissionsService } from '../permissions/permissions.service';
import { WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { readRow, type RowRules } from './import-row';
import {
  RejectedRow,
  type ImportOptions,
  type ImportProgress,
  type ImportRow,
  type Rejection,
  type SourceRow,
} from './key-import.types';

const BATCH_SIZE = 500;

const REFUSED: Record<Exclude<ImportOutcome, 'imported' | 'present'>, Omit<Rejection, 'line'>> = {
  foreign: { column: 'key', reason: 'belongs to another customer already' },
  'too-many': { column: 'customerId', reason: 'has as many keys as a customer may have' },
  'no-customer': { column: 'customerId', reason: 'is not the id of a customer' },
};

const UNKNOWN_PERMISSION = 'names a permission that does not exist; GET /permissions lists those that do';

/** One import while it runs. */
interface Run {
  options: ImportOptions;
  caller: Caller;
  rules: RowRules;
  progress: ImportProgress;
  dryRun: DryRun | undefined;
}

/**
 * Takes over keys that were made elsewhere, row by row and in bounded memory. What is there already is left as it is:
 * an import that ended early, however it did, is simply run again.
 */
@Injectable()
export class KeyImportService {
  constructor(
    private readonly importedKeys: ImportedKeysService,
    private readonly customers: CustomersService,
    private readonly permissions: PermissionsService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** @returns what became of the rows; those that were not understood went to `onRejected` */
  async run(
    rows: AsyncIterable<SourceRow>,
    options: ImportOptions = {},
    caller: Caller = PLATFORM,
  ): Promise<ImportProgress> {
    const run: Run = {
      options,
      caller,
      rules: {
        importedPrefixes: this.options.apiKeys.importedPrefixes,
        // Without quoting it: where columns are mixed up, it may be a key.
        refusalOf: (permission) => (this.permissions.has(permission) ? null : UNKNOWN_PERMISSION),
      },
      progress: { rows: 0, imported: 0, present: 0, rejected: 0, customersCreated: 0, lastLine: 0 },
      dryRun: options.dryRun === true ? { customers: new Map(), added: new Map() } : undefined,
    };
    let batch: SourceRow[] = [];
    for await (const row of rows) {
      batch.push(row);
      if (batch.length < (options.batchSize ?? BATCH_SIZE)) continue;
      await this.takeBatch(batch, run);
      batch = [];
      if (options.signal?.aborted === true) return run.progress;
    }
    if (batch.length > 0) await this.takeBatch(batch, run);
    return run.progress;
  }

  private async takeBatch(batch: readonly SourceRow[], run: Run): Promise<void> {
    const { progress, options } = run;
    const understood = await this.understand(batch, run);
    const keys = await this.withCustomers(understood, run);
    const { ignoreLimits = false } = options;
    const outcomes = await this.importedKeys.write(
      keys.map(toKey),
      { ignoreLimits, dryRun: run.dryRun },
      run.caller.actor,
    );
    for (const [index, { line }] of keys.entries()) {
      const outcome = outcomes[index] ?? 'no-customer';
      if (outcome === 'imported' || outcome === 'present') progress[outcome] += 1;
      else await this.reject({ line, ...REFUSED[outcome] }, run);
    }
    progress.rows += batch.length;
    progress.lastLine = batch.at(-1)?.line ?? progress.lastLine;
    options.onProgress?.({ ...progress });
  }

  private async understand(batch: readonly SourceRow[], run: Run): Promise<ImportRow[]> {
    const understood: ImportRow[] = [];
    for (const row of batch) {
      const { line } = row;
      if ('problem' in row) {
        await this.reject({ line, column: '', reason: row.problem }, run);
        continue;
      }
      try {
        understood.push(readRow(line, row.values, run.rules));
      } catch (error) {
        if (!(error instanceof RejectedRow)) throw error;
        await this.reject({ line, column: error.column, reason: error.reason }, run);
      }
    }
    return understood;
  }

  /** Those rows whose customer is there and is the right user's, or could be made. */
  private async withCustomers(rows: readonly ImportRow[], run: Run): Promise<ImportRow[]> {
    const owners = await this.customers.ownersOf([...new Set(rows.map(({ customerId }) => customerId))]);
    for (const [id, userId] of run.dryRun?.customers ?? []) owners.set(id, userId);
    const usable: ImportRow[] = [];
    for (const row of rows) {
      const refusal = await this.ensureCustomer(row, owners, run);
      if (refusal === null) usable.push(row);
      else await this.reject({ line: row.line, ...refusal }, run);
    }
    return usable;
  }

  private async ensureCustomer(
    { customerId, userId }: ImportRow,
    owners: Map<string, string>,
    run: Run,
  ): Promise<Omit<Rejection, 'line'> | null> {
    const owner = owners.get(customerId);
    if (owner !== undefined) {
      if (userId === null || userId === owner) return null;
      return { column: 'userId', reason: 'is not the user whom the customer belongs to' };
    }
    if (run.options.createCustomers !== true) return REFUSED['no-customer'];
    if (userId === null) return { column: 'userId', reason: 'must be there: the customer has to be made' };
    try {
      const customer = { id: customerId, userId, name: customerId };
      if (run.dryRun === undefined) await this.customers.ensure(customer, run.caller.actor);
      else run.dryRun.customers.set(customerId, userId);
    } catch (error) {
      if (!(error instanceof WebhooksError)) throw error;
      return { column: 'customerId', reason: `cannot be made: ${error.code}` };
    }
    owners.set(customerId, userId);
    run.progress.customersCreated += 1;
    return null;
  }

  private async reject(rejection: Rejection, { progress, options }: Run): Promise<void> {
    progress.rejected += 1;
    await options.onRejected?.(rejection);
  }
}

const toKey = ({ line: _, userId: _user, ...key }: ImportRow): Omit<ImportRow, 'line' | 'userId'> => key;

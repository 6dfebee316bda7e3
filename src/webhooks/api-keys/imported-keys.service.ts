import { Inject, Injectable } from '@nestjs/common';
import { isTransactionConflict } from '../../database/database-errors';
import type { Actor } from '../audit/audit.types';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { DryRun, ImportOutcome, KeyToImport } from './api-keys.types';
import { ImportedKeysRepository } from './imported-keys.repository';

/** A batch that was in another transaction's way is written again, so many times. */
const TRIES = 3;

/** How a batch is written. */
export interface ImportBatchOptions {
  /** Whether customers may get more keys than the limit. */
  ignoreLimits: boolean;
  /** Nothing is written; what earlier batches would have changed counts. */
  dryRun: DryRun | undefined;
}

/** Takes over keys that were made elsewhere. */
@Injectable()
export class ImportedKeysService {
  constructor(
    private readonly repository: ImportedKeysRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /**
   * Writes some hundred keys in one transaction, each with its row in the audit log. A key that is there already stays
   * as it is, so the same batch can be written again.
   * @returns what became of each key, in their order
   */
  async write(
    keys: readonly KeyToImport[],
    { ignoreLimits, dryRun }: ImportBatchOptions,
    actor: Actor,
  ): Promise<ImportOutcome[]> {
    const limit = ignoreLimits ? null : this.options.limits.apiKeysPerCustomer;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.repository.write(keys, { limit, dryRun }, actor);
      } catch (error) {
        if (attempt === TRIES || !isTransactionConflict(error)) throw error;
      }
    }
  }
}

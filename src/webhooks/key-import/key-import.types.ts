import type { KeyToImport } from '../api-keys/api-keys.types';

/** The columns that a file of keys may have. */
export const IMPORT_COLUMNS = [
  'customerId',
  'userId',
  'name',
  'key',
  'hash',
  'hashFormat',
  'preview',
  'permissions',
  'labels',
  'expiresAt',
  'isActive',
  'createdAt',
] as const;

export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** One row as it was written; a column that the file has not is left out. */
export type RowValues = Readonly<Partial<Record<ImportColumn, string>>>;

/** One row of a file, or why it cannot be read. */
export type SourceRow = { line: number } & ({ values: RowValues } | { problem: string });

/** A row that was understood. */
export interface ImportRow extends KeyToImport {
  line: number;
  /** Whose the customer is, for the case that it has to be made. */
  userId: string | null;
}

/** Why a row is not imported. It holds nothing of the row but the line's number and the column's name. */
export interface Rejection {
  line: number;
  column: ImportColumn | '';
  reason: string;
}

/** Something is wrong with a column of a row. */
export class RejectedRow extends Error {
  override readonly name = 'RejectedRow';

  constructor(
    readonly column: ImportColumn,
    /** Completes a sentence that begins with the column. */
    readonly reason: string,
  ) {
    super(`${column} ${reason}`);
  }
}

/** How far an import has come, and how far it came. */
export interface ImportProgress {
  /** Rows looked at. */
  rows: number;
  imported: number;
  /** There already, and left as they are. */
  present: number;
  rejected: number;
  customersCreated: number;
  /** The last line whose row was looked at. */
  lastLine: number;
}

export interface ImportOptions {
  /** Makes the customers that are missing, where the row says whose they are. */
  createCustomers?: boolean;
  /** Customers may get more keys than they could make. */
  ignoreLimits?: boolean;
  /** Checks everything and writes nothing. */
  dryRun?: boolean;
  /** Rows in one transaction; default 500. */
  batchSize?: number;
  /** Ends the import after the batch that is under way. */
  signal?: AbortSignal;
  onProgress?: (progress: ImportProgress) => void;
  onRejected?: (rejection: Rejection) => Promise<void> | void;
}

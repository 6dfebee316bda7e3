import { CsvError, parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import {
  IMPORT_COLUMNS,
  type ImportColumn,
  type RowValues,
  type SourceRow,
} from '../webhooks/key-import/key-import.types';
import { WebhooksError } from '../webhooks/webhooks.errors';

/** No row is longer; what is, has a quote that nobody closed. */
const MAX_ROW_BYTES = 65_536;

interface CsvRecord {
  record: string[];
  /** The line that it ends on. */
  line: number;
}

/**
 * The rows of a CSV file (RFC 4180, UTF-8) whose first line names the columns, one at a time. Where the CSV itself is
 * broken, nobody knows where the next row begins: that is the last row then, with what is wrong.
 * @param fromLine rows that end before this line are passed over
 * @throws WebhooksError `invalid_csv` when the first line is not right
 */
export async function* readKeyCsv(source: Readable, { fromLine = 0 } = {}): AsyncGenerator<SourceRow> {
  let columns: ImportColumn[] | undefined;
  let last = 0;
  try {
    for await (const { record, line } of readRecords(source)) {
      last = line;
      if (columns === undefined) columns = readHeader(record);
      else if (line >= fromLine) yield { line, ...readRecord(record, columns) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const problem = `this is not CSV (${error.code}): neither this row nor what follows was read. Is a quote not closed?`;
    yield { line: last + 1, problem };
  }
  if (columns === undefined) throw invalidCsv('is empty');
}

/**
 * Every record up to the first place that is not CSV. Read as a stream, the parser would forget those that it has found
 * in the same piece of the file.
 * @throws CsvError after them
 */
async function* readRecords(source: Readable): AsyncGenerator<CsvRecord> {
  let found: CsvRecord[] = [];
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (record: string[], { lines }) => {
      found.push({ record, line: lines });
      return null;
    },
  }).resume();
  let failure: Error | undefined;
  parser.on('error', (error) => (failure = error));
  const take = (): CsvRecord[] => {
    const records = found;
    found = [];
    return records;
  };
  for await (const chunk of source) {
    await new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
    yield* take();
    if (failure !== undefined) throw failure;
  }
  await finished(parser.end()).catch(() => undefined);
  yield* take();
  if (failure !== undefined) throw failure;
}

function readHeader(record: readonly string[]): ImportColumn[] {
  const columns = record.map((name, index) => {
    const column = IMPORT_COLUMNS.find((known) => known === name.trim());
    // The name is not told: where the header is missing, it is a key.
    if (column === undefined)
      throw invalidCsv(`column ${index + 1} has none of these names: ${IMPORT_COLUMNS.join(', ')}`);
    return column;
  });
  if (new Set(columns).size < columns.length) throw invalidCsv('two columns have the same name');
  for (const needed of ['customerId', 'name'] as const) {
    if (!columns.includes(needed)) throw invalidCsv(`there is no column ${needed}`);
  }
  if (!columns.includes('key') && !columns.includes('hash')) throw invalidCsv('there is neither a column key nor hash');
  return columns;
}

function readRecord(
  record: readonly string[],
  columns: readonly ImportColumn[],
): { values: RowValues } | { problem: string } {
  if (record.length !== columns.length) {
    return { problem: `has ${record.length} columns, and the first line has ${columns.length}` };
  }
  // What is not UTF-8 was replaced by this character: a key would be another one.
  if (record.some((value) => value.includes('\ufffd'))) return { problem: 'is not UTF-8' };
  return { values: Object.fromEntries(columns.map((column, index) => [column, (record[index] ?? '').trim()])) };
}

const invalidCsv = (what: string): WebhooksError =>
  new WebhooksError('invalid', 'invalid_csv', `The first line must name the columns, but ${what}.`);

import { renderFields, renderTable, type CellValue, type Column, type Style, type Surface } from './table';

interface PrintOptions {
  json?: boolean;
}

/** What `--no-color` sets; the environment (`NO_COLOR`, `TERM`) is Node's to read. */
let mayColour = true;

/** From now on, nothing is coloured. */
export function forbidColours(): void {
  mayColour = false;
}

/** What a stream of this process is shown on. */
export function surfaceOf(stream: NodeJS.WriteStream): Surface {
  const { isTTY: isTerminal } = stream;
  return { isTerminal, hasColours: isTerminal && mayColour && stream.hasColors(), width: stream.columns };
}

/** Prints a result: one JSON document with `--json`, lines for people otherwise. */
export function print(result: unknown, lines: readonly string[], { json = false }: PrintOptions): void {
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : lines.map((line) => `${line}\n`).join(''));
}

/** Prints a list. Of an empty one, a person is told that there is nothing. */
export function printTable<Row>(
  result: unknown,
  {
    columns,
    rows,
    none,
    after = [],
  }: { columns: readonly Column<Row>[]; rows: readonly Row[]; none: string; after?: readonly string[] },
  options: PrintOptions,
): void {
  const surface = surfaceOf(process.stdout);
  const lines = rows.length === 0 && surface.isTerminal ? [none] : renderTable(columns, rows, surface);
  print(result, lines, options);
  // Not among what a program reads.
  if (options.json !== true && after.length > 0) process.stderr.write(`${after.join('\n')}\n`);
}

/** Prints one thing, a field a line. */
export function printFields(
  result: unknown,
  fields: readonly (readonly [name: string, value: CellValue])[],
  options: PrintOptions,
): void {
  print(result, renderFields(fields, surfaceOf(process.stdout)), options);
}

const GOOD = ['active', 'SENT', 'delivered', 'applied'];
const BAD = ['disabled', 'FAILED', 'failed', 'expired', 'suspended', 'erasing'];

/** A state, in its colour. */
export function state(text: string): { text: string; style: Style } {
  const [word = ''] = text.split(/[ :]/);
  return { text, style: GOOD.includes(word) ? 'green' : BAD.includes(word) ? 'red' : 'yellow' };
}

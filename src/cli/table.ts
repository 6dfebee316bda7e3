import { stripVTControlCharacters, styleText } from 'node:util';

/** How a value stands out where there are colours. */
export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

/** What a cell shows; nothing is shown of null. */
export type CellValue = string | number | boolean | Date | null | readonly string[] | Styled;

/** A text that stands out. */
export interface Styled {
  text: string;
  style: Style;
}

/** One column of a table. */
export interface Column<Row> {
  title: string;
  of: (row: Row) => CellValue;
  /** Where the terminal is too narrow, it is cut; nothing that somebody has to copy should be. */
  mayShrink?: boolean;
}

/** What the output is shown on. */
export interface Surface {
  /** A person reads it; otherwise a program does. */
  isTerminal: boolean;
  hasColours: boolean;
  /** In characters. */
  width: number;
}

const GAP = '  ';
const NARROWEST = 12;
/** What terminals show two cells wide. */
const WIDE = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u;
const graphemes = new Intl.Segmenter();

/**
 * A table: aligned and with a head on a terminal; otherwise a line per row, its values apart by tabs and nothing cut, as
 * `cut` and `awk` read it.
 */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], surface: Surface): string[] {
  const cells = rows.map((row) => columns.map(({ of }) => toStyled(of(row))));
  if (!surface.isTerminal) return cells.map((row) => row.map(({ text }) => text).join('\t'));
  const head = columns.map(({ title }) => ({ text: title.toUpperCase(), style: 'dim' as const }));
  const table = [head, ...cells];
  const widths = fit(
    columns.map((_, index) => Math.max(...table.map((row) => widthOf(row[index]?.text ?? '')))),
    columns.map(({ mayShrink = false }) => mayShrink),
    surface.width,
  );
  return table.map((row) =>
    row
      .map((cell, index) => padded(cell, widths[index] ?? 0, surface.hasColours))
      .join(GAP)
      .trimEnd(),
  );
}

/** The fields of one thing, a line each. */
export function renderFields(
  fields: readonly (readonly [name: string, value: CellValue])[],
  surface: Surface,
): string[] {
  const values = fields.map(([name, value]) => [name, toStyled(value)] as const);
  if (!surface.isTerminal) return values.map(([name, { text }]) => `${name}\t${text}`);
  const width = Math.max(...values.map(([name]) => widthOf(name)));
  return values.map(([name, value]) => {
    const title = padded({ text: name, style: 'dim' }, width, surface.hasColours);
    return `${title}${GAP}${renderStyled(value, surface.hasColours)}`.trimEnd();
  });
}

/** A text of somebody else's in one line: what would command the terminal is taken out. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}

/** How many cells of a terminal a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

function toStyled(value: CellValue): { text: string; style?: Style } {
  if (value === null) return { text: '' };
  if (value instanceof Date) return { text: value.toISOString() };
  if (typeof value !== 'object') return { text: plain(String(value)) };
  if ('text' in value) return { text: plain(value.text), style: value.style };
  return { text: plain(value.join(' ')) };
}

/** Takes from the widest of the columns that may shrink, until all fit or none can give more. */
function fit(widths: readonly number[], mayShrink: readonly boolean[], available: number): number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, width) => sum + width, 0) + GAP.length * (fitted.length - 1) - available;
  while (excess > 0) {
    const givers = fitted.map((width, index) => (mayShrink[index] && width > NARROWEST ? width : 0));
    const widest = Math.max(...givers);
    if (widest === 0) break;
    const index = givers.indexOf(widest);
    const others = Math.max(NARROWEST, ...givers.filter((_, other) => other !== index));
    const cut = Math.min(excess, Math.max(1, widest - others));
    fitted[index] = widest - cut;
    excess -= cut;
  }
  return fitted;
}

function padded(cell: { text: string; style?: Style }, width: number, hasColours: boolean): string {
  const text = shortened(cell.text, width);
  return renderStyled({ ...cell, text }, hasColours) + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let short = '';
  let taken = 1;
  for (const { segment } of graphemes.segment(text)) {
    taken += widthOf(segment);
    if (taken > width) break;
    short += segment;
  }
  return `${short}…`;
}

/** A text in its colour, where there are colours. */
export function renderStyled({ text, style }: { text: string; style?: Style }, hasColours: boolean): string {
  return hasColours && style !== undefined && text !== '' ? styleText(style, text, { validateStream: false }) : text;
}

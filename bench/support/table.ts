import type { Figure } from './figure';

/** A run, as it is printed. */
export interface Run {
  machine: Readonly<Record<string, string | number>>;
  /** Requests per second of the bare axios loop; NaN when no figure needed it. */
  ceilingPerSecond: number;
  figures: readonly Figure[];
  skipped: readonly string[];
  /** Cases that came to no end, and why. */
  failed: readonly string[];
}

const HEAD = ['', 'measured', 'ratio', 'goal', ''];

/** The table for people: every figure, its ratio, and its goal. */
export function render({ machine, ceilingPerSecond, figures, skipped, failed }: Run): string {
  const rows = [HEAD];
  if (ceilingPerSecond > 0)
    rows.push(['axios keep-alive loop (the ceiling)', `${number(ceilingPerSecond)}/s`, '1.00', '', '']);
  for (const figure of figures) {
    const { title, ratio, of, goal } = figure;
    const shown = ratio === undefined ? '' : `${ratio.toFixed(2)}${of === undefined ? '' : ` of ${of}`}`;
    rows.push([
      title,
      measured(figure),
      shown,
      goal?.text ?? '',
      goal === undefined ? '' : goal.isMet ? 'met' : 'missed',
    ]);
  }
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  );
  const facts = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  const notes = figures.flatMap(({ title, note }) => (note === undefined ? [] : [`${title.trim()}: ${note}`]));
  const without = [...skipped.map((text) => `skipped: ${text}`), ...failed.map((text) => `failed: ${text}`)];
  const more = [...notes, ...without, facts.join(', ')];
  return `\n${lines.join('\n')}\n\n${more.join('\n')}\n`;
}

const pad = (cell: string, width: number, column: number): string =>
  column === 0 || column > 2 ? cell.padEnd(width) : cell.padStart(width);

const number = (value: number): string => Math.round(value).toLocaleString('en-US');

function measured({ value, unit }: Figure): string {
  if (unit === 'per second') return `${number(value)}/s`;
  if (unit === 'ratio') return value.toFixed(2);
  if (unit === 'times') return `${value.toFixed(1)} times`;
  return `${value.toFixed(1)} ${unit}`;
}

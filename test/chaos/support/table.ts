import type { Report } from './scenario';

const COLUMNS = [
  '',
  'scenario',
  'queue',
  'in flight',
  'accepted',
  'delivered',
  'dup.',
  'FAILED',
  'lost',
  'recovery',
  'took',
];

/** The reports as a Markdown table, what does not hold below it. */
export function tableOf(reports: readonly Report[]): string {
  const rows = [COLUMNS, ...reports.map(rowOf)];
  const widths = COLUMNS.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => pad(cell, widths[column]!, column)).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column < 3 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const remarks = reports.flatMap(remarksOf);
  return [line(COLUMNS), rule, ...reports.map(rowOf).map(line), ...(remarks.length > 0 ? ['', ...remarks] : [])].join(
    '\n',
  );
}

const pad = (cell: string, width: number, column: number): string =>
  column < 3 ? cell.padEnd(width) : cell.padStart(width);

function rowOf(report: Report): string[] {
  const { number, name, queue, inFlight, accepted, delivered, duplicated, failed, lost, recoveryMs, durationMs } =
    report;
  const recovery = recoveryMs === null ? '–' : `${(recoveryMs / 1_000).toFixed(1)} s`;
  const counts = [inFlight, accepted, delivered, duplicated, failed, lost].map((count) => count.toLocaleString('en'));
  return [String(number), name, queue, ...counts, recovery, `${(durationMs / 1_000).toFixed(0)} s`];
}

function remarksOf({ number, problems, delays, notes }: Report): string[] {
  return [
    ...notes.map((note) => `${number}: ${note}`),
    ...problems.map((problem) => `${number}: NOT HELD: ${problem}`),
    ...delays.map((delay) => `${number}: TOO SLOW: ${delay}`),
  ];
}

import { METRICS, type MetricDefinition } from './metric-definitions';

const begin = '<!-- metrics:begin -->';
const end = '<!-- metrics:end -->';

/** The documentation's table of metrics. */
function renderMetricsTable(): string {
  const rows = Object.entries(METRICS).map(([name, { type, help, labels }]: [string, MetricDefinition]) => {
    const shown = labels.length === 0 ? '' : labels.map((label) => `\`${label}\``).join(', ');
    return `| \`${name}\` | ${type} | ${shown} | ${help} |`;
  });
  return ['| metric | type | labels | what it says |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** A page with its table of metrics brought up to date; unchanged when it has no markers for one. */
export function withMetricsTable(page: string): string {
  const start = page.indexOf(begin);
  const stop = page.indexOf(end);
  if (start === -1 || stop < start) return page;
  return `${page.slice(0, start + begin.length)}\n\n${renderMetricsTable()}\n\n${page.slice(stop)}`;
}

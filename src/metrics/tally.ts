import { Counter, type Registry } from 'prom-client';
import type { MetricDefinition } from './metric-definitions';

const SEPARATOR = '\u0000';

/**
 * A counter for paths where every microsecond counts: a tenth of what prom-client's own takes, since labels are put
 * together when somebody asks for the numbers, not when something is counted.
 */
export class Tally {
  private readonly counts = new Map<string, number>();

  constructor(registry: Registry, name: string, { help, labels }: MetricDefinition) {
    const { counts } = this;
    new Counter({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        this.reset();
        // A metric with labels has a line for each that was seen; one without labels is there from the start.
        if (labels.length === 0) this.inc(counts.get('') ?? 0);
        else for (const [key, count] of counts) this.labels(...key.split(SEPARATOR)).inc(count);
      },
    });
  }

  /** @param values of the labels, in their order */
  add(...values: string[]): void {
    this.addMany(1, values);
  }

  addMany(count: number, values: readonly string[] = []): void {
    const key = values.length === 1 ? (values[0] ?? '') : values.join(SEPARATOR);
    this.counts.set(key, (this.counts.get(key) ?? 0) + count);
  }
}

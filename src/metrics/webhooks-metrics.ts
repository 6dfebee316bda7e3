import { Injectable } from '@nestjs/common';
import { Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricName } from './metric-definitions';
import { Tally } from './tally';

/** What of an attempt is counted. */
export interface ObservedAttempt {
  event: string;
  /** `stale`: the row had moved on while the attempt was made, and another worker's word stands. */
  result: 'sent' | 'retry' | 'failed' | 'stale';
  /** One of the fixed list; null for a success. */
  errorCode: string | null;
  durationMs: number;
}

/** How a presented API key was judged. */
export type KeyResult = 'valid' | 'unknown' | 'inactive' | 'expired' | 'suspended' | 'throttled';

/** Label values that a gauge has now, with their numbers; null = it cannot be told, and the gauge shows nothing. */
export type Readings = readonly (readonly [value: number, ...labels: string[]])[] | null;

/** What a label says for an event type that is not in the catalogue any more. */
const OTHER = 'other';

/**
 * The numbers of this module, in a registry of its own, not prom-client's global one: a host application decides
 * whether and where they are shown.
 *
 * @example
 * ```ts
 * // In each request, together with the application's own metrics: some are there only once it has started.
 * const all = Registry.merge([register, app.get(WebhooksMetrics).registry]);
 * response.type(all.contentType).send(await all.metrics());
 * ```
 */
@Injectable()
export class WebhooksMetrics {
  readonly registry = new Registry();

  private readonly emitsAccepted = this.tally('webhooks_emits_accepted_total');
  private readonly emitsRefused = this.tally('webhooks_emits_refused_total');
  private readonly deliveries = this.tally('webhooks_deliveries_total');
  private readonly attempts = this.tally('webhooks_attempts_total');
  private readonly attemptSeconds = this.histogram('webhooks_attempt_duration_seconds');
  private readonly sweeps = this.tally('webhooks_reconciler_runs_total');
  private readonly swept = this.tally('webhooks_reconciler_enqueued_total');
  private readonly keys = this.tally('webhooks_api_key_verifications_total');
  private readonly lookups = this.tally('webhooks_api_key_lookups_total');
  private eventNames: ReadonlySet<string> = new Set();

  /** Event types that may be label values: those of the catalogue. Others count as `other`. */
  nameEvents(names: readonly string[]): void {
    this.eventNames = new Set(names);
  }

  emitAccepted(event: string): void {
    this.emitsAccepted.add(this.eventLabel(event));
  }

  /** @param code of the error, never a text that a caller chose */
  emitRefused(code: string): void {
    this.emitsRefused.add(code);
  }

  attempt({ event, result, errorCode, durationMs }: ObservedAttempt): void {
    this.attempts.add(result, errorCode ?? '');
    this.attemptSeconds.observe({ result: errorCode === null ? 'success' : 'failure' }, durationMs / 1_000);
    if (result === 'sent' || result === 'failed') this.deliveries.add(this.eventLabel(event), result);
  }

  /** @param enqueued deliveries without a job that were found, and got one */
  sweep(result: 'ok' | 'failed', enqueued: number): void {
    this.sweeps.add(result);
    if (enqueued > 0) this.swept.addMany(enqueued);
  }

  keyVerified(result: KeyResult): void {
    this.keys.add(result);
  }

  keyLookedUp(source: 'cache' | 'database'): void {
    this.lookups.add(source);
  }

  /** Registers a gauge that is read when somebody asks for the numbers. `read` must be cheap, or remember its answer. */
  gauge(name: MetricName, read: () => Readings | Promise<Readings>): void {
    const { help, labels } = METRICS[name];
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      async collect() {
        const readings = await orNull(read);
        this.reset();
        for (const [value, ...values] of readings ?? []) this.labels(...values).set(value);
        // Without labels it would say 0 now.
        if (readings === null && labels.length === 0) this.remove();
      },
    });
  }

  private eventLabel(event: string): string {
    return this.eventNames.has(event) ? event : OTHER;
  }

  private tally(name: MetricName): Tally {
    return new Tally(this.registry, name, METRICS[name]);
  }

  private histogram(name: 'webhooks_attempt_duration_seconds'): Histogram {
    const { help, labels, buckets } = METRICS[name];
    return new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [this.registry] });
  }
}

/** One number that cannot be told is no reason to show none. */
async function orNull(read: () => Readings | Promise<Readings>): Promise<Readings> {
  try {
    return await read();
  } catch {
    return null;
  }
}

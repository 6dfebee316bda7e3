/** One metric as Prometheus and the documentation show it. */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Label names. Each label has few values, all known beforehand: no customer, URL or id is ever one. */
  readonly labels: readonly string[];
  /** Of a histogram: upper bounds, in the metric's unit. */
  readonly buckets?: readonly number[];
}

const define = (type: MetricDefinition['type'], help: string, ...labels: string[]): MetricDefinition => ({
  type,
  help,
  labels,
});

/** Attempts take from a few milliseconds to the time limit. */
const ATTEMPT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60];

/** Every metric of this module. `docs/metrics.md` is written from it. */
export const METRICS = {
  webhooks_emits_accepted_total: define('counter', 'Events that were accepted, by event type.', 'event'),
  webhooks_emits_refused_total: define('counter', 'Events that were refused, by the code of the error.', 'code'),
  webhooks_deliveries_total: define(
    'counter',
    'Deliveries that ended with an attempt: `sent`, or `failed` when it was the last one.',
    'event',
    'outcome',
  ),
  webhooks_attempts_total: define(
    'counter',
    'Attempts: `sent`, `retry` (failed, another one follows), `failed` (the last one), `stale` (its row had moved on meanwhile).',
    'result',
    'error_code',
  ),
  webhooks_attempt_duration_seconds: {
    ...define('histogram', 'Time of an attempt, from the name lookup to the end of the answer.', 'result'),
    buckets: ATTEMPT_SECONDS,
  },
  webhooks_queue_jobs: define(
    'gauge',
    'Jobs in the queue. One job may stand for several deliveries that were due together.',
    'state',
  ),
  webhooks_deliveries_due: define('gauge', 'Deliveries that are due and not made yet, under way or in the queue.'),
  webhooks_oldest_due_seconds: define('gauge', 'How long the oldest due delivery has been waiting for its attempt.'),
  webhooks_deliveries_held: define(
    'gauge',
    'Deliveries held in PostgreSQL: their endpoint is `paused` or `disabled`, or they wait for their `turn` (rate, concurrency, order, a full queue), or it is `deleted` and they are to be delivered still. At most 10,000 of an endpoint are counted.',
    'reason',
  ),
  webhooks_reconciler_runs_total: define('counter', 'Looks for deliveries without a job, in this process.', 'result'),
  webhooks_reconciler_enqueued_total: define('counter', 'Deliveries without a job that got one.'),
  webhooks_reconciler_lag_seconds: define(
    'gauge',
    'How long the oldest delivery without a job has been waiting for the reconciler; 0 when there is none.',
  ),
  webhooks_api_key_verifications_total: define('counter', 'API keys that were presented.', 'result'),
  webhooks_api_key_lookups_total: define(
    'counter',
    'Where the keys were looked up: in the `cache` of this process, or in the `database`.',
    'source',
  ),
  webhooks_api_key_cache_entries: define('gauge', 'API keys in the cache of this process.'),
  webhooks_database_connections: define('gauge', 'Connections of this process’s pool.', 'state'),
  webhooks_database_connections_max: define('gauge', 'Connections that the pool opens at most (DATABASE_POOL_SIZE).'),
  webhooks_database_waiting: define('gauge', 'Statements that wait for a free connection.'),
  webhooks_dependency_up: define('gauge', 'Whether the `database` and the `queue` answer: 1 or 0.', 'dependency'),
} satisfies Record<string, MetricDefinition>;

/** The name of one of them. */
export type MetricName = keyof typeof METRICS;

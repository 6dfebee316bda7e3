import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MetricsEndpointModule } from '../../../src/metrics/metrics-endpoint.module';
import { METRICS } from '../../../src/metrics/metric-definitions';
import { withMetricsTable } from '../../../src/metrics/metrics-docs';
import { describeEachBackend } from '../../support/backends';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { declaredMetrics, scrape, valueOf, type Sample } from '../../support/scrape';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

const root = join(__dirname, '../../..');
const host = { imports: [MetricsEndpointModule.for('open')] };

describeEachBackend('metrics of deliveries', (backend) => {
  let service: TestService;
  let customer: TestCustomer;

  beforeEach(async () => {
    service = await startService({ redisUrl: backend.redisUrl, host });
    customer = await service.customer();
  });
  afterEach(async () => {
    await service.stop();
    await closeReceivers();
  });

  it('count emits, attempts, retries and what became of each delivery', async () => {
    const receiver = await recordingReceiver();
    const broken = await recordingReceiver(500);
    await customer.endpoint(receiver.url, { events: ['message.sent'] });
    const policy = { attempts: 2, schedule: { type: 'list', delaysMs: [50] } };
    await customer.endpoint(broken.url, { events: ['message.received'], retryPolicy: policy });
    const sent = await customer.emit({}, 'message.sent');
    const failed = await customer.emit({}, 'message.received');
    await customer.request('post', '/webhook-events', { event: 'no.such', data: {} }).expect(422);
    await service.settled(sent.eventIds[0]!);
    await service.settled(failed.eventIds[0]!);

    const samples = await scrape(service);
    const numberOf = (name: string, labels: Record<string, string>): number | undefined =>
      valueOf(samples, name, labels);
    expect(numberOf('webhooks_emits_accepted_total', { event: 'message.sent' })).toBe(1);
    expect(numberOf('webhooks_emits_refused_total', { code: 'unknown_event_type' })).toBe(1);
    expect(numberOf('webhooks_deliveries_total', { event: 'message.sent', outcome: 'sent' })).toBe(1);
    expect(numberOf('webhooks_deliveries_total', { event: 'message.received', outcome: 'failed' })).toBe(1);
    expect(numberOf('webhooks_attempts_total', { result: 'sent', error_code: '' })).toBe(1);
    expect(numberOf('webhooks_attempts_total', { result: 'retry', error_code: 'http-status' })).toBe(1);
    expect(numberOf('webhooks_attempts_total', { result: 'failed', error_code: 'http-status' })).toBe(1);
    expect(numberOf('webhooks_attempt_duration_seconds_count', { result: 'failure' })).toBe(2);
    expect(numberOf('webhooks_dependency_up', { dependency: 'database' })).toBe(1);
    expect(numberOf('webhooks_dependency_up', { dependency: 'queue' })).toBe(1);
    expect(numberOf('webhooks_database_connections_max', {})).toBe(10);
    expect(numberOf('webhooks_queue_jobs', { state: 'delayed' })).toBeDefined();
    expect(numberOf('process_cpu_seconds_total', {})).toBeGreaterThan(0);
  });

  it('show what is held, and why', async () => {
    const receiver = await recordingReceiver('never');
    const paused = await customer.endpoint(receiver.url, { events: ['message.sent'] });
    await customer.request('patch', `/webhook-endpoints/${paused.id}`, { isActive: false }).expect(200);
    await customer.endpoint(receiver.url, { events: ['message.received'], concurrency: 1 });
    for (let n = 0; n < 3; n += 1) await customer.emit({}, 'message.sent');
    for (let n = 0; n < 2; n += 1) await customer.emit({}, 'message.received');
    await receiver.arrivals(1);

    const samples = await scrape(service);
    expect(valueOf(samples, 'webhooks_deliveries_held', { reason: 'paused' })).toBe(3);
    expect(valueOf(samples, 'webhooks_deliveries_held', { reason: 'turn' })).toBe(1);
    expect(valueOf(samples, 'webhooks_deliveries_held', { reason: 'disabled' })).toBe(0);
    expect(valueOf(samples, 'webhooks_deliveries_due')).toBe(1);
    expect(valueOf(samples, 'webhooks_oldest_due_seconds')).toBeGreaterThan(0);
  });

  it('count deliveries that got their job from the reconciler', async () => {
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const { eventIds } = await service.webhooks.transaction((_tx, trigger) =>
      trigger(customer.id, 'message.sent', { conversationId: 'c', messageId: 'm', content: '', timestamp: new Date() }),
    );
    await service.settled(eventIds[0]!);
    await waitFor('the sweep is counted', async () => {
      const samples = await scrape(service);
      const runs = valueOf(samples, 'webhooks_reconciler_runs_total', { result: 'ok' }) ?? 0;
      return runs > 0 && valueOf(samples, 'webhooks_reconciler_enqueued_total') === 1;
    });
    expect(valueOf(await scrape(service), 'webhooks_reconciler_lag_seconds')).toBe(0);
  });
});

describe('metrics', () => {
  let service: TestService;
  let text: string;

  beforeAll(async () => {
    service = await startService({ host });
    const customer = await service.customer([]);
    await customer.request('get', '/me').expect(200);
    await customer.request('get', '/me').expect(200);
    await service
      .request('get', '/me')
      .set('X-API-Key', `sk_${'A'.repeat(43)}`)
      .expect(401);
    ({ text } = await service.request('get', '/metrics').expect(200));
  });
  afterAll(() => service.stop());

  it('count keys by result, and where they were found', async () => {
    const samples = await scrape(service);
    expect(valueOf(samples, 'webhooks_api_key_verifications_total', { result: 'valid' })).toBe(2);
    expect(valueOf(samples, 'webhooks_api_key_verifications_total', { result: 'unknown' })).toBe(1);
    const lookups = ['cache', 'database'].map(
      (source) => valueOf(samples, 'webhooks_api_key_lookups_total', { source }) ?? 0,
    );
    // How soon the cache may be trusted depends on its listener's connection.
    expect(lookups[0]! + lookups[1]!).toBe(3);
    expect(lookups[1]).toBeGreaterThan(0);
  });

  it('have labels of fixed lists only: no id, no URL', async () => {
    const values = (await scrape(service))
      .filter(({ name }) => name.startsWith('webhooks_'))
      .flatMap(({ labels }) => Object.entries(labels).flatMap(([label, value]) => (label === 'le' ? [] : [value])));
    for (const value of values) expect(value).toMatch(/^[a-z0-9_.-]{0,50}$/);
    expect(values.join(' ')).not.toMatch(/[0-9a-f]{8}-|customer-|http:/);
  });

  it('are the documented ones, in docs/metrics.md too', () => {
    const declared = [...declaredMetrics(text)].filter(([name]) => name.startsWith('webhooks_'));
    expect(new Map(declared)).toEqual(new Map(Object.entries(METRICS).map(([name, { type }]) => [name, type])));
    const page = readFileSync(join(root, 'docs/metrics.md'), 'utf8');
    expect(page).toBe(withMetricsTable(page));
  });

  it.each([
    ['dashboard', () => dashboardExpressions()],
    ['alert rules', () => alerts().map(({ expr }) => expr)],
  ])('%s: every metric and label that it uses exists', (_, expressions) => {
    const declared = declaredMetrics(text);
    for (const expression of expressions()) {
      const used = [...expression.matchAll(/\b(?:webhooks|process|nodejs)_\w+/g)].map(([name]) => name);
      for (const name of used) {
        const base = name.replace(/_(?:bucket|count|sum)$/, '');
        const type = declared.get(name) ?? (declared.get(base) === 'histogram' ? 'histogram' : undefined);
        expect([expression, name, type]).toEqual([expression, name, expect.stringMatching(/./)]);
        // A counter is of use as a rate; anything else has none.
        if (type === 'counter') expect(expression).toMatch(/rate\(|increase\(/);
      }
      for (const label of labelsOf(expression)) expect([...KNOWN_LABELS]).toContain(label);
    }
  });

  it('every alert says what to do, in a section of docs/operations.md', () => {
    const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    const sections = [...page.matchAll(/^###+ (\w+)$/gm)].map(([, title]) => title);
    for (const { alert, annotations } of alerts()) {
      expect(sections).toContain(alert);
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
    }
  });

  const itWithPromtool = spawnSync('promtool', ['--version']).status === 0 ? it : it.skip;
  itWithPromtool('every alert fires for what it is about, and not before its time', () => {
    const tests = join(root, 'ops/prometheus/alerts.test.yml');
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', tests], { encoding: 'utf8' });
    expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
    const tested = readFileSync(tests, 'utf8');
    for (const { alert } of alerts()) expect(tested).toMatch(new RegExp(`alertname: ${alert}\\n +exp_alerts`));
  });

  it('are read by whoever has the operator’s token, unless they are open', async () => {
    const closed = await startService({ host: { imports: [MetricsEndpointModule.for('operator')] } });
    try {
      await closed.request('get', '/metrics').expect(401);
      await closed.request('get', '/metrics').set('Authorization', 'Bearer wrong').expect(401);
      const read = await closed.request('get', '/metrics').set('Authorization', `Bearer ${OPERATOR_TOKEN}`).expect(200);
      expect(read.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
      expect(read.text).toContain('webhooks_deliveries_due');
    } finally {
      await closed.stop();
    }
  });

  it('ask the database once, however many scrape at once', async () => {
    const statements = async (): Promise<number> => {
      const [row] = await service.sql<{ calls: string }>(
        `SELECT coalesce(sum(idx_scan), 0)::text AS calls FROM pg_stat_user_indexes WHERE indexrelname = 'WebhookEvent_pending_idx'`,
      );
      return Number(row!.calls);
    };
    await scrape(service);
    const before = await statements();
    const all: Sample[][] = await Promise.all(Array.from({ length: 50 }, () => scrape(service)));
    expect(all.every((samples) => valueOf(samples, 'webhooks_deliveries_due') === 0)).toBe(true);
    // Statistics of PostgreSQL come late, within a second.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await statements()) - before).toBeLessThan(10);
  });
});

const KNOWN_LABELS = new Set([
  ...Object.values(METRICS).flatMap(({ labels }) => [...labels]),
  ...['le', 'job', 'instance'],
]);

/** The labels of selectors and of `by (…)`. */
function labelsOf(expression: string): string[] {
  const selectors = [...expression.matchAll(/\{([^}]*)\}/g)].flatMap(([, inside = '']) =>
    [...inside.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label),
  );
  const groups = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inside = '']) => inside.split(/\s*,\s*/));
  return [...selectors, ...groups];
}

function dashboardExpressions(): string[] {
  const { panels } = JSON.parse(readFileSync(join(root, 'ops/grafana/dashboards/webhooks.json'), 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(expressions.length).toBeGreaterThan(20);
  return expressions;
}

interface Alert {
  alert: string;
  expr: string;
  annotations: { runbook: string };
}

function alerts(): Alert[] {
  const { groups } = parse(readFileSync(join(root, 'ops/prometheus/alerts.yml'), 'utf8')) as {
    groups: { rules: Alert[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

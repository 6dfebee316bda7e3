import { setTimeout as sleep } from 'node:timers/promises';
import { usageOf, type Usage } from './support/process-usage';
import type { Scenario } from './support/scenario';
import type { Stage } from './support/stage';

const SAMPLES = 40;
/** Compared are the second and the last quarter: in the first one caches fill and code is compiled. */
const QUARTER = SAMPLES / 4;
/** Growth that is noise: garbage that is not collected yet, a pool that opens one more connection. */
const MARGIN = { rssMb: 40, handles: 12, connections: 6 } as const;
const MARGIN_SHARE = 0.15;
const MEGABYTE = 1_048_576;

type Figures = Record<keyof typeof MARGIN, number>;

/** Load for a long time at half of what the service can do; memory, handles and connections stay as they are. */
export const soakFor = (seconds: number): Scenario => ({
  number: 0,
  name: `soak for ${seconds} s at half the rate`,
  proves: 'Under steady load the memory, the open handles and the connections of every process stay steady.',
  queue: 'redis',
  async play(stage) {
    await stage.open({ answerDelayMs: 0 });
    const nodes = await stage.start('api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    const rate = await measureRate(stage, () => stage.emit(customer, { run: 'burst' }));
    const perSecond = Math.max(1, Math.floor(rate / 2));
    stage.note(`measured ${Math.round(rate)} events a second; held ${perSecond} a second for ${seconds} s`);
    const { done } = stage.emit(customer, { events: perSecond * seconds, perSecond, run: 'soak' });
    const samples: Figures[][] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      await sleep((seconds * 1_000) / SAMPLES);
      const usages = await Promise.all(nodes.map(({ pid }) => usageOf(pid)));
      const connections = await countConnections(stage);
      samples.push(usages.map((usage) => ({ ...figuresOf(usage), connections })));
    }
    await done;
    for (const [index, { role, pid }] of nodes.entries()) {
      judge(
        stage,
        `${role} ${pid}`,
        samples.map((sample) => sample[index]!),
      );
    }
  },
});

async function measureRate(stage: Stage, emit: () => { done: Promise<void> }): Promise<number> {
  const startedAt = Date.now();
  await emit().done;
  while ((await stage.ledger.read()).inFlight.length > 0) await sleep(50);
  return (stage.form.events * 1_000) / (Date.now() - startedAt);
}

const figuresOf = ({ rssBytes, handles }: Usage): Omit<Figures, 'connections'> => ({
  rssMb: rssBytes / MEGABYTE,
  handles,
});

async function countConnections({ postgres }: Stage): Promise<number> {
  const [row] = await postgres.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE backend_type = 'client backend'`,
  );
  return row?.count ?? 0;
}

function judge(stage: Stage, name: string, samples: readonly Figures[]): void {
  const shown: string[] = [];
  for (const figure of ['rssMb', 'handles', 'connections'] as const) {
    const values = samples.map((sample) => sample[figure]);
    const early = median(values.slice(QUARTER, 2 * QUARTER));
    const late = median(values.slice(-QUARTER));
    shown.push(`${figure} ${early.toFixed(0)} → ${late.toFixed(0)} (most ${Math.max(...values).toFixed(0)})`);
    const isSteady = late <= early + MARGIN[figure] + MARGIN_SHARE * early;
    stage.expect(isSteady, `${name}: ${figure} grew from ${early.toFixed(0)} to ${late.toFixed(0)}`);
  }
  stage.note(`${name}: ${shown.join(', ')}`);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

import { repeatsOf, type Entry } from './ledger';
import type { Form, QueueBackend, Report, Scenario } from './scenario';
import { Stage } from './stage';

const RECOVERY_MS = 60_000;

/** Plays a scenario on processes of its own, and compares what was promised with what arrived. */
export async function play(scenario: Scenario, form: Form, queue: QueueBackend): Promise<Report> {
  const startedAt = Date.now();
  const stage = new Stage(form, queue, scenario.number);
  const { number, name, proves } = scenario;
  const report: Report = {
    ...{ number, name, proves, queue },
    ...{ accepted: 0, delivered: 0, duplicated: 0, failed: 0, lost: 0, inFlight: 0, recoveryMs: null },
    ...{ durationMs: 0, problems: stage.problems, delays: stage.delays, notes: stage.notes },
  };
  try {
    await scenario.play(stage);
    await stage.settle();
    Object.assign(report, await compare(stage));
  } catch (error) {
    stage.problems.push(describe(error));
  } finally {
    await stage.close();
  }
  return { ...report, durationMs: Date.now() - startedAt };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack ?? error.message}${error.cause === undefined ? '' : `\ncause: ${describe(error.cause)}`}`;
}

type Counts = Pick<Report, 'accepted' | 'delivered' | 'duplicated' | 'failed' | 'lost' | 'inFlight' | 'recoveryMs'>;

async function compare(stage: Stage): Promise<Counts> {
  const { promised, entries } = stage.ledger;
  const rows = await stage.postgres.sql<{ id: string; status: string; endpointId: string }>(
    `SELECT id, status::text AS status, "endpointId" FROM webhooks."WebhookEvent"`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const undelivered = promised.filter(({ deliveredAt }) => deliveredAt === undefined);
  const failed = undelivered.filter(({ id }) => byId.get(id)?.status === 'FAILED');
  const wrongly = failed.filter(({ id }) => !stage.failing.has(byId.get(id)?.endpointId ?? ''));
  const recoveryMs = recoveryOf(stage);
  const counts = {
    accepted: promised.length,
    delivered: promised.length - undelivered.length,
    duplicated: [...entries.values()].reduce((sum, entry) => sum + repeatsOf(entry), 0),
    failed: failed.length,
    lost: undelivered.length - failed.length,
    inFlight: Math.max(0, ...stage.strikes.map(({ inFlight }) => inFlight)),
    recoveryMs,
  };
  stage.expect(counts.accepted > 0, 'nothing was accepted');
  stage.expect(counts.lost === 0, `${counts.lost} were promised, did not arrive and are not FAILED`);
  stage.expect(wrongly.length === 0, `${wrongly.length} FAILED whose endpoint answers`);
  stage.expect(
    counts.duplicated <= stage.duplicatesAllowed,
    `${counts.duplicated} duplicates: ${stage.duplicatesAllowed} are allowed`,
  );
  stage.expectInTime((recoveryMs ?? 0) <= RECOVERY_MS, `recovery took ${recoveryMs} ms`);
  const pending = rows.filter(({ status }) => status === 'PENDING').length;
  stage.expect(pending === 0, `${pending} rows are left PENDING`);
  return counts;
}

function recoveryOf({ strikes }: Stage): number | null {
  const times = strikes.flatMap(({ held, mendedAt }) => held.map((entry) => endOf(entry) - mendedAt));
  // An event that never came is lost, which is counted by itself; one that is FAILED without an arrival has no time.
  return times.length === 0 ? null : Math.max(0, ...times.filter(Number.isFinite));
}

const endOf = ({ deliveredAt, givenUpAt }: Entry): number => deliveredAt ?? givenUpAt ?? Number.NaN;

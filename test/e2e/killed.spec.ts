import { clientOf, PLATFORM, putCustomer, type Client, type Delivery } from '../support/process-client';
import { recordArrivals, type Arrival } from '../support/process-receiver';
import { endProcesses, makeDataDir, postgresOf, startService, stop } from '../support/process-service';
import { until } from '../support/process-until';
import { closeReceivers } from '../support/receivers';

type Kind = 'good' | 'late' | 'flaky' | 'dead';
/** How many attempts each takes. */
const ATTEMPTS: Readonly<Record<Kind, number>> = { good: 1, late: 1, flaky: 2, dead: 3 };
const KINDS = Object.keys(ATTEMPTS) as readonly Kind[];

afterEach(async () => {
  await endProcesses();
  await closeReceivers();
});

it('keeps every promise after kill -9, on the data directory whose PostgreSQL still runs', async () => {
  const env = { DATA_DIR: await makeDataDir(), ...PLATFORM, WEBHOOK_CONCURRENCY: '8' };
  const first = await startService(env);
  const { apiKey } = await putCustomer(first.url);
  const receiver = await recordArrivals(answerByKind);
  await clientOf(first.url, apiKey.key).post('/webhook-endpoints', { url: receiver.url });

  const { promised, emitting } = emitUntilRefused(first.url, apiKey.key);
  // Some are answered, some are under way, some wait for their second attempt, and many for their first.
  await until(
    'retries wait',
    20_000,
    () => receiver.arrivals.filter(({ data }) => data['kind'] === 'dead').length > 20,
  );
  first.kill('SIGKILL');
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
  const atTheKill = [...receiver.arrivals];
  await emitting;
  const isOpen = ([id, kind]: [string, Kind]): boolean =>
    atTheKill.filter((arrival) => arrival.id === id).length < ATTEMPTS[kind];
  expect([...promised].filter(isOpen).length).toBeGreaterThan(10);
  const orphan = await postgresOf(env.DATA_DIR);
  expect(orphan).toBeDefined();

  const second = await startService(env);
  expect(second.output.stdout).toContain(
    `PostgreSQL (process ${orphan}) was left running by a service that was killed`,
  );
  const client = clientOf(second.url, apiKey.key);
  for (const [id, kind] of promised) checkPromise(kind, await client.settled(id, 45_000), receiver.arrivals);

  // What arrived besides was committed, though the service died before it could say so.
  const committed = await allIds(client);
  for (const { id } of receiver.arrivals) expect(committed).toContain(id);
  for (const id of promised.keys()) expect(committed).toContain(id);
  expect(await stop(second)).toEqual({ code: 0, signal: null });
  expect(await postgresOf(env.DATA_DIR)).toBeUndefined();
});

/** Emits one event after the other from several emitters, until the service is gone. */
function emitUntilRefused(url: string, key: string): { promised: Map<string, Kind>; emitting: Promise<unknown> } {
  const client = clientOf(url, key);
  const promised = new Map<string, Kind>();
  let next = 0;
  const emit = async (): Promise<void> => {
    for (;;) {
      const kind = KINDS[next++ % KINDS.length]!;
      const answer = await client.post('/webhook-events', { event: 'message.sent', data: { kind } }).catch(() => null);
      if (answer === null) return;
      expect(answer.status).toBe(202);
      for (const id of answer.body.eventIds as string[]) promised.set(id, kind);
    }
  };
  return { promised, emitting: Promise.all([emit(), emit(), emit(), emit()]) };
}

async function allIds(client: Client): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await client.get(`/webhook-events?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    for (const { id } of body.data as Delivery[]) ids.add(id);
    cursor = body.nextCursor as string | null;
  }
  return ids;
}

async function answerByKind({ data, attempt }: Arrival): Promise<number> {
  if (data['kind'] === 'late') await new Promise((resolve) => setTimeout(resolve, 300));
  if (data['kind'] === 'dead') return 500;
  return data['kind'] === 'flaky' && attempt === 1 ? 503 : 200;
}

/** An attempt that was under way at the kill is made again under the same number; no number is left out or added. */
function checkPromise(kind: Kind, delivery: Delivery, arrivals: readonly Arrival[]): void {
  const attempts = ATTEMPTS[kind];
  const status = kind === 'dead' ? 'FAILED' : 'SENT';
  const numbers = Array.from({ length: attempts }, (_, index) => index + 1);
  expect(delivery).toMatchObject({ status, attempts });
  expect(delivery.attemptLog.map(({ attempt }) => attempt)).toEqual(numbers);
  const seen = arrivals.filter(({ id }) => id === delivery.id).map(({ attempt }) => attempt);
  expect([...new Set(seen)]).toEqual(numbers);
  expect(seen.length).toBeLessThanOrEqual(attempts + 1);
}

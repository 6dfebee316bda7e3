import { call, clientOf, PLATFORM, putCustomer, type Client } from '../support/process-client';
import { recordArrivals, type Recorder } from '../support/process-receiver';
import { endProcesses, makeDataDir, postgresOf, startService, stop, type Service } from '../support/process-service';
import { until } from '../support/process-until';
import { closeReceivers } from '../support/receivers';

const EVENTS = 30;
const UNDER_WAY = 10;

afterEach(async () => {
  await endProcesses();
  await closeReceivers();
});

it.each<[string, (service: Service) => Promise<void>]>([
  ['SIGTERM', sendSigterm],
  ['Ctrl-C, which npm may pass on a second time', pressCtrlC],
])('%s: finishes the attempts under way, starts no other, and stops its PostgreSQL', async (_name, ask) => {
  const env = { DATA_DIR: await makeDataDir(), ...PLATFORM, WEBHOOK_CONCURRENCY: String(UNDER_WAY) };
  const service = await startService(env);
  const load = await putUnderLoad(service);

  await ask(service);
  await until('it is not ready any more', 5_000, async () => {
    return (await call('GET', `${service.url}/health/ready`)).status === 503;
  });
  expect(await call('GET', `${service.url}/health/live`)).toMatchObject({ status: 200 });
  // As many as may be made at once, and as many as may be slow: on a busy machine the first are that before the last have begun.
  const underWay = load.receiver.arrivals.filter(({ isAnswered }) => isAnswered === undefined).length;
  expect(underWay).toBeGreaterThanOrEqual(UNDER_WAY);
  expect(underWay).toBeLessThanOrEqual(2 * UNDER_WAY);
  load.letGo();
  expect(await service.exited).toEqual({ code: 0, signal: null });
  expect(service.output.stderr).toBe('');
  expect(await postgresOf(env.DATA_DIR)).toBeUndefined();
  // None was cut off, none was begun while it stopped.
  expect(load.receiver.arrivals.map(({ isAnswered }) => isAnswered)).toEqual(Array(underWay).fill(true));

  // What was finished was written down: nothing is sent twice after the next start.
  const next = await startService(env);
  const client = clientOf(next.url, load.key);
  for (const id of load.promised) expect(await client.settled(id)).toMatchObject({ status: 'SENT', attempts: 1 });
  expect(load.receiver.arrivals.map(({ id }) => id).sort()).toEqual([...load.promised].sort());
});

it('ends at once when Ctrl-C is pressed again later', async () => {
  const env = { DATA_DIR: await makeDataDir(), ...PLATFORM };
  const service = await startService(env);
  await putUnderLoad(service, 1);
  let hasEnded = false;
  void service.exited.then(() => (hasEnded = true));
  await until('it ends, though its attempt is under way', 10_000, () => {
    service.kill('SIGINT');
    return hasEnded;
  });
  expect(await service.exited).toEqual({ code: 1, signal: null });
});

it('does not wait longer than SHUTDOWN_TIMEOUT_MS', async () => {
  const env = { DATA_DIR: await makeDataDir(), ...PLATFORM, SHUTDOWN_TIMEOUT_MS: '300' };
  const service = await startService(env);
  await putUnderLoad(service, 1);
  expect(await stop(service)).toEqual({ code: 0, signal: null });
  expect(service.output.stdout).toContain('Some attempts were still under way; they will be made again.');
  expect(await postgresOf(env.DATA_DIR)).toBeUndefined();
});

function sendSigterm(service: Service): Promise<void> {
  service.kill('SIGTERM');
  return Promise.resolve();
}

/** Where npm's shell hands its process over to the service, as bash does, the service hears of it from both. */
async function pressCtrlC(service: Service): Promise<void> {
  service.killGroup('SIGINT');
  await until('it stops', 5_000, () => service.output.stdout.includes('SIGINT: finishing what is under way'));
  service.kill('SIGINT');
}

interface Load {
  receiver: Recorder;
  key: string;
  promised: readonly string[];
  /** The receiver answers from now on. */
  letGo(): void;
}

/** Emits events to a receiver that does not answer yet, and waits until as many attempts as possible are under way. */
async function putUnderLoad(service: Service, count: number = EVENTS): Promise<Load> {
  const { apiKey } = await putCustomer(service.url);
  const gate: { open?: () => void } = {};
  const opened = new Promise<void>((resolve) => (gate.open = resolve));
  const receiver = await recordArrivals(() => opened.then(() => 200));
  const client = clientOf(service.url, apiKey.key);
  await client.post('/webhook-endpoints', { url: receiver.url });
  const promised = await Promise.all(Array.from({ length: count }, () => emit(client)));
  await receiver.expectArrivals(Math.min(count, UNDER_WAY));
  return { receiver, key: apiKey.key, promised, letGo: () => gate.open?.() };
}

async function emit(client: Client): Promise<string> {
  const { status, body } = await client.post('/webhook-events', { event: 'message.sent', data: {} });
  expect(status).toBe(202);
  return (body.eventIds as [string])[0];
}

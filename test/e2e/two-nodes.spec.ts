import { describeBackends, type Backend } from '../support/process-backends';
import { clientOf, PLATFORM, putCustomer } from '../support/process-client';
import { recordArrivals } from '../support/process-receiver';
import { endProcesses, makeDataDir, startService, stop } from '../support/process-service';
import { closeReceivers } from '../support/receivers';

const EVENTS = 500;

describeBackends('two nodes on one database', (openBackend) => {
  let backend: Backend;

  beforeEach(async () => {
    backend = await openBackend();
  });

  afterEach(async () => {
    await endProcesses();
    await closeReceivers();
    await backend.drop();
  });

  it('migrate an empty database at once, and deliver each of 500 events exactly once', async () => {
    const env = { DATA_DIR: await makeDataDir(), ...backend.env, ...PLATFORM };
    const nodes = await Promise.all([startService(env), startService(env)]);
    const { apiKey } = await putCustomer(nodes[0].url);
    const clients = nodes.map(({ url }) => clientOf(url, apiKey.key));
    const receiver = await recordArrivals();
    await clients[0]!.post('/webhook-endpoints', { url: receiver.url });

    const promised: string[] = [];
    const emitters = Array.from({ length: 20 }, async (_, emitter) => {
      for (let n = emitter; n < EVENTS; n += 20) {
        const event = { event: 'message.sent', data: { n } };
        const { status, body } = await clients[n % 2]!.post('/webhook-events', event);
        expect(status).toBe(202);
        promised.push(...body.eventIds);
      }
    });
    await Promise.all(emitters);
    expect(new Set(promised).size).toBe(EVENTS);
    await receiver.expectArrivals(EVENTS, 30_000);
    for (const [n, id] of promised.entries()) {
      const delivery = await clients[n % 2]!.settled(id);
      expect(delivery).toMatchObject({ status: 'SENT', attempts: 1, lastError: null });
    }

    // Nothing more comes, not even from what was under way at the end.
    for (const node of nodes) expect(await stop(node)).toEqual({ code: 0, signal: null });
    expect(receiver.arrivals.map(({ id }) => id).sort()).toEqual(promised.sort());
    expect(receiver.arrivals.map(({ data }) => data['n'] as number).sort((a, b) => a - b)).toEqual([
      ...Array(EVENTS).keys(),
    ]);
    // Both did their share.
    for (const { output } of nodes) expect(output.stdout).toMatch(/attempt.*eventId/s);
  });
});

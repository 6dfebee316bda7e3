import { QueueFactory } from '../../../src/queue/queue.factory';
import { DELIVERY_QUEUE, DeliveryQueue } from '../../../src/webhooks/delivery/delivery.queue';
import { describeEachBackend } from '../../support/backends';
import { deliveriesOf, jobOf, queueIsEmpty, wipeQueue, withQueue } from '../../support/queue-access';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver, type RecordingReceiver } from '../../support/recording-receiver';
import { startService, type ServiceOverrides, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

/** Short, so that a lost job is missed soon. */
const delivery = { leaseMs: 700, reconcileIntervalMs: 100 };

/** The attempt numbers that arrived, by event. */
function attemptsById({ requests }: RecordingReceiver): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { headers } of requests) {
    const id = String(headers['x-webhook-id']);
    found.set(id, [...(found.get(id) ?? []), String(headers['x-webhook-attempt'])]);
  }
  return found;
}

describeEachBackend('an accepted event', (backend) => {
  const services: TestService[] = [];
  /** The first makes the database; further ones share it. */
  const start = async (overrides: ServiceOverrides = {}): Promise<TestService> => {
    const [first] = services;
    const shared = first === undefined ? {} : { database: first.database };
    const service = await startService({ redisUrl: backend.redisUrl, delivery, ...shared, ...overrides });
    services.push(service);
    return service;
  };
  const emitMany = async (customer: TestCustomer, count: number): Promise<string[]> => {
    const emits = await Promise.all(Array.from({ length: count }, (_, index) => customer.emit({ index })));
    return emits.flatMap(({ eventIds }) => eventIds);
  };

  afterEach(async () => {
    const [first, ...rest] = services.splice(0);
    await Promise.all(rest.map((service) => service.stop()));
    await first?.stop();
    await closeReceivers();
  });

  it('is sent on time though its job waits for an hour: a clock was wrong when the retry was put back', async () => {
    const service = await start();
    const customer = await service.customer();
    let times = 0;
    const receiver = await recordingReceiver(() => ((times += 1) === 1 ? 500 : 200));
    await customer.endpoint(receiver.url);
    const {
      eventIds: [id = ''],
    } = await customer.emit();
    await withQueue(service, async (queue) => {
      const job = await jobOf(queue, id, { state: 'delayed' });
      await job.changeDelay(3_600_000);
      expect(await service.settled(id, 10_000)).toMatchObject({ status: 'SENT', attempts: 2 });
    });
  });

  it('is sent on time though the job of its first attempt waits for an hour', async () => {
    const publisher = await start({ role: 'api' });
    const customer = await publisher.customer();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const {
      eventIds: [id = ''],
    } = await customer.emit();
    await withQueue(publisher, async (queue) => {
      const job = await jobOf(queue, id);
      const { name, data, opts } = job;
      await job.remove();
      await queue.add(name, data, { ...opts, delay: 3_600_000 });
    });
    await start();
    expect(await publisher.settled(id, 10_000)).toMatchObject({ status: 'SENT', attempts: 1 });
  });

  it('ends SENT or FAILED at the right attempt when the queue is wiped again and again, retries pending', async () => {
    const service = await start();
    const customer = await service.customer();
    const scripts = [[500, 200], [500, 500, 200], [500]] as const;
    const expected = [
      { status: 'SENT', attempts: ['1', '2'] },
      { status: 'SENT', attempts: ['1', '2', '3'] },
      { status: 'FAILED', attempts: ['1', '2', '3'] },
    ];
    const seen = new Map<string, number>();
    const receivers = await Promise.all(
      scripts.map((script) =>
        recordingReceiver(({ headers }) => {
          const id = String(headers['x-webhook-id']);
          const times = seen.get(id) ?? 0;
          seen.set(id, times + 1);
          return script[Math.min(times, script.length - 1)] ?? 500;
        }),
      ),
    );
    for (const { url } of receivers) await customer.endpoint(url);
    const ids = await emitMany(customer, 10);
    for (const attempts of [1, 2]) {
      await waitFor(`attempt ${attempts} of all is recorded`, async () => {
        const [row] = await service.sql<{ behind: number }>(
          `SELECT count(*)::int AS behind FROM webhooks."WebhookEvent" WHERE status = 'PENDING' AND attempts < $1`,
          attempts,
        );
        return row?.behind === 0;
      });
      await wipeQueue(service, backend);
    }

    await Promise.all(ids.map((id) => service.settled(id, 20_000)));
    for (const [index, receiver] of receivers.entries()) {
      const { status, attempts } = expected[index]!;
      const arrived = attemptsById(receiver);
      expect(arrived.size).toBe(10);
      for (const [id, numbers] of arrived) {
        expect(numbers).toEqual(attempts);
        expect(await service.event(id)).toMatchObject({ status, attempts: attempts.length, nextAttemptAt: null });
      }
    }
    const [log] = await service.sql('SELECT count(*)::int AS attempts FROM webhooks."WebhookAttempt"');
    expect(log).toEqual({ attempts: 10 * (2 + 3 + 3) });
  });

  it('is delivered when its job was lost before any worker saw it', async () => {
    const api = await start({ role: 'api' });
    const customer = await api.customer();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const ids = await emitMany(customer, 20);
    await withQueue(api, async (queue) => {
      await waitFor('jobs for all of them', async () => {
        const jobs = await queue.getWaiting();
        return jobs.reduce((sum, job) => sum + deliveriesOf(job), 0) === 20;
      });
      await wipeQueue(api, backend);
      expect(await queue.getWaitingCount()).toBe(0);
    });
    const worker = await start({ role: 'worker' });
    for (const id of ids) expect(await worker.settled(id)).toMatchObject({ status: 'SENT', attempts: 1 });
    expect(receiver.ids().sort()).toEqual([...ids].sort());
  });

  it('of a publisher, which has no queue, is delivered by a worker', async () => {
    const publisher = await start({ role: 'publisher', redisUrl: undefined });
    const customer = await publisher.customer();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const ids = await emitMany(customer, 5);
    await start({ role: 'worker' });
    for (const id of ids) expect(await publisher.settled(id)).toMatchObject({ status: 'SENT', attempts: 1 });
    // A worker that is running finds later ones at its next sweep.
    const { eventIds } = await customer.emit();
    expect(await publisher.settled(eventIds[0]!, 2_000)).toMatchObject({ status: 'SENT' });
    expect(receiver.requests).toHaveLength(6);
  });

  it('is tried again although somebody removed the job of its retry', async () => {
    const service = await start();
    const customer = await service.customer();
    const receiver = await recordingReceiver([500, 200]);
    await customer.endpoint(receiver.url);
    const [id] = await emitMany(customer, 1);
    await withQueue(service, async (queue) => (await jobOf(queue, id!, { state: 'delayed' })).remove());
    expect(await service.settled(id!)).toMatchObject({ status: 'SENT', attempts: 2 });
    expect(attemptsById(receiver).get(id!)).toEqual(['1', '2']);
  });

  it('is delivered although its job stalled out in the hands of a dead worker', async () => {
    const api = await start({ role: 'api' });
    const customer = await api.customer();
    const receiver = await recordingReceiver();
    await customer.endpoint(receiver.url);
    const factory = api.app.get(QueueFactory);
    let isTaken = false;
    const dead = factory.createWorker(
      DELIVERY_QUEUE,
      () => {
        isTaken = true;
        return new Promise(() => undefined);
      },
      { lockDuration: 300, stalledInterval: 100, maxStalledCount: 1_000 },
    );
    dead.on('error', () => undefined);
    void dead.run();
    const [id] = await emitMany(customer, 1);
    await waitFor('the worker has the job', () => isTaken);
    await dead.close(true);

    const reaper = factory.createWorker(DELIVERY_QUEUE, () => Promise.reject(new Error('not meant for the reaper')), {
      maxStalledCount: 0,
      stalledInterval: 100,
      lockDuration: 300,
    });
    reaper.on('error', () => undefined);
    const stalledOut = new Promise<string>((resolve) => reaper.on('failed', (_, error) => resolve(error.message)));
    void reaper.run();
    expect(await stalledOut).toMatch(/stalled/);
    await reaper.close();
    expect(await api.event(id!)).toMatchObject({ status: 'PENDING', attempts: 0 });

    await start({ role: 'worker' });
    expect(await api.settled(id!)).toMatchObject({ status: 'SENT', attempts: 1 });
    expect(receiver.requests).toHaveLength(1);
  });

  it('is delivered once however often it is enqueued', async () => {
    const api = await start({ role: 'api' });
    const customer = await api.customer();
    const receiver = await recordingReceiver();
    const { id: endpointId } = await customer.endpoint(receiver.url);
    const [id] = await emitMany(customer, 1);
    const again = { id: id!, customerId: customer.id, endpointId, round: 0, attempts: 3, delayMs: 0, made: 0 };
    const addTwice = () => api.app.get(DeliveryQueue).add([again, again]);
    await Promise.all([addTwice(), addTwice(), addTwice()]);
    await withQueue(api, async (queue) => {
      expect(await queue.getWaitingCount()).toBe(1);
      await start({ role: 'worker' });
      await api.settled(id!);
      // Now the job is gone and its id free: what is added looks at the row and finds nothing to do.
      await addTwice();
      await addTwice();
      await queueIsEmpty(queue);
    });
    expect(receiver.requests).toHaveLength(1);
    expect(await api.event(id!)).toMatchObject({ status: 'SENT', attempts: 1 });
  });

  it('is not tried early by a job that comes early', async () => {
    const service = await start({ delivery: { ...delivery, leaseMs: 60_000 } });
    const customer = await service.customer();
    const receiver = await recordingReceiver([{ status: 503, headers: { 'Retry-After': '2' } }, 200]);
    const { id: endpointId } = await customer.endpoint(receiver.url);
    const [id] = await emitMany(customer, 1);
    await withQueue(service, async (queue) => {
      await (await jobOf(queue, id!, { state: 'delayed' })).remove();
      await service.app
        .get(DeliveryQueue)
        .add([{ id: id!, customerId: customer.id, endpointId, round: 0, attempts: 2, delayMs: 0, made: 1 }]);
      await jobOf(queue, id!, { state: 'delayed' });
    });
    const [first, second] = await receiver.arrivals(2);
    expect(second!.arrivedAt - first!.answeredAt!).toBeGreaterThanOrEqual(1_950);
    expect(await service.settled(id!)).toMatchObject({ status: 'SENT', attempts: 2 });
  });

  it('is not cut short when the service stops: the attempt under way is finished and written down', async () => {
    const service = await start();
    const customer = await service.customer();
    let answer: (() => void) | undefined;
    const answered = new Promise<200>((resolve) => (answer = () => resolve(200)));
    const receiver = await recordingReceiver(() => answered);
    await customer.endpoint(receiver.url);
    const [id] = await emitMany(customer, 1);
    await receiver.arrivals(1);
    const reader = await start({ role: 'publisher', redisUrl: undefined });
    const closing = service.app.close();
    answer?.();
    await closing;
    expect(await reader.event(id!)).toMatchObject({ status: 'SENT', attempts: 1 });
  });
});

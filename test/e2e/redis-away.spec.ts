import { describeWithOwnRedis, openBackend, type Backend } from '../support/process-backends';
import { call, clientOf, createCustomer } from '../support/process-client';
import { recordArrivals } from '../support/process-receiver';
import { endProcesses, makeDataDir, startService, stop } from '../support/process-service';
import { closeReceivers } from '../support/receivers';
import { startRedis, type TestRedis } from '../support/redis';

describeWithOwnRedis('while Redis is away', () => {
  let backend: Backend;
  const started: TestRedis[] = [];

  beforeEach(async () => {
    backend = await openBackend(false);
  });

  afterEach(async () => {
    await endProcesses();
    await closeReceivers();
    await backend.drop();
    await Promise.all(started.splice(0).map((redis) => redis.stop()));
  });

  async function newRedis(): Promise<TestRedis> {
    const redis = await startRedis();
    started.push(redis!);
    return redis!;
  }

  it('emits are accepted at once, the service stops in good order, and another Redis is as good as the first', async () => {
    const env = { DATA_DIR: await makeDataDir(), ...backend.env, WEBHOOK_LEASE_MS: '1000' };
    const first = await newRedis();
    const service = await startService({ ...env, REDIS_URL: first.url });
    const { apiKey } = await createCustomer(env);
    const client = clientOf(service.url, apiKey.key);
    const receiver = await recordArrivals(({ attempt }) => (attempt === 1 ? 500 : 200));
    await client.post('/webhook-endpoints', { url: receiver.url });
    const promised: string[] = [];
    const emit = async (): Promise<void> => {
      const startedAt = performance.now();
      const { status, body } = await client.post('/webhook-events', { event: 'message.sent', data: {} });
      expect(status).toBe(202);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      promised.push(...(body.eventIds as string[]));
    };
    await emit();
    // Its second attempt waits in a Redis that loses everything.
    await receiver.expectArrivals(1);
    await first.stop();
    for (let n = 0; n < 3; n += 1) await emit();
    const ready = await call('GET', `${service.url}/health/ready`);
    expect(ready).toMatchObject({ status: 503, body: { error: { queue: { status: 'down' } } } });

    const stoppedAt = performance.now();
    expect(await stop(service)).toEqual({ code: 0, signal: null });
    expect(performance.now() - stoppedAt).toBeLessThan(5_000);
    expect(service.output.stdout).not.toContain('Some attempts were still under way');
    expect(service.output.stderr).toBe('');

    const second = await newRedis();
    const next = clientOf((await startService({ ...env, REDIS_URL: second.url })).url, apiKey.key);
    for (const id of promised) expect(await next.settled(id)).toMatchObject({ status: 'SENT', attempts: 2 });
    const seen = receiver.arrivals.map(({ id, attempt }) => `${id} ${attempt}`).sort();
    expect(seen).toEqual(promised.flatMap((id) => [`${id} 1`, `${id} 2`]).sort());
  });
});

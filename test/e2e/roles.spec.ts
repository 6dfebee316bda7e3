import { describeBackends, type Backend } from '../support/process-backends';
import { call, clientOf, createCustomer } from '../support/process-client';
import { checkFirstDelivery } from '../support/process-first-delivery';
import { recordArrivals } from '../support/process-receiver';
import { endProcesses, makeDataDir, runCli, startService, stop } from '../support/process-service';
import { closeReceivers } from '../support/receivers';

describeBackends('an API and a worker in two processes', (openBackend) => {
  let backend: Backend;

  beforeEach(async () => {
    backend = await openBackend();
  });

  afterEach(async () => {
    await endProcesses();
    await closeReceivers();
    await backend.drop();
  });

  it('the API answers and the worker delivers, with exact bytes, headers and times', async () => {
    const env = { DATA_DIR: await makeDataDir(), ...backend.env };
    const { customerId, apiKey } = await createCustomer(env);
    const [api, worker] = await Promise.all([
      startService({ ...env, ROLE: 'api' }),
      startService({ ...env, ROLE: 'worker' }),
    ]);
    // A worker answers for its health, and has no API.
    expect(await call('GET', `${worker.url}/health/ready`)).toMatchObject({ status: 200 });
    expect(await call('GET', `${worker.url}/me`, apiKey.key)).toMatchObject({ status: 404 });
    await checkFirstDelivery(api.url, apiKey.key);

    const receiver = await recordArrivals();
    const client = clientOf(api.url, apiKey.key);
    await client.post('/webhook-endpoints', { url: receiver.url });
    const triggered = await runCli(['trigger', '--customer', customerId, '--json'], env);
    expect(triggered).toMatchObject({ code: 0, stderr: '' });
    const [arrival] = await receiver.expectArrivals(1);
    expect(JSON.parse(triggered.stdout).eventIds).toContain(arrival!.id);
    expect(arrival).toMatchObject({ attempt: 1, data: { content: 'Hello!' } });
  });

  it('what the API accepts while no worker runs is delivered when one starts', async () => {
    const env = { DATA_DIR: await makeDataDir(), ...backend.env };
    const { apiKey } = await createCustomer(env);
    const api = await startService({ ...env, ROLE: 'api' });
    const client = clientOf(api.url, apiKey.key);
    const receiver = await recordArrivals();
    await client.post('/webhook-endpoints', { url: receiver.url });
    const emitted = await client.post('/webhook-events', { event: 'chatbot.updated', data: { chatbotId: 'b' } });
    const [eventId] = emitted.body.eventIds as [string];
    expect((await client.get(`/webhook-events/${eventId}`)).body).toMatchObject({ status: 'PENDING', attempts: 0 });
    expect(await stop(api)).toEqual({ code: 0, signal: null });

    await startService({ ...env, ROLE: 'worker' });
    expect(await receiver.expectArrivals(1)).toMatchObject([{ id: eventId, attempt: 1, data: { chatbotId: 'b' } }]);
  });
});

import { join } from 'node:path';
import { Client } from 'pg';
import { describeBackends, type Backend } from '../support/process-backends';
import { clientOf, createCustomer } from '../support/process-client';
import { recordArrivals } from '../support/process-receiver';
import { endProcesses, makeDataDir, startService } from '../support/process-service';
import { closeReceivers } from '../support/receivers';

const KILL_AT_ENQUEUE = join(__dirname, '../support/process-kill-at-enqueue.js');

describeBackends('killed between commit and enqueue', (openBackend) => {
  let backend: Backend;

  beforeEach(async () => {
    backend = await openBackend();
  });

  afterEach(async () => {
    await endProcesses();
    await closeReceivers();
    await backend.drop();
  });

  it('delivers after the next start what was committed', async () => {
    const env = { DATA_DIR: await makeDataDir(), ...backend.env, WEBHOOK_LEASE_MS: '1000' };
    const { apiKey } = await createCustomer(env);
    const receiver = await recordArrivals();

    const doomed = await startService({ ...env, NODE_OPTIONS: `--require ${KILL_AT_ENQUEUE}` });
    const client = clientOf(doomed.url, apiKey.key);
    await client.post('/webhook-endpoints', { url: receiver.url });
    const data = { conversationId: 'c-1' };
    await expect(client.post('/webhook-events', { event: 'conversation.closed', data })).rejects.toThrow(
      'fetch failed',
    );
    expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    const [row, ...others] = await rowsOf(backend);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ status: 'PENDING', attempts: 0 });
    expect(receiver.arrivals).toEqual([]);

    const next = await startService(env);
    const delivery = await clientOf(next.url, apiKey.key).settled(row!.id);
    expect(delivery).toMatchObject({ status: 'SENT', attempts: 1 });
    expect(receiver.arrivals).toMatchObject([{ id: row!.id, attempt: 1, data }]);
  });
});

async function rowsOf({ databaseUrl }: Backend): Promise<{ id: string; status: string; attempts: number }[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const sql = 'SELECT id, status, attempts FROM webhooks."WebhookEvent"';
    return (await client.query<{ id: string; status: string; attempts: number }>(sql)).rows;
  } finally {
    await client.end();
  }
}

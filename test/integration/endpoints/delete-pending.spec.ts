import { Client } from 'pg';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

describe('deleting an endpoint while its deliveries are worked on', () => {
  let service: TestService;
  let customer: TestCustomer;
  beforeAll(async () => {
    service = await startService({ delivery: { reconcileIntervalMs: 100 } });
  });
  beforeEach(async () => {
    customer = await service.customer();
  });
  afterAll(() => service.stop());

  const paused = async (): Promise<string> => {
    const { id } = await customer.endpoint('http://127.0.0.1:9/hook');
    await customer.request('patch', `/webhook-endpoints/${id}`, { isActive: false }).expect(200);
    return id;
  };

  it('neither waits for a worker that writes an attempt down, nor stands in its way', async () => {
    const id = await paused();
    const [eventId] = (await customer.emit()).eventIds;
    const worker = new Client({ connectionString: service.database.url });
    await worker.connect();
    try {
      // As a worker does in one statement: first the delivery, then its endpoint.
      await worker.query('BEGIN');
      await worker.query('UPDATE webhooks."WebhookEvent" SET "lastError" = \'HTTP 500\' WHERE id = $1', [eventId]);
      const deleted = customer.request('delete', `/webhook-endpoints/${id}`).then(({ status }) => status);
      await waitFor('the endpoint is being deleted', async () => {
        const [row] = await service.sql<{ waits: boolean }>(
          `SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) OR
                  EXISTS (SELECT FROM webhooks."WebhookEndpoint" WHERE id = $1 AND "deletedAt" IS NOT NULL) AS waits`,
          id,
        );
        return row?.waits;
      });
      await worker.query('UPDATE webhooks."WebhookEndpoint" SET "failingSince" = now() WHERE id = $1', [id]);
      await worker.query('COMMIT');
      expect(await deleted).toBe(204);
    } finally {
      await worker.end();
    }
    expect(await service.settled(eventId!)).toMatchObject({ status: 'FAILED', lastError: 'endpoint deleted' });
  });

  it('gives up a large backlog: longer than one transaction may take', async () => {
    const id = await paused();
    const { messageId } = await customer.emit();
    await service.sql(
      `INSERT INTO webhooks."WebhookEvent" (id, "customerId", "endpointId", "messageId", url, event, payload, "heldReason")
       SELECT gen_random_uuid(), $1, $2, $3, 'http://127.0.0.1:9/hook', 'message.received', '{}', 'endpoint paused'
         FROM generate_series(1, 3000)`,
      customer.id,
      id,
      messageId,
    );
    // A database that takes its time: a millisecond and a half for each row.
    await service.sql(`CREATE FUNCTION webhooks.slowly() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(0.0015); RETURN NEW; END $$`);
    await service.sql(`CREATE TRIGGER slowly BEFORE UPDATE ON webhooks."WebhookEvent"
      FOR EACH ROW WHEN (NEW.status = 'FAILED') EXECUTE FUNCTION webhooks.slowly()`);
    await customer.request('delete', `/webhook-endpoints/${id}`).expect(204);
    await waitFor(
      'all are FAILED',
      async () => {
        const [left] = await service.sql<{ count: number }>(
          `SELECT count(*)::int AS count FROM webhooks."WebhookEvent" WHERE "endpointId" = $1 AND status <> 'FAILED'`,
          id,
        );
        return left?.count === 0;
      },
      20_000,
    );
  });
});

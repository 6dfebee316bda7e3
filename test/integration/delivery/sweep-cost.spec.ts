import { AdmissionRepository } from '../../../src/webhooks/delivery/admission.repository';
import { startService, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(60_000);

let service: TestService;
beforeAll(async () => {
  // Nothing sweeps but the test.
  service = await startService({ role: 'api' });
});
afterAll(() => service.stop());

it('a sweep reads what is due, not all that waits for a retry', async () => {
  const customer = await service.customer();
  const { id } = await customer.endpoint('http://127.0.0.1:9/hook');
  const { messageId } = await customer.emit();
  await service.sql(
    `INSERT INTO webhooks."WebhookEvent" (id, "customerId", "endpointId", "messageId", url, event, payload, "nextAttemptAt", "enqueueAfter")
     SELECT gen_random_uuid(), $1, $2, $3, 'http://127.0.0.1:9/hook', 'message.received', '{}',
            now() + interval '1 hour', now() + interval '1 hour' FROM generate_series(1, 20000)`,
    customer.id,
    id,
    messageId,
  );
  await service.sql('VACUUM ANALYZE webhooks."WebhookEvent"');
  const index = async (): Promise<{ scans: number; read: number }> => {
    const [row] = await service.sql<{ scans: number; read: number }>(
      `SELECT idx_scan::int AS scans, idx_tup_read::int AS read FROM pg_stat_user_indexes WHERE indexrelname = 'WebhookEvent_due_idx'`,
    );
    return row ?? { scans: 0, read: 0 };
  };
  const before = await index();
  expect(await service.app.get(AdmissionRepository, { strict: false }).claimDue()).toEqual([]);
  const after = await waitFor(
    'the scan is counted',
    async () => {
      const now = await index();
      return now.scans > before.scans && now;
    },
    40_000,
  );
  expect(after.read - before.read).toBeLessThan(100);
});

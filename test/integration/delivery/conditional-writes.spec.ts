import { randomUUID } from 'node:crypto';
import { AdmissionRepository } from '../../../src/webhooks/delivery/admission.repository';
import { DeliveryRepository } from '../../../src/webhooks/delivery/delivery.repository';
import type { AttemptRecord } from '../../../src/webhooks/delivery/delivery.types';
import { failedAttempt } from '../../support/failed-attempt';
import { startService, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

let service: TestService;
let repository: DeliveryRepository;
let id: string;
let endpointId: string;
let record: AttemptRecord;

beforeAll(async () => {
  // Nobody delivers here but the test.
  service = await startService({ role: 'publisher' });
  repository = service.app.get(DeliveryRepository);
});
beforeEach(async () => {
  const customer = await service.customer();
  endpointId = (await customer.endpoint('https://hooks.example.com/in')).id;
  id = (await customer.emit()).eventIds[0]!;
  record = failedAttempt({ eventId: id, customerId: customer.id, endpointId, url: 'https://hooks.example.com/in' });
});
afterAll(() => service.stop());

const log = () =>
  service.sql<{ attempt: number }>('SELECT attempt FROM webhooks."WebhookAttempt" WHERE "eventId" = $1 ORDER BY 1', id);

async function expectUnchanged(write: () => Promise<unknown>): Promise<void> {
  const [row, attempts] = [await service.event(id), await log()];
  await write();
  expect(await service.event(id)).toEqual(row);
  expect(await log()).toEqual(attempts);
}

describe('a worker’s record of an attempt', () => {
  it('is written with its log when the row is as the worker saw it', async () => {
    expect(await repository.record([record])).toEqual([{ id, othersWait: false }]);
    const row = await service.event(id);
    expect(row).toMatchObject({ status: 'PENDING', attempts: 1, lastError: 'HTTP 500', processedAt: null });
    const wait = row.nextAttemptAt!.getTime() - Date.now();
    expect(wait).toBeGreaterThan(500);
    expect(wait).toBeLessThanOrEqual(1_000);
    expect(await log()).toEqual([{ attempt: 1 }]);
  });

  it.each<[string, Partial<AttemptRecord>]>([
    ['of an attempt that was recorded before', { expectedAttempts: 0 }],
    ['of an attempt that nobody has come to', { expectedAttempts: 2 }],
    ['of an earlier round', { expectedAttempts: 1, round: -1 }],
    ['of a later round', { expectedAttempts: 1, round: 1 }],
    ['of a delivery that is not there', { expectedAttempts: 1, eventId: randomUUID() }],
  ])('%s changes nothing', async (_, changes) => {
    await repository.record([record]);
    const stale: AttemptRecord = { ...record, status: 'SENT', error: null, nextDelayMs: null, ...changes };
    await expectUnchanged(async () => expect(await repository.record([stale])).toEqual([]));
  });

  it.each(['SENT', 'FAILED'] as const)('of a delivery that is %s already changes nothing', async (status) => {
    await repository.record([{ ...record, status, nextDelayMs: null }]);
    for (const expectedAttempts of [0, 1]) {
      await expectUnchanged(async () => expect(await repository.record([{ ...record, expectedAttempts }])).toEqual([]));
    }
  });

  it('of a row that was released into a new round meanwhile changes nothing', async () => {
    await service.sql('UPDATE webhooks."WebhookEvent" SET round = 1 WHERE id = $1', id);
    await expectUnchanged(async () => expect(await repository.record([record])).toEqual([]));
    await expectUnchanged(() => repository.hold(id, 0, 'endpoint paused'));
    await expectUnchanged(() => repository.fail(id, 0, 'endpoint deleted'));
  });

  it('is written by one of two workers that come at once', async () => {
    const writes = await Promise.all(Array.from({ length: 8 }, () => repository.record([record])));
    expect(writes.filter((written) => written.some((row) => row.id === id))).toHaveLength(1);
    expect(await service.event(id)).toMatchObject({ attempts: 1 });
    expect(await log()).toEqual([{ attempt: 1 }]);
  });

  it('takes the stale ones of a batch out and writes the others', async () => {
    const other = { ...record, eventId: randomUUID() };
    expect(await repository.record([other, record])).toEqual([{ id, othersWait: false }]);
    expect(await log()).toEqual([{ attempt: 1 }]);
  });

  it('keeps the last error when the attempt succeeds', async () => {
    await repository.record([record]);
    const success: AttemptRecord = { ...record, expectedAttempts: 1, status: 'SENT', error: null, nextDelayMs: null };
    expect(await repository.record([success])).toEqual([{ id, othersWait: false }]);
    const row = await service.event(id);
    expect(row).toMatchObject({
      status: 'SENT',
      attempts: 2,
      lastError: 'HTTP 500',
      nextAttemptAt: null,
      enqueueAfter: null,
    });
    expect(row.processedAt).not.toBeNull();
  });
});

describe('the sweep', () => {
  const due = (changes: string) => service.sql(`UPDATE webhooks."WebhookEvent" SET ${changes} WHERE id = $1`, id);
  const claimed = async () => (await service.app.get(AdmissionRepository).claimDue()).filter((row) => row.id === id);

  it('takes a row once per lease', async () => {
    const { customerId } = record;
    const found = { id, customerId, endpointId, round: 0, attempts: 3, delayMs: 0, made: 0, mayBeDelayed: false };
    expect(await claimed()).toEqual([found]);
    expect(await claimed()).toEqual([]);
    await repository.endLease([id]);
    expect(await claimed()).toHaveLength(1);
  });

  it('tells how long the row still has to wait, and how much of its budget is used', async () => {
    await due(`attempts = 5, "roundStart" = 4, round = 2, "nextAttemptAt" = now() + interval '10 s'`);
    const [row] = await claimed();
    expect(row).toMatchObject({ id, round: 2, attempts: 2 });
    expect(row!.delayMs).toBeGreaterThan(9_000);
    expect(row!.delayMs).toBeLessThanOrEqual(10_000);
    const { enqueueAfter, nextAttemptAt } = await service.event(id);
    expect(enqueueAfter!.getTime()).toBeGreaterThan(nextAttemptAt!.getTime());
  });

  it.each([
    ['held', `"enqueueAfter" = NULL, "nextAttemptAt" = NULL, "heldReason" = 'endpoint paused'`],
    ['SENT', `status = 'SENT'`],
    ['FAILED', `status = 'FAILED'`],
    ['leased', `"enqueueAfter" = now() + interval '1 min'`],
  ])('leaves a row alone that is %s', async (_, changes) => {
    await due(changes);
    expect(await claimed()).toEqual([]);
  });

  it('by many nodes at once takes each row once', async () => {
    const sweeps = await Promise.all(Array.from({ length: 8 }, () => claimed()));
    expect(sweeps.flat()).toHaveLength(1);
  });

  it('admits rows that are held although their endpoint is active', async () => {
    await due(`"enqueueAfter" = NULL, "nextAttemptAt" = NULL, "heldReason" = 'endpoint paused'`);
    const admission = service.app.get(AdmissionRepository);
    expect(await admission.findWaitingEndpoints()).toContain(endpointId);
    const { customerId } = record;
    const admitted = { id, customerId, endpointId, round: 0, attempts: 3, delayMs: 0, made: 0 };
    expect(await admission.admit([endpointId])).toEqual([admitted]);
    expect(await service.event(id)).toMatchObject({ round: 0, heldReason: null });
    expect(await admission.findWaitingEndpoints()).not.toContain(endpointId);
  });
});

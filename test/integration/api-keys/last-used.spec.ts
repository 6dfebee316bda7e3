import { VerificationRepository } from '../../../src/webhooks/verification/verification.repository';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

let service: TestService;

beforeEach(async () => {
  service = await startService();
  await service.sql(`
    CREATE TABLE public.uses (key uuid, at timestamptz);
    CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO public.uses VALUES (NEW.id, NEW."lastUsedAt"); RETURN NEW; END $$;
    CREATE TRIGGER note AFTER UPDATE OF "lastUsedAt" ON webhooks."APIKey"
      FOR EACH ROW EXECUTE FUNCTION public.note();
  `);
});
afterEach(() => service.stop());

const use = (customer: TestCustomer, times: number) =>
  Promise.all(Array.from({ length: times }, () => customer.request('get', '/me').expect(200)));

const writes = ({ keyId }: TestCustomer) =>
  service.sql<{ at: Date }>('SELECT at FROM public.uses WHERE key = $1 ORDER BY at', keyId);

async function lastUsedAt({ keyId }: TestCustomer, at = service): Promise<Date | null | undefined> {
  const [row] = await at.sql<{ at: Date | null }>(
    'SELECT "lastUsedAt" AS at FROM webhooks."APIKey" WHERE id = $1',
    keyId,
  );
  return row?.at;
}

it('[key 25] lastUsedAt is written behind, once for many requests, and the rest when the service stops', async () => {
  const [busy, other, idle] = [await service.customer(), await service.customer(), await service.customer()];
  const before = Date.now();
  await use(busy, 50);
  const first = await waitFor('lastUsedAt of the busy key', () => lastUsedAt(busy));
  expect(first.getTime()).toBeGreaterThanOrEqual(before);

  await use(busy, 50);
  await use(other, 1);
  // The flush that writes the other key's time has passed the busy key by.
  await waitFor('lastUsedAt of the other key', () => lastUsedAt(other));
  expect(await writes(busy)).toHaveLength(1);
  const { body } = await idle.request('get', `/api-keys/${idle.keyId}`).expect(200);
  expect(body.lastUsedAt).toBeNull();

  const reader = await startService({ database: service.database });
  try {
    await service.app.close();
    const last = await lastUsedAt(busy, reader);
    expect(last!.getTime()).toBeGreaterThan(first.getTime());
    expect(await reader.sql('SELECT 1 FROM public.uses WHERE key = $1', busy.keyId)).toHaveLength(2);
    expect(await lastUsedAt(idle, reader)).not.toBeNull();
  } finally {
    await reader.close();
  }
});

it('[key 25] lastUsedAt never goes back: an older time changes nothing', async () => {
  const customer = await service.customer();
  const repository = service.app.get(VerificationRepository);
  const noted = { ip: null, userAgent: null, permissions: [] };
  const [older, newer] = [new Date('2030-01-01T00:00:00Z'), new Date('2030-01-01T00:00:01Z')];
  await repository.writeUses([{ id: customer.keyId, at: newer, ...noted }]);
  await repository.writeUses([{ id: customer.keyId, at: older, ...noted }]);
  expect(await lastUsedAt(customer)).toEqual(newer);
  expect(await writes(customer)).toHaveLength(1);
});

it('a refused request does not count as a use', async () => {
  const customer = await service.customer([]);
  await customer.request('get', '/api-keys').expect(403);
  const other = await service.customer();
  await use(other, 1);
  await waitFor('lastUsedAt of the other key', () => lastUsedAt(other));
  expect(await lastUsedAt(customer)).toBeNull();
});

it('a time that could not be written is written later', async () => {
  const customer = await service.customer();
  await service.sql('ALTER TABLE webhooks."APIKey" RENAME COLUMN "lastUsedAt" TO hidden');
  await service.sql('ALTER TABLE webhooks."APIKey" ADD COLUMN "lastUsedAt" timestamptz CHECK ("lastUsedAt" IS NULL)');
  await use(customer, 1);
  await waitFor('the failure is logged', () => service.logs.some((line) => line.includes('is not written yet')));
  await service.sql('ALTER TABLE webhooks."APIKey" DROP COLUMN "lastUsedAt"');
  await service.sql('ALTER TABLE webhooks."APIKey" RENAME COLUMN hidden TO "lastUsedAt"');
  await waitFor('lastUsedAt', () => lastUsedAt(customer));
});

import { Client } from 'pg';
import { AdmissionRepository } from '../../../src/webhooks/delivery/admission.repository';
import { DeliveryRepository } from '../../../src/webhooks/delivery/delivery.repository';
import type { AttemptRecord } from '../../../src/webhooks/delivery/delivery.types';
import { failedAttempt } from '../../support/failed-attempt';
import { nodesOf, type PlanNode } from '../../support/query-plan';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(60_000);

/** What PostgreSQL knows of, when it last counted; and what has come since. */
const DONE = 20_000;
const WAITING = 5_000;

let service: TestService;
let planner: Client;
let customer: TestCustomer;
let messageId: string;
let id: string;
let record: AttemptRecord;

beforeAll(async () => {
  // Nobody delivers here but the test.
  service = await startService({ role: 'publisher' });
  planner = new Client({ connectionString: service.database.url });
  await planner.connect();
  customer = await service.customer();
  const url = 'https://hooks.example.com/in';
  const { id: endpointId } = await customer.endpoint(url);
  const emitted = await customer.emit();
  messageId = emitted.messageId;
  id = emitted.eventIds[0]!;
  record = failedAttempt({ eventId: id, customerId: customer.id, endpointId, url });
});
afterAll(async () => {
  await planner.end();
  await service.stop();
});

/** The statement with which something is written. */
async function statementOf(write: () => Promise<unknown>): Promise<string> {
  const query = jest.spyOn(Client.prototype, 'query');
  try {
    await write();
    const texts = query.mock.calls.map(([first]) =>
      typeof first === 'string' ? first : (first as { text: string }).text,
    );
    const [text, ...others] = texts.filter((sql) => sql.includes('UPDATE') && sql.includes('"WebhookEvent"'));
    expect({ text, others }).toEqual({ text: expect.any(String), others: [] });
    return text!;
  } finally {
    query.mockRestore();
  }
}

/** The indexes by which it finds deliveries, by a plan that is made once for all values: as a prepared statement's. */
async function indexesOf(sql: string): Promise<string[]> {
  const count = Math.max(...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  await planner.query('SET plan_cache_mode = force_generic_plan');
  await planner.query(`PREPARE written AS ${sql}`);
  try {
    const values = Array.from({ length: count }, () => 'NULL').join(', ');
    const { rows } = await planner.query(`EXPLAIN (FORMAT JSON) EXECUTE written(${values})`);
    return nodesOf(rows[0]['QUERY PLAN'][0].Plan as PlanNode)
      .map((node) => node['Index Name'] ?? '')
      .filter((name) => name.startsWith('WebhookEvent_'));
  } finally {
    await planner.query('DEALLOCATE written');
  }
}

const deliveries = (): DeliveryRepository => service.app.get(DeliveryRepository);

it('an attempt is written down by the id of its row while PostgreSQL has counted nothing yet', async () => {
  const indexes = await indexesOf(await statementOf(() => deliveries().record([record])));
  expect(indexes).toContain('WebhookEvent_pkey');
});

describe('beside a backlog that PostgreSQL has not counted yet, a row is found by its id', () => {
  beforeAll(async () => {
    const fill = `INSERT INTO webhooks."WebhookEvent" (id, "customerId", "endpointId", "messageId", url, event, payload, status, "nextAttemptAt", "enqueueAfter")
       SELECT gen_random_uuid(), $1, $2, $3, 'https://hooks.example.com/in', 'message.received', '{}', $4::webhooks."WebhookStatus", now(), now() + interval '1 hour'
         FROM generate_series(1, $5::int)`;
    await service.sql('ALTER TABLE webhooks."WebhookEvent" SET (autovacuum_enabled = false)');
    await service.sql(fill, customer.id, record.endpointId, messageId, 'SENT', DONE);
    await service.sql('VACUUM ANALYZE webhooks."WebhookEvent"');
    await service.sql(fill, customer.id, record.endpointId, messageId, 'PENDING', WAITING);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['to hold a delivery', () => deliveries().hold(id, 0, 'waits')],
    ['to give it up', () => deliveries().fail(id, 0, 'gone')],
    ['to end a lease', () => deliveries().endLease([id])],
    ['to renew a lease', () => deliveries().renewLeases([id])],
    ['to begin a new round', () => deliveries().claim([{ eventId: id, round: 0 }])],
  ])('%s', async (_, write) => {
    expect(await indexesOf(await statementOf(write))).toEqual(['WebhookEvent_pkey']);
  });

  it('to write an attempt down; whether others wait, the index of those that are held tells', async () => {
    const indexes = await indexesOf(await statementOf(() => deliveries().record([record])));
    expect(indexes.toSorted()).toEqual(['WebhookEvent_held_idx', 'WebhookEvent_pkey']);
  });

  it('to admit it, when the index of those that are held has told which', async () => {
    const admissions = service.app.get(AdmissionRepository);
    const indexes = await indexesOf(await statementOf(() => admissions.admit([record.endpointId])));
    expect(indexes).toContain('WebhookEvent_pkey');
    expect(indexes.filter((name) => name === 'WebhookEvent_held_idx')).toHaveLength(1);
  });
});

import { PrismaService } from '../../../src/database/prisma.service';
import { AuditService } from '../../../src/webhooks/audit/audit.service';
import type { AuditFilter } from '../../../src/webhooks/audit/audit.types';
import { nodesOf, type PlanNode } from '../../support/query-plan';
import { startService, type TestService } from '../../support/test-service';

jest.setTimeout(120_000);

/** Rows of the customer who asks, and of all the others together. */
const OWN = 30_000;
const OTHERS = 60_000;

interface Plan extends PlanNode {
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
}

let service: TestService;

beforeAll(async () => {
  service = await startService({ role: 'api' });
  const fill = `INSERT INTO webhooks."AuditLog" (id, "customerId", "actorType", "actorId", action, "targetType", "targetId", "createdAt")
    SELECT (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - $1::int + n), 12, '0') || '70008' || substr(md5(n::text || $2), 1, 15))::uuid,
           CASE WHEN $2 = 'own' THEN 'own' ELSE 'other-' || n % 100 END,
           -- What is rare is at the old end: whoever looks for it from the new one reads everything.
           CASE WHEN n < 5 THEN 'operator' ELSE (ARRAY['user', 'api-key'])[1 + n % 2] END,
           CASE WHEN n < 5 THEN NULL WHEN n < 10 THEN 'rare' ELSE 'actor-' || n % 20 END,
           CASE WHEN n < 5 THEN 'customer.suspended' ELSE (ARRAY['endpoint.updated', 'event.resent'])[1 + n % 2] END,
           CASE WHEN n < 5 THEN 'customer' ELSE (ARRAY['endpoint', 'event'])[1 + n % 2] END,
           CASE WHEN n < 5 THEN 'own' ELSE 'target-' || n / 3 END,
           now() - ($1::int - n) * interval '1 ms'
      FROM generate_series(0, $1::int - 1) AS n`;
  await service.sql(fill, OWN, 'own');
  await service.sql(fill, OTHERS, 'others');
  await service.sql('VACUUM ANALYZE webhooks."AuditLog"');
});
afterAll(() => service.stop());

/** The statement that lists the log, as it was run. */
async function planOf(filter: AuditFilter, limit: number): Promise<Plan[]> {
  const query = jest.spyOn(service.app.get(PrismaService, { strict: false }), 'query');
  try {
    await service.app.get(AuditService, { strict: false }).list('own', filter, { limit });
    const [sql, ...values] = query.mock.calls[0]!;
    const [row] = await service.sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
      ...values,
    );
    return nodesOf(row!['QUERY PLAN'][0].Plan);
  } finally {
    query.mockRestore();
  }
}

it.each<[string, AuditFilter, string]>([
  ['nothing', {}, 'customerId_id'],
  ['a rare kind of actor', { actorType: 'operator' }, 'customerId_actorType_id'],
  ['an actor', { actorId: 'rare' }, 'customerId_actorId_id'],
  ['an actor and its kind', { actorId: 'rare', actorType: 'user' }, 'customerId_actorId_id'],
  ['a rare action', { action: 'customer.suspended' }, 'customerId_action_id'],
  ['a rare kind of target', { targetType: 'customer' }, 'customerId_targetType_id'],
  ['a target', { targetId: 'target-7' }, 'customerId_targetId_id'],
  ['a target and its kind', { targetId: 'target-7', targetType: 'endpoint' }, 'customerId_targetId_id'],
  ['what there is not', { targetId: 'nowhere' }, 'customerId_targetId_id'],
  ['a time long ago', { to: new Date(Date.now() - OWN - 3_600_000) }, '(?:customerId_id_idx|pkey)$'],
  ['a target and a frequent action', { targetId: 'target-7', action: 'event.resent' }, 'customerId_targetId_id'],
])('asked for %s, the log reads an index made for it, and hardly more than it shows', async (_, filter, index) => {
  const limit = 50;
  const nodes = await planOf(filter, limit);
  expect(nodes.map((node) => node['Node Type'])).toEqual(['Limit', 'Index Scan']);
  const [, scan] = nodes;
  expect(scan!['Index Name']).toMatch(new RegExp(`^AuditLog_${index}`));
  expect(scan!['Actual Rows']).toBeLessThanOrEqual(limit + 1);
  expect(scan!['Rows Removed by Filter'] ?? 0).toBeLessThan(limit);
});

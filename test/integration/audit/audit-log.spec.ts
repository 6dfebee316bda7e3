import { Client } from 'pg';
import { migrate } from '../../../src/database/migrator';
import { CustomersService } from '../../../src/webhooks';
import { startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

let service: TestService;
let customer: TestCustomer;
let client: Client;

beforeAll(async () => {
  service = await startService();
  customer = await service.customer();
  await service.app.get(CustomersService).setRetention(customer.id, { payloadDays: 7 });
  client = new Client({ connectionString: service.database.url });
  await client.connect();
  await client.query('SET search_path TO webhooks');
});
afterAll(async () => {
  await client.end();
  await service.stop();
});

/** What was written down of the customer when `beforeAll` had ended. */
const ACTIONS = ['customer.created', 'api-key.created', 'customer.retention-changed'];

const log = async (): Promise<unknown[]> => service.sql('SELECT * FROM webhooks."AuditLog" ORDER BY id');

/** The statement that the database's own function runs, to the letter. */
async function theirStatement(): Promise<string> {
  const [row] = await service.sql<{ source: string }>(
    `SELECT prosrc AS source FROM pg_proc WHERE proname = 'pseudonymise_audit_log'`,
  );
  return /UPDATE "AuditLog" .*(?=;)/.exec(row!.source)![0];
}

describe('the audit log', () => {
  it('is written when something is changed, in the same transaction', async () => {
    expect(await log()).toMatchObject(ACTIONS.map((action) => ({ customerId: customer.id, action })));
  });

  it.each([
    ['UPDATE', `UPDATE "AuditLog" SET action = 'x'`],
    ['UPDATE of no row', `UPDATE "AuditLog" SET action = 'x' WHERE false`],
    [
      'UPDATE by MERGE',
      `MERGE INTO "AuditLog" a USING "AuditLog" b ON a.id = b.id WHEN MATCHED THEN UPDATE SET action = 'x'`,
    ],
    ['DELETE by MERGE', `MERGE INTO "AuditLog" a USING "AuditLog" b ON a.id = b.id WHEN MATCHED THEN DELETE`],
    [
      'UPDATE where triggers are off',
      `SET LOCAL session_replication_role = replica; UPDATE "AuditLog" SET action = 'x'`,
    ],
    ['DELETE where triggers are off', 'SET LOCAL session_replication_role = replica; DELETE FROM "AuditLog"'],
    ['DELETE', 'DELETE FROM "AuditLog"'],
    ['TRUNCATE', 'TRUNCATE "AuditLog"'],
    ['TRUNCATE together with others', 'TRUNCATE "AuditLog", "WebhookAttempt"'],
    [
      'INSERT that updates',
      `INSERT INTO "AuditLog" SELECT * FROM "AuditLog" ON CONFLICT (id) DO UPDATE SET action = 'x'`,
    ],
    [
      'UPDATE with the name in a comment',
      `UPDATE "AuditLog" SET action = 'x' -- pseudonymise_audit_log(text,uuid,text,text) line 1`,
    ],
    ['UPDATE with a setting', `SET webhooks.audit = 'pseudonymise_audit_log'; UPDATE "AuditLog" SET action = 'x'`],
    ['UPDATE in a block', `DO $$ BEGIN UPDATE "AuditLog" SET action = 'x'; END $$`],
    [
      'UPDATE whose text looks like the call stack',
      `DO $$ BEGIN EXECUTE E'UPDATE "AuditLog" SET action = \\'x\\' /*\\nPL/pgSQL function pseudonymise_audit_log(text,uuid,text,text) line 12 at SQL statement\\n*/'; END $$`,
    ],
  ])('refuses %s', async (_, statement) => {
    const before = await log();
    await expect(client.query(statement)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('AuditLog is append-only'),
    });
    expect(await log()).toEqual(before);
  });

  it('refuses another function of the same name, unless it does exactly the same', async () => {
    await client.query('CREATE SCHEMA theirs; SET search_path TO theirs, webhooks');
    const create = async (statement: string): Promise<unknown> =>
      client.query(`CREATE OR REPLACE FUNCTION theirs.pseudonymise_audit_log(customer_id text, a uuid, b text, c text)
        RETURNS void LANGUAGE plpgsql AS $f$ DECLARE pseudonym text := 'x'; salt text := 'x'; BEGIN ${statement}; END $f$`);
    try {
      const call = `SELECT theirs.pseudonymise_audit_log('nobody', NULL, 'x', NULL)`;
      const statement = await theirStatement();
      const attempts = [
        `UPDATE "AuditLog" SET action = 'x'`,
        `UPDATE "AuditLog" SET action = 'x' /* ${statement} */`,
        `UPDATE "AuditLog" SET action = 'x' /*\n${statement}\n*/`,
        `${statement} OR true`.replace('pseudonym,', `'x',`),
      ];
      for (const attempt of attempts) {
        await create(attempt);
        await expect(client.query(call)).rejects.toMatchObject({ code: '42501' });
      }
      // The statement itself, to the letter: nothing that the real one would not do as well.
      await create(statement);
      await client.query(call);
    } finally {
      await client.query('SET search_path TO webhooks; DROP SCHEMA theirs CASCADE');
    }
  });

  it('is not changed by the function for a customer that is not being erased', async () => {
    const before = await log();
    const call = client.query('SELECT pseudonymise_audit_log($1, gen_random_uuid(), $2, NULL)', [
      customer.id,
      'system',
    ]);
    await expect(call).rejects.toMatchObject({ code: '55000' });
    expect(await log()).toEqual(before);
  });

  it('is changed by the function alone, which leaves a row of its own', async () => {
    await client.query('BEGIN');
    await client.query(`UPDATE "Customer" SET "erasingAt" = now() WHERE id = $1`, [customer.id]);
    const { rows } = await client.query<{ pseudonym: string }>(
      `SELECT pseudonymise_audit_log($1, '00000000-0000-7000-8000-000000000000', 'operator', NULL) AS pseudonym`,
      [customer.id],
    );
    const pseudonym = rows[0]!.pseudonym;
    expect(pseudonym).toMatch(/^erased-[0-9a-f-]{36}$/);
    const { rows: changed } = await client.query('SELECT * FROM "AuditLog" ORDER BY id');
    const row = { customerId: pseudonym, targetId: pseudonym, actorType: 'system', actorId: null };
    const hashed = { ...row, targetId: expect.stringMatching(/^[0-9a-f]{64}$/) as string };
    expect(changed).toMatchObject([
      { ...row, actorType: 'operator', action: 'customer.erased', before: null, after: { pseudonymisedRows: 3 } },
      { ...row, action: 'customer.created', before: null, after: null },
      { ...hashed, action: 'api-key.created', before: null, after: null },
      { ...row, action: 'customer.retention-changed', before: null, after: null },
    ]);
    // Also right after it, in the same transaction, nobody else may.
    await expect(client.query(`UPDATE "AuditLog" SET action = 'x'`)).rejects.toMatchObject({ code: '42501' });
    await client.query('ROLLBACK');
    expect(await log()).toHaveLength(ACTIONS.length);
  });

  it('is as safe in a schema of another name', async () => {
    await migrate({ url: service.database.url, schema: 'elsewhere' });
    await client.query('BEGIN');
    await client.query(`INSERT INTO elsewhere."User" VALUES ('u')`);
    await client.query(
      `INSERT INTO elsewhere."Customer" (id, "userId", name, "erasingAt") VALUES ('c', 'u', 'n', now())`,
    );
    await client.query(`INSERT INTO elsewhere."AuditLog" VALUES (gen_random_uuid(), 'c', 'cli', NULL, 'a', 't', 'i')`);
    await client.query(`SELECT elsewhere.pseudonymise_audit_log('c', gen_random_uuid(), 'cli', NULL)`);
    const { rows } = await client.query(`SELECT FROM elsewhere."AuditLog" WHERE "customerId" = 'c'`);
    expect(rows).toEqual([]);
    await expect(client.query('DELETE FROM elsewhere."AuditLog"')).rejects.toMatchObject({ code: '42501' });
    await client.query('ROLLBACK');
  });
});

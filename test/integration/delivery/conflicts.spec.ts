import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { startService, type TestService } from '../../support/test-service';
import { waitFor } from '../../support/wait-for';

jest.setTimeout(30_000);

it('a database that is read-only, as a standby is, is a 503 and not a 500', async () => {
  const service = await startService();
  const customer = await service.customer();
  const name = new URL(service.database.url).pathname.slice(1);
  await service.sql(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
  const others = 'datname = current_database() AND pid <> pg_backend_pid()';
  await service.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`);
  await waitFor('it can be read again', async () => (await customer.request('get', '/me')).status === 200);
  for (const [path, body] of [
    ['/webhook-events', { event: 'message.sent', data: {} }],
    ['/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' }],
  ] as const) {
    const { body: problem } = await customer.request('post', path, body).expect(503);
    expect(problem).toMatchObject({ code: 'database_unavailable' });
  }
  await service.stop();
});

/** PostgreSQL ends one of two transactions that wait for each other, and says that it may be made again. */
describe.each(['40P01', '40001'])('a statement that is ended for another’s sake (%s)', (code) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
    await service.sql(`CREATE SEQUENCE webhooks.tries`);
    await service.sql(`CREATE FUNCTION webhooks.conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('webhooks.tries') <= TG_ARGV[0]::int THEN RAISE EXCEPTION 'conflict' USING ERRCODE = '${code}'; END IF;
      RETURN NEW; END $$`);
  });
  afterEach(closeReceivers);
  afterAll(() => service.stop());

  const conflicts = async (table: string, times: number): Promise<void> => {
    await service.sql(`ALTER SEQUENCE webhooks.tries RESTART`);
    await service.sql(`CREATE OR REPLACE TRIGGER conflict BEFORE INSERT ON webhooks."${table}"
      FOR EACH ROW EXECUTE FUNCTION webhooks.conflict(${times})`);
  };

  it('an emit is made again, once', async () => {
    const customer = await service.customer();
    await conflicts('WebhookMessage', 1);
    await customer.request('post', '/webhook-events', { event: 'message.sent', data: {} }).expect(202);
    await conflicts('WebhookMessage', 1_000);
    const publish = customer.request('post', '/webhook-events', { event: 'message.sent', data: {} });
    const { body, headers } = await publish.expect(503);
    expect(body).toMatchObject({ code: 'database_conflict' });
    expect(headers['retry-after']).toBe('1');
    await conflicts('WebhookMessage', 0);
  });

  it('an attempt is written down again, not made again', async () => {
    const receiver = await recordingReceiver();
    const customer = await service.customer();
    await customer.endpoint(receiver.url);
    await conflicts('WebhookAttempt', 1);
    const [eventId] = (await customer.emit()).eventIds;
    expect(await service.settled(eventId!)).toMatchObject({ status: 'SENT', attempts: 1 });
    expect(receiver.requests).toHaveLength(1);
    await conflicts('WebhookAttempt', 0);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { call, createCustomer, type NewCustomer } from '../support/process-client';
import { recordArrivals } from '../support/process-receiver';
import {
  endProcesses,
  freePort,
  launchCli,
  makeDataDir,
  runCli,
  startService,
  stop,
  type Program,
} from '../support/process-service';
import { until } from '../support/process-until';
import { closeReceivers } from '../support/receivers';

const UUID = /^[0-9a-f-]{36}$/;

/** A parsed result, of any shape. */
type Json = ReturnType<typeof JSON.parse>;

let env: Record<string, string>;
let acme: NewCustomer;
let url: string;

beforeAll(async () => {
  env = { DATA_DIR: await makeDataDir() };
  ({ url } = await startService(env));
  acme = await createCustomer(env);
});
afterAll(async () => {
  await endProcesses();
  await closeReceivers();
});

/** Runs a command that succeeds, and says nothing but its result. */
async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, env);
  expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
  return stdout;
}

const json = async (...args: string[]): Promise<Json> => JSON.parse(await run(...args, '--json'));

/** A command of the customer's. */
const ofAcme = async (...args: string[]): Promise<Json> => json(...args, '--customer', acme.customerId);

const statusWith = async (key: string, path = '/me'): Promise<number> => (await call('GET', url + path, key)).status;

it('customers: list, show, suspend, resume, erase', async () => {
  for (const id of ['x-one', 'x-two']) {
    expect(await json('customer', 'create', '--name', id, '--id', id)).toMatchObject({ customerId: id });
  }
  const { userId } = await json('customer', 'show', 'x-one');
  const again = await json('customer', 'create', '--name', 'x-one', '--id', 'x-one');
  expect(again).toMatchObject({ customerId: 'x-one', userId });
  expect(await statusWith(again.apiKey.key)).toBe(200);
  const claim = ['customer', 'create', '--name', 'x-one', '--id', 'x-one', '--user-id', 'somebody', '--json'];
  expect(JSON.parse((await runCli(claim, env)).stderr).error.code).toBe('customer_owner_differs');

  const first = await json('customer', 'list', '--limit', '1');
  const rest = await json('customer', 'list', '--cursor', first.nextCursor);
  const listed = [...first.data, ...rest.data].map(({ id }: { id: string }) => id);
  expect(listed).toEqual([acme.customerId, 'x-one', 'x-two'].sort());
  expect(rest.nextCursor).toBeNull();

  const { id, apiKey } = { id: acme.customerId, apiKey: acme.apiKey };
  expect(await json('customer', 'suspend', id, '--reason', 'unpaid')).toMatchObject({ id, reason: 'unpaid' });
  expect(await statusWith(apiKey.key)).toBe(403);
  expect(await json('customer', 'show', id)).toMatchObject({
    id,
    name: 'Acme',
    suspendedReason: 'unpaid',
    apiKeys: 1,
    endpoints: 0,
    retention: { payloadDays: 30, eventDays: 90 },
  });
  await json('customer', 'resume', id);
  await until('the customer has its access back', 5_000, async () => (await statusWith(apiKey.key)) === 200);

  const unsure = await runCli(['customer', 'erase', 'x-one'], env);
  expect(unsure).toMatchObject({ code: 1, stdout: '', stderr: 'This cannot be undone: add --yes to do it.\n' });
  expect(await json('customer', 'erase', 'x-one', '--yes')).toEqual({ id: 'x-one', isErased: true });
  expect(await json('customer', 'erase', 'x-two', '--yes', '--no-wait')).toMatchObject({ isErased: false });
  await until('a worker erases the other', 15_000, async () => (await json('customer', 'list')).data.length === 1);
});

it('keys: create, list, show, rotate, revoke, delete, restore', async () => {
  const created = await runCli(
    ['key', 'create', '--customer', acme.customerId, '--name', 'CI', '--permission', 'webhook-events:read'].concat([
      '--label',
      'env=prod',
      '--expires',
      '30d',
      '--rate-limit',
      '100/60',
      '--json',
    ]),
    env,
  );
  const { key, ...shown } = JSON.parse(created.stdout);
  expect(shown).toMatchObject({ labels: { env: 'prod' }, rateLimit: { limit: 100, windowSeconds: 60 } });
  expect(Date.parse(shown.expiresAt) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  expect(await statusWith(key)).toBe(200);

  expect(await ofAcme('key', 'list')).toMatchObject([{ id: shown.id }, { id: acme.apiKey.id }]);
  const rotated = await ofAcme('key', 'rotate', shown.id, '--grace-seconds', '60');
  expect(rotated).toMatchObject({ permissions: ['webhook-events:read'], predecessor: { id: shown.id } });
  expect([await statusWith(key), await statusWith(rotated.key)]).toEqual([200, 200]);

  expect(await ofAcme('key', 'revoke', rotated.id)).toMatchObject({ isActive: false });
  await until('the key is refused', 5_000, async () => (await statusWith(rotated.key)) === 401);
  await ofAcme('key', 'delete', rotated.id);
  expect(await ofAcme('key', 'list', '--deleted')).toMatchObject([{ id: rotated.id }]);
  expect(await ofAcme('key', 'restore', rotated.id)).toMatchObject({ id: rotated.id, isActive: false });

  const table = await run('key', 'list', '--customer', acme.customerId);
  expect(table.split('\n')[2]).toMatch(new RegExp(`^${acme.apiKey.id}\tAcme: first key\tsk_….{4}\tactive\t\\*\t`));
  for (const text of [table, await run('key', 'show', rotated.id, '--customer', acme.customerId)]) {
    for (const secret of [key, rotated.key, acme.apiKey.key]) expect(text).not.toContain(secret);
  }
  const audit = await ofAcme('audit-log');
  expect(audit.data).toContainEqual(
    expect.objectContaining({ action: 'api-key.restored', actor: { type: 'cli', id: null } }),
  );
});

it('endpoints and events: from create to resend', async () => {
  let status = 200;
  const receiver = await recordArrivals(() => status);
  const endpoint = await ofAcme('endpoint', 'create', receiver.url, '--event', 'message.*', '--description', 'mine');
  expect(endpoint).toMatchObject({ id: expect.stringMatching(UUID), secret: expect.stringMatching(/^whsec_/) });
  expect(await ofAcme('endpoint', 'list')).toMatchObject([{ id: endpoint.id, events: ['message.*'] }]);

  expect(await ofAcme('endpoint', 'test', endpoint.id)).toMatchObject({ statusCode: 200, error: null });
  status = 500;
  const failed = await runCli(['endpoint', 'test', endpoint.id, '--customer', acme.customerId], env);
  expect(failed).toMatchObject({ code: 1, stderr: '' });
  expect(failed.stdout).toMatch(/^message\.received: HTTP 500 in \d+ ms: /);
  status = 200;

  await ofAcme('endpoint', 'pause', endpoint.id);
  const { eventIds, messageId } = await ofAcme('trigger', '--data', '{"content":"x"}');
  expect(await ofAcme('event', 'show', eventIds[0])).toMatchObject({
    status: 'PENDING',
    heldReason: 'endpoint paused',
  });
  expect(await ofAcme('endpoint', 'resume', endpoint.id)).toMatchObject({ state: 'active' });
  const sent = await until('it is sent', 15_000, async () => {
    const page = await ofAcme('event', 'list', '--status', 'SENT', '--message', messageId, '--from', '5m');
    return (page.data as { id: string }[])[0];
  });
  const text = await run('event', 'show', sent.id, '--customer', acme.customerId);
  expect(text).toContain('\npayload\t{"event":"message.received",');
  expect(text).toMatch(/\n1\t\S+Z\t\d+ ms\t200\t\n$/);

  const resent = await ofAcme('event', 'resend', sent.id);
  expect(resent).toMatchObject([{ id: sent.id }]);
  await receiver.expectArrivals(4);

  const rotated = await ofAcme('endpoint', 'rotate-secret', endpoint.id, '--overlap-seconds', '60');
  expect(rotated.secret).not.toBe(endpoint.secret);
  const shown = await run('endpoint', 'show', endpoint.id, '--customer', acme.customerId);
  for (const secret of [endpoint.secret, rotated.secret]) expect(shown).not.toContain(secret);
  expect((await runCli(['endpoint', 'delete', endpoint.id, '--customer', acme.customerId], env)).code).toBe(1);
  expect(await ofAcme('endpoint', 'delete', endpoint.id, '--yes')).toEqual({ id: endpoint.id, isDeleted: true });
  expect(await ofAcme('endpoint', 'list')).toEqual([]);
});

/** A running `listen`, at a port of its own. */
async function listen(port: number, ...options: string[]): Promise<Program> {
  const listener = launchCli(['listen', '--port', String(port), '--json', ...options], {});
  await until('the listener listens', 10_000, () => listener.output.stderr.startsWith('Listening at '));
  return listener;
}

const linesOf = ({ output }: Program): Json[] =>
  output.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Json => JSON.parse(line));

it('listen verifies and forwards to the developer’s own server, and tail shows what came of it', async () => {
  const own = await recordArrivals(() => 202);
  const port = await freePort();
  const endpoint = await ofAcme('endpoint', 'create', `http://127.0.0.1:${port}/`);
  const listener = await listen(port, '--secret', endpoint.secret, '--forward-to', own.url);
  const tail = launchCli(['tail', '--customer', acme.customerId, '--interval-ms', '200', '--json'], env);
  await until('it follows', 10_000, () => tail.output.stderr.startsWith('Following Acme.'));

  const { eventIds } = await ofAcme('trigger', '--data', '{"content":"forward me"}');
  const [arrival] = await own.expectArrivals(1);
  expect(arrival).toMatchObject({ id: eventIds[0], path: '/hook', data: { content: 'forward me' } });
  expect(arrival!.headers).toMatchObject({
    'webhook-signature': expect.stringMatching(/^v1,/),
    'x-webhook-attempt': '1',
  });
  const [received] = await until('it is printed', 5_000, () => linesOf(listener).length > 0 && linesOf(listener));
  expect(received).toMatchObject({
    id: eventIds[0],
    event: 'message.received',
    attempt: 1,
    signature: 'valid',
    status: 202,
    forwarded: { status: 202, error: null },
  });
  const followed = await until('tail shows both', 10_000, () => linesOf(tail).length >= 2 && linesOf(tail));
  expect(followed).toMatchObject([
    { type: 'event', delivery: { id: eventIds[0] } },
    { type: 'attempt', attempt: { attempt: 1, statusCode: 202 } },
  ]);

  // What nobody signed does not get through.
  expect(await call('POST', `http://127.0.0.1:${port}/`, undefined, {})).toMatchObject({ status: 401 });
  expect(own.arrivals).toHaveLength(1);
  expect(await stop(tail, 'SIGINT')).toEqual({ code: 0, signal: null });
  expect(await stop(listener, 'SIGINT')).toEqual({ code: 0, signal: null });

  const nobody = await listen(port, '--forward-to', `http://127.0.0.1:${await freePort()}/`);
  expect(await call('POST', `http://127.0.0.1:${port}/`, undefined, {})).toMatchObject({ status: 502 });
  await until('it is printed', 5_000, () => linesOf(nobody).length > 0);
  expect(linesOf(nobody)).toMatchObject(
    [{ signature: 'unchecked', forwarded: { error: /ECONNREFUSED/ as unknown } }].map(() => ({
      signature: 'unchecked',
      forwarded: { error: expect.stringContaining('ECONNREFUSED') },
    })),
  );
  await ofAcme('endpoint', 'delete', endpoint.id, '--yes');
});

it('migrations: status, and nothing to apply beside a running service', async () => {
  const { schema, applied, pending } = await json('migrations', 'status', '--check');
  expect({ schema, pending }).toEqual({ schema: 'webhooks', pending: [] });
  expect(applied.length).toBeGreaterThan(0);
  expect(await json('migrations', 'apply')).toEqual({ schema: 'webhooks', applied: [] });
});

it.each([
  ['what is no id', ['event', 'show', 'x', '--customer', 'c'], 2, /Expected a UUID/],
  [
    'no such customer',
    ['key', 'list', '--customer', 'nobody'],
    1,
    /^There is no customer with this id\. "customer list"/,
  ],
  ['a wrong cursor', ['customer', 'list', '--cursor', '?'], 1, /^cursor: must be the nextCursor/],
  [
    'a wrong permission',
    ['key', 'create', '--customer', 'c', '--name', 'x', '--permission', 'X'],
    1,
    /^permissions: each/,
  ],
])('says what to do about %s', async (_what, args, code, message) => {
  const failed = await runCli(args, env);
  expect(failed).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
  expect(failed.stderr).not.toMatch(/^ +at /m);
});

it('tells a program of an error in one line of JSON, and of a database that is away by its exit code', async () => {
  const unknown = await runCli(['customer', 'show', 'nobody', '--json'], env);
  expect(unknown).toMatchObject({ code: 1, stdout: '' });
  expect(JSON.parse(unknown.stderr)).toMatchObject({ error: { code: 'not_found' } });
  const away = { DATABASE_URL: `postgresql://x@127.0.0.1:${await freePort()}/x`, DATABASE_WAIT_MS: '100' };
  const failed = await runCli(['customer', 'list', '--json'], { ...env, ...away });
  expect(failed).toMatchObject({ code: 4, stdout: '' });
  expect(JSON.parse(failed.stderr)).toMatchObject({ error: { code: 'database_unavailable' } });
});

it.each([
  [['custmer', 'list', '--json'], {}, 2, 'usage'],
  [['--json', 'customer', 'list', '--limit', 'abc'], {}, 2, 'usage'],
  [['customer', 'list', '--json'], { DATABASE_URL: 'ftp://x' }, 1, 'settings_invalid'],
] as const)('tells a program of what is wrong with %j in one line of JSON as well', async (args, wrong, code, name) => {
  const failed = await runCli(args, { ...env, ...wrong });
  expect(failed).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^.+\n$/) });
  expect(JSON.parse(failed.stderr)).toEqual({ error: { code: name, message: expect.stringMatching(/\S/) } });
});

it('--json may be written before the command', async () => {
  expect(JSON.parse(await run('--json', 'customer', 'list'))).toMatchObject({ nextCursor: null });
});

it('prints its version', async () => {
  const { version } = JSON.parse(await readFile(join(__dirname, '../../package.json'), 'utf8'));
  for (const option of ['--version', '-V']) expect(await run(option)).toBe(`${version}\n`);
  expect(await json('--version')).toEqual({ version });
});

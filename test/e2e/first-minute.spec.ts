import { once } from 'node:events';
import { connect } from 'node:net';
import { openBackend } from '../support/process-backends';
import { call, clientOf, createCustomer } from '../support/process-client';
import { checkFirstDelivery } from '../support/process-first-delivery';
import {
  endProcesses,
  freePort,
  launchCli,
  makeDataDir,
  postgresOf,
  runCli,
  startService,
  stop,
  type Program,
} from '../support/process-service';
import { until } from '../support/process-until';
import { closeReceivers } from '../support/receivers';

const UUID = /^[0-9a-f-]{36}$/;

afterEach(async () => {
  await endProcesses();
  await closeReceivers();
});

it('makes a customer before the service was ever started, whose key works and whose event arrives', async () => {
  const env = { DATA_DIR: await makeDataDir() };
  const created = await runCli(['customer', 'create', '--name', 'Acme', '--json'], env);
  expect(created).toMatchObject({ code: 0, stderr: '' });
  expect(created.stdout).toMatch(/^\{[^\n]*\}\n$/);
  const { userId, customerId, apiKey } = JSON.parse(created.stdout);
  expect(apiKey).toEqual({
    id: expect.stringMatching(UUID),
    key: expect.stringMatching(/^sk_[A-Za-z0-9_-]{43}$/),
    name: 'Acme: first key',
    permissions: ['*'],
    isActive: true,
    createdAt: expect.any(String),
  });
  expect(await postgresOf(env.DATA_DIR)).toBeUndefined();

  const { url } = await startService(env);
  expect(await call('GET', `${url}/health/ready`)).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await call('GET', `${url}/me`, apiKey.key)).toMatchObject({
    status: 200,
    body: { user: { id: userId }, customer: { id: customerId, name: 'Acme' }, apiKey: { id: apiKey.id } },
  });
  expect(await call('GET', `${url}/audit-log`, apiKey.key)).toMatchObject({
    status: 200,
    body: {
      data: [
        { action: 'api-key.created', actor: { type: 'cli', id: null }, target: { id: apiKey.id } },
        { action: 'customer.created', actor: { type: 'cli', id: null }, target: { id: customerId } },
      ],
      nextCursor: null,
    },
  });
  await checkFirstDelivery(url, apiKey.key);
});

it('has a command line that works beside the running service', async () => {
  const env = { DATA_DIR: await makeDataDir() };
  const service = await startService(env);
  const { customerId, userId, apiKey } = await createCustomer(env);

  const issued = await runCli(['token', '--customer', customerId, '--json'], env);
  expect(issued.stderr).toBe('');
  const { token } = JSON.parse(issued.stdout);
  expect(JSON.parse(issued.stdout)).toEqual({ token, userId, customerId, expiresInSeconds: 3_600 });
  expect(await call('GET', `${service.url}/api-keys`, token)).toMatchObject({ status: 200, body: [{ id: apiKey.id }] });

  const audited = await runCli(['audit-log', '--customer', customerId, '--action', 'api-key.created'], env);
  expect(audited.stdout).toMatch(
    new RegExp(`^[-\\d]+T[\\d:.]+Z {2}api-key.created {2}${apiKey.id} {2}by cli\n {2}after `),
  );
  const page = await runCli(['audit-log', '--customer', customerId, '--limit', '1', '--json'], env);
  expect(JSON.parse(page.stdout)).toMatchObject({ data: [{ action: 'api-key.created' }] });
  expect(await runCli(['audit-log', '--customer', 'nobody'], env)).toMatchObject({ code: 1, stdout: '' });

  const knowing = await listenFor(service.url, token, (secret) => ['--secret', secret]);
  const deceived = await listenFor(service.url, token, () => ['--secret', 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']);
  const trusting = await listenFor(service.url, token, () => []);
  const triggered = await runCli(['trigger', '--customer', customerId, '--data', '{"n":1}', '--json'], env);
  expect(triggered.stderr).toBe('');
  const { eventIds } = JSON.parse(triggered.stdout);
  expect(eventIds).toHaveLength(3);
  expect(await printed(knowing)).toBe('signature valid');
  expect(await printed(deceived)).toBe('SIGNATURE INVALID (no-match)');
  expect(await printed(trusting)).toBe('signature not checked (no --secret)');

  // The service never noticed: it still owns its database, and stops as ever.
  expect(await stop(trusting, 'SIGINT')).toEqual({ code: 0, signal: null });
  expect(await stop(service)).toEqual({ code: 0, signal: null });
  expect(service.output.stderr).toBe('');
});

it('works the same on a database of the user’s own, with the command line before and beside the service', async () => {
  const backend = await openBackend(false);
  const env = { DATA_DIR: await makeDataDir(), ...backend.env };
  const [before] = await Promise.all([createCustomer(env), createCustomer(env)]);
  const { url } = await startService(env);
  const beside = await createCustomer(env);
  expect(await call('GET', `${url}/me`, before.apiKey.key)).toMatchObject({ status: 200 });
  await checkFirstDelivery(url, beside.apiKey.key);
  expect(await postgresOf(env.DATA_DIR)).toBeUndefined();
  await endProcesses();
  await backend.drop();
});

it.each([
  ['an unknown customer', 1, ['trigger', '--customer', 'nobody'], /^There is no customer with this id\. [^\n]*\n$/],
  ['data that is not JSON', 2, ['trigger', '--customer', 'c', '--data', '{'], /Expected JSON\./],
  ['an unknown command', 2, ['frobnicate'], /unknown command 'frobnicate'/],
  ['a missing name', 2, ['customer', 'create'], /required option '--name <name>' not specified/],
  ['an empty name', 1, ['customer', 'create', '--name', ''], /^name: must be a text of 1 to 255 characters[^\n]*\n$/],
])('the command line refuses %s', async (_what, exitCode, args, message) => {
  const { code, stdout, stderr } = await runCli(args, { DATA_DIR: await makeDataDir() });
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
});

it('the listener survives a sender that hangs up in the middle of its body', async () => {
  const port = await freePort();
  const listener = launchCli(['listen', '--port', String(port)], {});
  await until('the listener listens', 10_000, () => listener.output.stdout.startsWith('Listening at '));
  const socket = connect(port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na', () => socket.end());
  socket.resume();
  await once(socket, 'close');
  expect((await call('POST', `http://127.0.0.1:${port}/`, undefined, { n: 1 })).status).toBe(200);
  const second = await runCli(['listen', '--port', String(port)], {});
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr).toBe(`Port ${port} is in use: choose another one with --port.\n`);
  expect(listener.output.stderr).toBe('');
  expect(await stop(listener, 'SIGINT')).toEqual({ code: 0, signal: null });
});

/** A `listen` command as an endpoint of the customer's; `options` gets the endpoint's secret. */
async function listenFor(url: string, token: string, options: (secret: string) => string[]): Promise<Program> {
  const port = await freePort();
  const { body } = await clientOf(url, token).post('/webhook-endpoints', { url: `http://127.0.0.1:${port}/` });
  const listener = launchCli(['listen', '--port', String(port), ...options(body.secret)], {});
  await until('the listener listens', 10_000, () => listener.output.stdout.startsWith('Listening at '));
  return listener;
}

/** What the listener says about the signature of its one event. */
async function printed({ output }: Program): Promise<string> {
  const lines = await until('the event is printed', 10_000, () => {
    const [, first, second] = output.stdout.split('\n');
    return first !== undefined && second !== undefined && ([first, second] as const);
  });
  expect(lines[1]).toMatch(/^ {2}\{"event":"message\.received","timestamp":"[^"]+","data":\{"n":1\}\}$/);
  return /^message\.received {2}[0-9a-f-]{36} {2}attempt 1 {2}(.*)$/.exec(lines[0])?.[1] ?? lines[0];
}

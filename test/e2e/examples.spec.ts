import { join } from 'node:path';
import { generateSecret, sign } from '../../src/webhooks/delivery/signature';
import {
  followSteps,
  makeProjectFolder,
  openTerminal,
  removeFolders,
  replaced,
  stepsOf,
  type Step,
} from '../support/process-page';
import { call, clientOf } from '../support/process-client';
import {
  endProcesses,
  freePort,
  launch,
  makeDataDir,
  postgresOf,
  startService,
  stop,
  whenReady,
  type Program,
  type Service,
} from '../support/process-service';
import { until } from '../support/process-until';

const examples = join(__dirname, '../../examples');

jest.setTimeout(180_000);

afterEach(async () => {
  await endProcesses();
  await removeFolders();
});

/** As examples/receiver/README.md starts it. */
const startReceiver = async (secret: string, port = '0'): Promise<Service> =>
  whenReady(launch([join(examples, 'receiver/receiver.js')], { WEBHOOK_SECRET: secret, PORT: port }));

/** What `npm run example:postgres` prints. */
async function startPostgres(): Promise<string> {
  return databaseUrlOf(launch([join(examples, 'postgres.js')], { DATA_DIR: await makeDataDir() }));
}

const databaseUrlOf = ({ output }: Program): Promise<string> =>
  until('PostgreSQL runs', 60_000, () => /DATABASE_URL='(.*)'/.exec(output.stdout)?.[1]);

/** What is there when a test runs. */
const IS_INSTALLED = 'npm() { [ "$1" = ci ] || command npm "$@"; }';

it('examples/chatbot/README.md: its commands, typed in three terminals, print what it says', async () => {
  const [postgres, chatbot, ...talk] = stepsOf('examples/chatbot/README.md') as [Step, Step, ...Step[]];
  const folder = await makeProjectFolder('examples');
  const dataDir = await makeDataDir();
  const first = await openTerminal(folder, [postgres], { env: { DATA_DIR: dataDir }, before: IS_INSTALLED });
  const databaseUrl = await databaseUrlOf(first);

  const withUrl = replaced(chatbot, (text) => text.replace('DATABASE_URL=…', `DATABASE_URL='${databaseUrl}'`));
  const second = await whenReady(await openTerminal(folder, [withUrl], { env: { PORT: '0' } }));

  const port = String(await freePort());
  const steps = talk.map((step) =>
    replaced(step, (text) => text.replaceAll('localhost:4000', new URL(second.url).host).replaceAll('9000', port)),
  );
  await followSteps(await openTerminal(folder, steps, { env: { PORT: port } }));

  // Ctrl-C, as the page that starts it says.
  second.killGroup('SIGINT');
  await second.exited;
  expect(await postgresOf(dataDir)).toBeDefined();
  first.killGroup('SIGINT');
  await first.exited;
  await until('PostgreSQL has ended', 15_000, async () => (await postgresOf(dataDir)) === undefined);
});

it('examples/receiver/README.md: its commands, typed one after the other, print what it says', async () => {
  const folder = await makeProjectFolder('examples');
  const dataDir = await makeDataDir();
  const { url } = await startService({ DATA_DIR: dataDir });
  const port = String(await freePort());
  const steps = stepsOf('examples/receiver/README.md').map((step) =>
    replaced(step, (text) => text.replaceAll('localhost:3000', new URL(url).host).replaceAll('9000', port)),
  );
  expect(steps).toHaveLength(2);
  await followSteps(await openTerminal(folder, steps, { env: { DATA_DIR: dataDir, PORT: port } }));
});

it('the chatbot sends its messages to the receiver, which verifies them', async () => {
  const env = { DATABASE_URL: await startPostgres(), SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'), PORT: '0' };
  const chatbot = await whenReady(launch([join(examples, 'dist/chatbot/main.js')], env));
  expect(await call('POST', `${chatbot.url}/signup`, undefined, { name: 5 })).toMatchObject({ status: 400 });
  const { key } = (await call('POST', `${chatbot.url}/signup`, undefined, { name: 'Acme' })).body;
  const client = clientOf(chatbot.url, key);
  const port = await freePort();
  const endpoint = await client.post('/webhook-endpoints', { url: `http://127.0.0.1:${port}/`, ordered: true });
  expect(endpoint.status).toBe(201);
  const receiver = await startReceiver(endpoint.body.secret, String(port));

  const conversation = await client.post('/conversations', {});
  const messages = `/conversations/${conversation.body.id}/messages`;
  expect(await client.post(messages, { content: 'Hello!' })).toMatchObject({
    status: 201,
    body: { author: 'bot', content: 'You said: Hello!' },
  });
  expect(await client.post(`/conversations/${conversation.body.id}/rating`, { stars: 6 })).toMatchObject({
    status: 422,
    body: { code: 'event_data_invalid' },
  });
  expect(await client.post(`/conversations/${conversation.body.id}/rating`, { stars: 5 })).toMatchObject({
    status: 204,
  });
  expect(await client.post(`/conversations/${conversation.body.id}/close`, {})).toMatchObject({ status: 204 });
  expect(await client.post(messages, { content: 'Too late' })).toMatchObject({ status: 409 });

  const lines = await until('five events are printed', 15_000, () => {
    const printed = receiver.output.stdout.split('\n').slice(1, -1);
    return printed.length >= 5 && printed;
  });
  expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual([
    'conversation.created',
    'message.received',
    'message.sent',
    'conversation.rated',
    'conversation.closed',
  ]);
  expect(lines[1]).toContain('"content":"Hello!"');
  expect(await call('POST', `${chatbot.url}${messages}`, undefined, { content: 'x' })).toMatchObject({ status: 401 });
  expect(chatbot.output.stderr).toBe('');
  expect((await stop(chatbot)).code).not.toBe(1);
});

it('the receiver does its work once per id, and not at all for what is not signed', async () => {
  const secret = generateSecret();
  const receiver = await startReceiver(secret);
  const body = Buffer.from('{"event":"message.received","timestamp":"2026-01-01T00:00:00.000Z","data":{}}');
  const send = async (id: string, key = secret): Promise<number> => {
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = sign({ id, timestamp, body, secrets: [key] });
    const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
    return (await fetch(receiver.url, { method: 'POST', headers, body })).status;
  };
  expect([await send('one'), await send('one'), await send('two'), await send('three', generateSecret())]).toEqual([
    200, 200, 200, 401,
  ]);
  expect(receiver.output.stdout.split('\n').slice(1, -1)).toEqual([
    'message.received: {}',
    'again, and ignored: one',
    'message.received: {}',
    'refused: no-match',
  ]);
});

import { setTimeout as sleep } from 'node:timers/promises';
import { NotificationConnection } from '../../../src/database/notification-connection';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy';

jest.setTimeout(30_000);

let database: TestDatabase;
let proxy: TcpProxy;
const lost = jest.fn();

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  proxy = await startTcpProxy(database.url);
});
afterEach(() => proxy.close());
afterAll(() => database.drop());

const newConnection = () => new NotificationConnection(proxy.url, { notified: () => undefined, lost });

it('closes within two seconds, also when the other side does not answer any more', async () => {
  const connection = newConnection();
  expect(await connection.open(['some_channel'])).toBe(true);
  proxy.blackhole();
  const startedAt = performance.now();
  await connection.close();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

it('gives up when the other side falls silent while it is opened', async () => {
  const connection = newConnection();
  function* channels(): Generator<string> {
    proxy.blackhole();
    yield 'some_channel';
  }
  const startedAt = performance.now();
  await expect(connection.open(channels())).rejects.toThrow();
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  await connection.close();
});

it('a process that was busy for a second does not take its connection for dead', async () => {
  const connection = newConnection();
  await connection.open(['some_channel']);
  connection.startHeartbeat();
  // Busy from a moment on in which an answer is awaited.
  for (let round = 0; round < 3; round += 1) {
    await sleep(300);
    const until = performance.now() + 1_100;
    while (performance.now() < until);
  }
  await sleep(300);
  expect(lost).not.toHaveBeenCalled();
  expect(performance.now() - connection.currentAt).toBeLessThan(900);
  await connection.close();
});

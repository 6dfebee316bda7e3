import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseConnectionError, waitForDatabase } from '../../../src/database/wait-for-database';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const PASSWORD = 'do-not-show-me';

describe('waitForDatabase', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  /** The database's URL with something changed, and a password that must not be seen. */
  function changed(change: (url: URL) => void): string {
    const url = new URL(database.url);
    change(url);
    return url.href;
  }

  async function failure(url: string, timeoutMs = 0): Promise<DatabaseConnectionError> {
    const error: unknown = await waitForDatabase(url, { timeoutMs }).catch((reason: unknown) => reason);
    if (!(error instanceof DatabaseConnectionError)) throw new Error(`expected it to fail, got ${String(error)}`);
    expect(error.message).not.toContain(PASSWORD);
    expect(error.message).not.toContain('\n');
    expect(JSON.stringify(error)).not.toContain(PASSWORD);
    return error;
  }

  it('returns when the database answers', async () => {
    await waitForDatabase(database.url, { timeoutMs: 5_000 });
  });

  it.each([`mysql://bob:${PASSWORD}@db/app`, `bob:${PASSWORD}@db/app`, `postgresql://bob:${PASSWORD}@db:port/app`, ''])(
    'names the form of a URL for %j',
    async (url) => {
      const { problem, message } = await failure(url, 60_000);
      expect(problem).toBe('invalid-url');
      expect(message).toContain('expected postgresql://user:password@host:port/database');
    },
  );

  it('tells an unknown host', async () => {
    const { problem, message } = await failure(`postgresql://bob:${PASSWORD}@no-such-host.invalid/app`);
    expect(problem).toBe('host-not-found');
    expect(message).toBe('The database host "no-such-host.invalid" is not known: check the host in DATABASE_URL.');
  });

  it.each(['127.0.0.1', 'localhost'])('tells a refused connection at %s', async (host) => {
    const port = await closedPort();
    const { problem, message } = await failure(`postgresql://bob:${PASSWORD}@${host}:${port}/app`);
    expect(problem).toBe('connection-refused');
    expect(message).toBe(`No database accepts connections at ${host}:${port}: is PostgreSQL running there?`);
  });

  it('tells a wrong password at once', async () => {
    const url = changed((changing) => (changing.password = PASSWORD));
    const { problem, message } = await failure(url, 60_000);
    expect(problem).toBe('authentication');
    expect(message).toMatch(/^The database at .* refuses the user ".*": check user and password\.$/);
  });

  it('tells a missing database at once', async () => {
    const url = changed((changing) => (changing.pathname = '/nowhere'));
    const { problem, message } = await failure(url, 60_000);
    expect(problem).toBe('no-such-database');
    expect(message).toMatch(/^There is no database "nowhere" at .*: create it first\.$/);
  });

  it('tells a server that will not speak TLS', async () => {
    const url = changed((changing) => changing.searchParams.set('sslmode', 'verify-full'));
    expect(await failure(url, 60_000)).toMatchObject({ problem: 'tls' });
  });

  it('tells a server that does not answer', async () => {
    const server = createServer(() => undefined);
    const port = await listen(server, 0);
    const { problem } = await failure(`postgresql://bob:${PASSWORD}@127.0.0.1:${port}/app`, 300);
    expect(problem).toBe('timeout');
    server.close();
  });

  it('tells a PostgreSQL that is too old', async () => {
    const server = oldServer('13.9');
    const port = await listen(server, 0);
    const { problem, message } = await failure(`postgresql://bob:${PASSWORD}@127.0.0.1:${port}/app`, 60_000);
    expect(problem).toBe('too-old');
    expect(message).toBe(`The server at 127.0.0.1:${port} is PostgreSQL 13.9: version 14 or newer is needed.`);
    server.close();
  });

  it('waits for a server that comes up later', async () => {
    const port = await closedPort();
    const waiting = waitForDatabase(`postgresql://bob@127.0.0.1:${port}/app`, { timeoutMs: 10_000 });
    await sleep(300);
    const server = oldServer('14.0');
    await listen(server, port);
    await waiting;
    server.close();
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/**
 * PostgreSQL 13 is not at hand: this speaks just enough of the protocol (version 3) to say that it is one. Messages
 * are a type, a length that counts itself, and the content.
 */
function oldServer(version: string): Server {
  const message = (type: string, content: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(content.length + 4);
    return Buffer.concat([Buffer.from(type), length, content]);
  };
  const column = (name: string, type: number): Buffer => {
    const rest = Buffer.alloc(18);
    rest.writeInt32BE(type, 6);
    return Buffer.concat([Buffer.from(`${name}\0`), rest]);
  };
  const value = (text: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const two = Buffer.from([0, 2]);
  const ready = message('Z', Buffer.from('I'));
  const welcome = Buffer.concat([message('R', Buffer.alloc(4)), ready]);
  const answer = Buffer.concat([
    message('T', Buffer.concat([two, column('number', 23), column('version', 25)])),
    message('D', Buffer.concat([two, value(String(major * 10_000 + minor)), value(version)])),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ]);
  return createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(welcome);
      socket.on('data', (data) => (data[0] === 0x51 /* Q */ ? socket.write(answer) : socket.end()));
    });
  });
}

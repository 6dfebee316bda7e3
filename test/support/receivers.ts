import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A server on 127.0.0.1 that plays a customer's endpoint. */
export interface Receiver {
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: readonly Socket[];
  close(): Promise<void>;
}

const running = new Set<Receiver>();

/** Answers over HTTP. */
export function receive(listener: RequestListener): Promise<Receiver> {
  return listen(createServer(listener));
}

/** Answers whatever bytes it likes. */
export function receiveTcp(onConnection: (socket: Socket) => void): Promise<Receiver> {
  return listen(createTcpServer(onConnection));
}

/** Starts any server on a free port of 127.0.0.1, until {@link closeReceivers}. */
export async function listen(server: Server): Promise<Receiver> {
  const connections: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    connections.push(socket);
    socket.on('error', () => socket.destroy()); // The sender hangs up as it pleases.
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    port: (server.address() as AddressInfo).port,
    connections,
    close: async () => {
      running.delete(receiver);
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
  running.add(receiver);
  return receiver;
}

/** For `afterEach`: closes every receiver that is still running. */
export async function closeReceivers(): Promise<void> {
  await Promise.all([...running].map((receiver) => receiver.close()));
}

/** What the HTTP sender reports from a process with these environment variables: see send-once.js. */
export async function sendWithEnvironment(url: string, variables: Record<string, string>): Promise<unknown> {
  const program = [join(__dirname, 'send-once.js'), url];
  const env = { ...process.env, ...variables };
  const { stdout } = await promisify(execFile)(process.execPath, program, { env });
  return JSON.parse(stdout);
}

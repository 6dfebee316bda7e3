import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answerCommands } from '../support/children';
import { preciseNow } from '../support/statistics';

/**
 * The receiver of every figure. `/ok` answers at once, `/timed` as well and notes how old the event is, `/slow` answers
 * after a second, `/hang` never.
 */
let received = 0;
let firstAt = 0;
let lastAt = 0;
let ages: number[] = [];
let wanted = { count: Infinity, tell: (): void => undefined };

const server = createServer((request, response) => {
  const arrivedAt = preciseNow();
  if (request.url === '/timed') {
    noteAge(request, response, arrivedAt);
    return;
  }
  request.resume();
  if (request.url === '/hang') return;
  if (request.url === '/slow') setTimeout(() => answer(response, arrivedAt), 1_000);
  else answer(response, arrivedAt);
});
// Longer than any sender keeps a connection.
server.keepAliveTimeout = 60_000;

function answer(response: ServerResponse, arrivedAt: number): void {
  if (received === 0) firstAt = arrivedAt;
  received += 1;
  lastAt = arrivedAt;
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 11 }).end('{"ok":true}');
  if (received >= wanted.count) wanted.tell();
}

function noteAge(request: IncomingMessage, response: ServerResponse, arrivedAt: number): void {
  let text = '';
  request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  request.on('end', () => {
    const { data } = JSON.parse(text) as { data: { at: number } };
    ages.push(arrivedAt - data.at);
    answer(response, arrivedAt);
  });
}

const commands = {
  listen: async (_: null) => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
  reset: (_: null) => {
    received = 0;
    firstAt = lastAt = 0;
    ages = [];
    wanted = { count: Infinity, tell: () => undefined };
  },
  /** What arrived since the reset. */
  report: (_: null) => ({ received, firstAt, lastAt, ages }),
  /** Answers when so many have arrived since the reset. */
  arrived: (count: number) =>
    new Promise<null>((resolve) => {
      wanted = { count, tell: () => resolve(null) };
      if (received >= count) resolve(null);
    }),
};

export type ReceiverCommands = typeof commands;

answerCommands(commands);

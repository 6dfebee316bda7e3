import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatLine, type ReceiverLine } from './ledger-lines';

// `receiver.program.ts <file> <answer delay in ms>`: the customers' endpoints of a scenario, in a process of their own.
// What arrives is written to the file at once; prints its port. How it answers depends on the path.

const [, , file = '', delay = '0'] = process.argv;
const delayMs = Number(delay);

/** Lines of the same moment are written together, before anything else happens in this process. */
let waiting = '';
function write(line: ReceiverLine): void {
  if (waiting === '') setImmediate(flush);
  waiting += formatLine(line);
}
function flush(): void {
  appendFileSync(file, waiting);
  waiting = '';
}

const MEGABYTE = Buffer.alloc(1_048_576, 'x');
const HUGE_MEGABYTES = 100;

/** Behaviours that never end in a proper answer, by path. */
const HOSTILE: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  '/hang': () => undefined,
  // A status of 2xx would be a success already: what drips is the head.
  '/drip': (_response, { socket }) => {
    const left = Array.from('HTTP/1.1 200 OK');
    const timer = setInterval(() => socket.write(left.shift() ?? ' '), 1_000);
    socket.once('close', () => clearInterval(timer));
  },
  '/huge': (response) => {
    response.writeHead(500);
    let left = HUGE_MEGABYTES;
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!response.write(MEGABYTE)) return;
      }
      response.end();
    };
    response.on('drain', more);
    more();
  },
  '/reset': (_response, request) => request.socket.resetAndDestroy(),
};

function statusOf(path: string, attempt: number): number {
  if (path === '/dead') return 500;
  return path === '/flaky' && attempt === 1 ? 503 : 200;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => arrived(request, response));
});

function arrived(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '';
  const id = String(request.headers['x-webhook-id']);
  const attempt = Number(request.headers['x-webhook-attempt']);
  write({ kind: 'arrived', at: Date.now(), id, attempt, path });
  const hostile = HOSTILE[path];
  if (hostile !== undefined) {
    hostile(response, request);
    return;
  }
  const status = statusOf(path, attempt);
  response.once('close', () => {
    const kind = response.writableFinished ? 'answered' : 'cut';
    write({ kind, at: Date.now(), id, attempt, status });
  });
  setTimeout(() => response.writeHead(status).end(), delayMs);
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => {
  if (waiting !== '') flush();
  process.exit(0);
});

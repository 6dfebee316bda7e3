import { Command } from 'commander';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { verifySignature } from '../webhooks/delivery/signature';
import { wholeNumber } from './arguments';

interface ListenOptions {
  port: number;
  status: number;
  secret?: string;
}

/** `listen`: a receiver on this machine that prints what arrives. */
export const listenCommand = (): Command =>
  new Command('listen')
    .description('receive webhooks on this machine, verify and print them, until stopped')
    .option('--port <n>', 'the port', wholeNumber(0, 65_535), 9_000)
    .option('--secret <whsec_…|whpk_…>', "the endpoint's signing secret or public key: signatures are verified with it")
    .option('--status <n>', 'the HTTP status to answer with', wholeNumber(200, 599), 200)
    .action(listen);

async function listen({ port, status, secret }: ListenOptions, command: Command): Promise<void> {
  const server = createServer((request, response) => {
    // A sender that hangs up in the middle of its body is no reason to stop listening.
    receive(request, response, status, secret).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') command.error(`error: port ${port} is in use: choose another one with --port.`);
      reject(error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as { port: number };
  process.stdout.write(`Listening at http://127.0.0.1:${actual} (answers ${status}). Ctrl-C ends it.\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  server.closeAllConnections();
  server.close();
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  secret?: string,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  response.writeHead(status).end();
  const { headers } = request;
  const attempt = String(headers['x-webhook-attempt'] ?? '?');
  const event = String(headers['x-webhook-event'] ?? '?');
  const id = String(headers['x-webhook-id'] ?? '?');
  process.stdout.write(
    `${event}  ${id}  attempt ${attempt}  ${verdict(headers, body, secret)}\n  ${body.toString()}\n`,
  );
}

function verdict(headers: IncomingMessage['headers'], body: Buffer, secret?: string): string {
  if (secret === undefined) return 'signature not checked (no --secret)';
  const result = verifySignature({ headers, body, secrets: [secret] });
  return result.ok ? 'signature valid' : `SIGNATURE INVALID (${result.code})`;
}

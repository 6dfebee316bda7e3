import { InvalidArgumentError } from 'commander';
import { createServer } from 'node:http';
import { verifySignature } from '../webhooks/delivery/signature';
import { WebhooksError } from '../webhooks/webhooks.errors';
import { httpUrl, wholeNumber } from './arguments';
import { command, type JsonOption, type CommandMaker } from './common-options';
import { state, surfaceOf } from './output';
import { Receiver } from './receiver';
import { plain, renderStyled } from './table';

interface ListenOptions extends JsonOption {
  port: number;
  status: number;
  secret?: string[];
  forwardTo?: URL;
}

/** `listen`: a receiver on this machine that prints what arrives. */
export const listenCommand: CommandMaker = (name, description) =>
  command(name, description)
    .option('--port <n>', 'the port', wholeNumber(0, 65_535), 9_000)
    .option(
      '--secret <whsec_…|whpk_…>',
      "the endpoint's signing secret or public key, which signatures are verified with; repeatable",
      secrets,
    )
    .option('--forward-to <url>', 'pass what arrives on to your own server, and answer with its status', httpUrl)
    .option('--status <n>', 'the HTTP status to answer with, when nothing is forwarded', wholeNumber(200, 599), 200)
    .addHelpText(
      'after',
      '\nWith --secret, what is not signed with it is answered 401 and not forwarded. With --json, every event is one line.',
    )
    .action(listen);

/** Refused before anything arrives. */
function secrets(text: string, before: string[] | undefined): string[] {
  try {
    verifySignature({ headers: {}, body: '', secrets: [text] });
  } catch {
    throw new InvalidArgumentError('Expected the whsec_… or whpk_… of an endpoint.');
  }
  return [...(before ?? []), text];
}

async function listen({ port, status, secret, forwardTo, json = false }: ListenOptions): Promise<void> {
  const receiver = new Receiver({ status, secrets: secret ?? [], forwardTo });
  const server = createServer((request, response) => {
    receiver
      .receive(request, response)
      .then((received) => process.stdout.write(json ? `${JSON.stringify(received)}\n` : describe(received)))
      // A sender that hangs up in the middle of its body is no reason to stop listening.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? inUse(port) : error));
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as { port: number };
  const does = forwardTo === undefined ? `answers ${status}` : `forwards to ${forwardTo.href}`;
  const started = `Listening at http://127.0.0.1:${actual} (${does}). Ctrl-C ends it.\n`;
  (json ? process.stderr : process.stdout).write(started);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  server.closeAllConnections();
  server.close();
}

const inUse = (port: number): WebhooksError =>
  new WebhooksError('conflict', 'port_in_use', `Port ${port} is in use: choose another one with --port.`);

type Received = Awaited<ReturnType<Receiver['receive']>>;

function describe({ id, event, attempt, signature, forwarded, body }: Received): string {
  const { hasColours } = surfaceOf(process.stdout);
  const head = [
    event ?? '?',
    id ?? '?',
    `attempt ${attempt ?? '?'}`,
    VERDICTS[signature] ?? `SIGNATURE INVALID (${signature})`,
  ];
  const answer =
    forwarded === null ? [] : [forwarded.error ?? `forwarded: ${forwarded.status} in ${forwarded.durationMs} ms`];
  const style = signature === 'valid' ? state('active').style : state('FAILED').style;
  const line = [...head, ...answer].map(plain).join('  ');
  return `${signature === 'unchecked' ? line : renderStyled({ text: line, style }, hasColours)}\n  ${plain(body)}\n`;
}

const VERDICTS: Partial<Record<Received['signature'], string>> = {
  valid: 'signature valid',
  unchecked: 'signature not checked (no --secret)',
};

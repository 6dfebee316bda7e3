import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable } from '../database/database-errors';
import { CustomersService } from '../webhooks/customers/customers.service';
import { EventsService } from '../webhooks/events/events.service';
import { timeAgo, wholeNumber } from './arguments';
import { customerCommandOf, type CustomerOptions, type CommandMaker } from './common-options';
import { withContext } from './connect';
import { Follower, type Happening } from './follow';
import { state, surfaceOf } from './output';
import { plain, renderStyled } from './table';

interface TailOptions extends CustomerOptions {
  since?: Date;
  intervalMs: number;
}

const PAGE = 100;

/** `tail`: a customer's deliveries, as they happen. */
export const tailCommand: CommandMaker = (name, description) =>
  customerCommandOf(name, description)
    .option('--since <when>', 'begin there: a time, or 15m ago (default: now)', timeAgo)
    .option('--interval-ms <n>', 'between two looks', wholeNumber(100, 60_000), 1_000)
    .addHelpText('after', '\nWith --json, every delivery and every attempt is one line.')
    .action(tail);

async function tail({ customer, since = new Date(), intervalMs, json = false }: TailOptions): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  await withContext(async ({ app }) => {
    const { id, name } = await app.get(CustomersService).get(customer);
    const events = app.get(EventsService);
    const follower = new Follower(
      {
        list: async (from, cursor) => events.list(id, { from }, { limit: PAGE, cursor }),
        get: async (eventId) => events.get(id, eventId),
      },
      since,
    );
    process.stderr.write(`Following ${plain(name)}. Ctrl-C ends it.\n`);
    while (!stop.signal.aborted) {
      for (const happening of await look(follower)) {
        process.stdout.write(json ? `${JSON.stringify(happening)}\n` : `${describe(happening)}\n`);
      }
      await sleep(intervalMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  });
}

/** A database that is away for a moment is no reason to stop. */
async function look(follower: Follower): Promise<Happening[]> {
  try {
    return await follower.look();
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    process.stderr.write('The database does not answer: trying again.\n');
    return [];
  }
}

function describe(happening: Happening): string {
  const { hasColours } = surfaceOf(process.stdout);
  const { at, delivery } = happening;
  const head = `${at.toISOString()}  ${delivery.event}  ${delivery.id}`;
  if (happening.type === 'event') {
    const held = delivery.heldReason === null ? '' : ` (${delivery.heldReason})`;
    return plain(`${head}  accepted for ${delivery.url}${held}`);
  }
  const { attempt, statusCode, error, durationMs } = happening.attempt;
  const style = state(error === null ? 'SENT' : 'FAILED').style;
  const outcome = error ?? `HTTP ${statusCode}`;
  return `${plain(head)}  ${renderStyled({ text: plain(`attempt ${attempt}: ${outcome} in ${durationMs} ms`), style }, hasColours)}`;
}

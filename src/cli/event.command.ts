import { Command, Option } from 'commander';
import { CustomersService } from '../webhooks/customers/customers.service';
import { EventsService, type EventDetail, type EventSummary } from '../webhooks/events/events.service';
import { TimelineService } from '../webhooks/events/timeline.service';
import { ResendService } from '../webhooks/replays/resend.service';
import { WebhooksError } from '../webhooks/webhooks.errors';
import { timeAgo, uuid, uuids } from './arguments';
import { CLI } from './caller';
import {
  customerCommandOf,
  moreAfter,
  paged,
  type CustomerOptions,
  type PageOptions,
  type CommandMaker,
} from './common-options';
import { withContext } from './connect';
import { ALL_EVENTS, eventOption } from './event-option';
import { print, printTable, state, surfaceOf } from './output';
import { renderFields, renderTable, type CellValue, type Column } from './table';

interface ListOptions extends CustomerOptions, PageOptions {
  status?: EventSummary['status'];
  event?: string;
  endpoint?: string;
  message?: string;
  from?: Date;
  to?: Date;
}

/** `event`: deliveries, and what became of them. */
export const eventCommand: CommandMaker = (name, description) =>
  new Command(name)
    .description(description)
    .addCommand(listCommand())
    .addCommand(
      customerCommandOf('show', 'one delivery: its body, every attempt, and why it did not arrive')
        .argument('<id>', "the delivery's id", uuid)
        .action(show),
    )
    .addCommand(
      customerCommandOf('resend', 'send deliveries again that are over; a running service delivers them')
        .argument('<ids...>', "the deliveries' ids", uuids)
        .action(resend),
    );

const listCommand = (): Command =>
  paged(customerCommandOf('list', "a customer's deliveries, newest first"))
    .addOption(new Option('--status <status>', 'only these').choices(['PENDING', 'SENT', 'FAILED']))
    .addOption(eventOption('only of this event', ALL_EVENTS))
    .option('--endpoint <id>', 'only to this endpoint', uuid)
    .option('--message <id>', 'only of this emit', uuid)
    .option('--from <when>', 'accepted at this time or later: a time, or 15m ago', timeAgo)
    .option('--to <when>', 'accepted before this time', timeAgo)
    .action(list);

const COLUMNS: readonly Column<EventSummary>[] = [
  { title: 'id', of: ({ id }) => id },
  { title: 'event', of: ({ event }) => event },
  { title: 'status', of: ({ status }) => state(status) },
  { title: 'attempts', of: ({ attempts }) => attempts },
  { title: 'created', of: ({ createdAt }) => createdAt },
  { title: 'url', of: ({ url }) => url, mayShrink: true },
  { title: 'last error', of: ({ lastError, heldReason }) => heldReason ?? lastError, mayShrink: true },
];

async function list(options: ListOptions): Promise<void> {
  const {
    customer,
    json = false,
    limit,
    cursor,
    status,
    event,
    endpoint: endpointId,
    message: messageId,
    from,
    to,
  } = options;
  const filter = { status, event, endpointId, messageId, from, to };
  await withContext(async ({ app }) => {
    const { id } = await app.get(CustomersService).get(customer);
    const page = await app.get(EventsService).list(id, filter, { limit, cursor });
    const shown = { columns: COLUMNS, rows: page.data, none: 'No deliveries.', after: moreAfter(page.nextCursor) };
    printTable(page, shown, { json });
  });
}

async function show(id: string, { customer, json = false }: CustomerOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const event = await app.get(EventsService).get(customer, id);
    // A sample that an operator sent has no timeline to be asked for.
    const timeline = await app.get(TimelineService).ofEvent(customer, id).catch(nothingFor('not_found'));
    print({ ...event, summary: timeline?.summary ?? null }, describe(event, timeline?.summary ?? null), { json });
  });
}

const nothingFor =
  (code: string) =>
  (error: unknown): undefined => {
    if (!(error instanceof WebhooksError) || error.code !== code) throw error;
  };

const ATTEMPT_COLUMNS: readonly Column<EventDetail['attemptLog'][number]>[] = [
  { title: 'attempt', of: ({ attempt }) => attempt },
  { title: 'started', of: ({ startedAt }) => startedAt },
  { title: 'took', of: ({ durationMs }) => `${durationMs} ms` },
  {
    title: 'status',
    of: ({ statusCode, error }) => ({ text: String(statusCode ?? '-'), style: error === null ? 'green' : 'red' }),
  },
  { title: 'error', of: ({ error }) => error, mayShrink: true },
];

function describe(event: EventDetail, summary: string | null): string[] {
  const surface = surfaceOf(process.stdout);
  const fields: [string, CellValue][] = [
    ['id', event.id],
    ['message', event.messageId],
    ['event', event.event],
    ['status', state(event.status)],
    ['what happened', summary],
    ['attempts', event.attempts],
    ['last error', event.lastError],
    ['held', event.heldReason],
    ['next attempt', event.nextAttemptAt],
    ['endpoint', event.endpointId],
    ['url', event.url],
    ['created', event.createdAt],
    ['processed', event.processedAt],
    ['payload', event.payloadErasedAt === null ? JSON.stringify(event.payload) : 'erased, as retention asks'],
  ];
  const attempts =
    event.attemptLog.length === 0 ? [] : ['', ...renderTable(ATTEMPT_COLUMNS, event.attemptLog, surface)];
  return [...renderFields(fields, surface), ...attempts];
}

async function resend(ids: readonly string[], { customer, json = false }: CustomerOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const results: EventSummary[] = [];
    for (const id of ids) results.push(await app.get(ResendService).resend(customer, id, CLI));
    printTable(results, { columns: COLUMNS, rows: results, none: 'Nothing was sent again.' }, { json });
  });
}

import { Command, Option } from 'commander';
import type { SignatureScheme } from '../webhooks/delivery/signature';
import { CustomersService } from '../webhooks/customers/customers.service';
import { CreateEndpointDto, DeleteEndpointDto } from '../webhooks/endpoints/endpoints.dto';
import {
  EndpointsService,
  type Endpoint,
  type EndpointWithSecret,
  type NewEndpoint,
} from '../webhooks/endpoints/endpoints.service';
import { MAX_OVERLAP_SECONDS, SecretsService } from '../webhooks/endpoints/secrets.service';
import { TestSendsService, type TestSendResult } from '../webhooks/events/test-sends.service';
import { json as parseJson, pairs, texts, uuid, wholeNumber } from './arguments';
import { CLI } from './caller';
import { customerCommandOf, yesOption, type CustomerOptions, type CommandMaker } from './common-options';
import { confirm } from './confirm';
import { withContext } from './connect';
import { ALL_EVENTS, EVENT_WILDCARDS, eventOption } from './event-option';
import { EXIT } from './exit-codes';
import { print, printFields, printTable, state } from './output';
import type { CellValue, Column } from './table';
import { validated } from './validated';

interface CreateOptions extends CustomerOptions {
  event?: string[];
  description?: string;
  scheme?: SignatureScheme;
  header?: Record<string, string>;
  filter?: NewEndpoint['filter'];
  ordered?: boolean;
  ratePerSecond?: number;
  concurrency?: number;
  timeoutMs?: number;
}

/** `endpoint`: where a customer's events go. */
export const endpointCommand: CommandMaker = (name, description) =>
  new Command(name)
    .description(description)
    .addCommand(createCommand())
    .addCommand(customerCommandOf('list', "a customer's endpoints, newest first").action(list))
    .addCommand(ofOne('show', 'one endpoint').action(show))
    .addCommand(ofOne('pause', 'hold its events').action(setActive(false)))
    .addCommand(
      ofOne('resume', 'deliver again, what was held first; also after it was disabled').action(setActive(true)),
    )
    .addCommand(
      ofOne('test', 'send it a sample now, and say what came back')
        .addOption(eventOption('which event (default: one that it asks for)', ALL_EVENTS))
        .action(test),
    )
    .addCommand(
      ofOne('rotate-secret', 'give it a new signing secret; both sign until the overlap ends')
        .option('--overlap-seconds <n>', 'how long (default: a day)', wholeNumber(0, MAX_OVERLAP_SECONDS))
        .action(rotateSecret),
    )
    .addCommand(
      ofOne('delete', 'delete it')
        .addOption(new Option('--pending <what>', 'what still waits').choices(['fail', 'deliver']).default('fail'))
        .addOption(yesOption())
        .action(remove),
    );

const ofOne = (name: string, description: string): Command =>
  customerCommandOf(name, description).argument('<id>', "the endpoint's id", uuid);

const createCommand = (): Command =>
  customerCommandOf('create', 'register a URL; the answer alone holds its signing secret')
    .argument('<url>', 'where events are sent')
    .addOption(
      eventOption('an event that it receives, or message.*; repeatable (default: all)', [
        ...ALL_EVENTS,
        ...EVENT_WILDCARDS,
      ]).argParser(texts),
    )
    .option('--description <text>', 'what it is for')
    .addOption(new Option('--scheme <scheme>', 'how it is signed (default: v1)').choices(['v1', 'v1a']))
    .option('--header <name=value>', 'a header that is sent along; repeatable', pairs)
    .option('--filter <json>', 'which payloads it receives (docs/endpoints.md)', parseJson)
    .option('--ordered', 'events with the same ordering key one after another')
    .option('--rate-per-second <n>', 'attempts in a second at most', wholeNumber(1, 10_000))
    .option('--concurrency <n>', 'attempts at the same time at most', wholeNumber(1, 1_000))
    .option('--timeout-ms <n>', 'the total time of one attempt', wholeNumber(1, 60_000))
    .action(create);

async function create(url: string, options: CreateOptions): Promise<void> {
  const { customer, json = false, event: events, scheme: signatureScheme, header: headers, ...policy } = options;
  const given = { url, events, signatureScheme, headers, ...policy } as Partial<CreateEndpointDto>;
  const { tls: _, ...input } = await validated(CreateEndpointDto, given);
  await withContext(async ({ app }) => {
    const endpoint = await app.get(EndpointsService).create(customer, input, CLI);
    printFields(endpoint, [...secretFields(endpoint), ...fieldsOf(endpoint)], { json });
  });
}

const COLUMNS: readonly Column<Endpoint>[] = [
  { title: 'id', of: ({ id }) => id },
  { title: 'url', of: ({ url }) => url, mayShrink: true },
  { title: 'state', of: (endpoint) => state(stateOf(endpoint)) },
  { title: 'events', of: ({ events }) => (events.length === 0 ? 'all' : events), mayShrink: true },
  { title: 'description', of: ({ description }) => description, mayShrink: true },
];

const stateOf = ({ state: now, disabledReason }: Endpoint): string =>
  disabledReason === null ? now : `${now}: ${disabledReason}`;

async function list({ customer, json = false }: CustomerOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const { id } = await app.get(CustomersService).get(customer);
    const endpoints = await app.get(EndpointsService).list(id);
    const none = 'This customer has no endpoint: "endpoint create" makes one.';
    printTable(endpoints, { columns: COLUMNS, rows: endpoints, none }, { json });
  });
}

async function show(id: string, { customer, json = false }: CustomerOptions): Promise<void> {
  await withContext(async ({ app }) => {
    const endpoint = await app.get(EndpointsService).get(customer, id);
    printFields(endpoint, fieldsOf(endpoint), { json });
  });
}

const setActive =
  (isActive: boolean) =>
  async (id: string, { customer, json = false }: CustomerOptions): Promise<void> => {
    await withContext(async ({ app }) => {
      const endpoint = await app.get(EndpointsService).update(customer, id, { isActive }, CLI);
      const does = isActive ? 'Events are delivered to' : 'Events are held for';
      print(endpoint, [`${does} ${endpoint.url}.`], { json });
    });
  };

async function test(
  id: string,
  { customer, event, json = false }: CustomerOptions & { event?: string },
): Promise<void> {
  const result = await withContext(async ({ app }) => app.get(TestSendsService).send(customer, id, event));
  print(result, describe(result), { json });
  if (result.error !== null) process.exitCode = EXIT.failed;
}

function describe({ eventId, event, statusCode, error, durationMs, responseBody }: TestSendResult): string[] {
  const answer = statusCode === null ? 'no answer' : `HTTP ${statusCode}`;
  return [
    `${event}: ${answer} in ${durationMs} ms${error === null ? '' : `: ${error}`}`,
    ...(responseBody === null || responseBody === '' ? [] : [`  ${responseBody}`]),
    `It is in the log as ${eventId}.`,
  ];
}

async function rotateSecret(
  id: string,
  { customer, overlapSeconds, json = false }: CustomerOptions & { overlapSeconds?: number },
): Promise<void> {
  await withContext(async ({ app }) => {
    const overlap = overlapSeconds === undefined ? {} : { overlapSeconds };
    const endpoint = await app.get(SecretsService).rotate(customer, id, overlap, CLI);
    printFields(endpoint, [...secretFields(endpoint), ...fieldsOf(endpoint)], { json });
  });
}

async function remove(
  id: string,
  { customer, pending, yes = false, json = false }: CustomerOptions & DeleteEndpointDto & { yes?: boolean },
): Promise<void> {
  await withContext(async ({ app }) => {
    const endpoints = app.get(EndpointsService);
    const { url } = await endpoints.get(customer, id);
    const fate = pending === 'fail' ? 'What still waits for it becomes FAILED.' : 'What still waits is delivered.';
    await confirm(`This deletes ${url}. ${fate}`, 'delete', { yes });
    await endpoints.delete(customer, id, pending, CLI);
    print({ id, isDeleted: true }, [`Deleted. ${fate}`], { json });
  });
}

/** What is shown when a secret is made, and never again. */
function secretFields({ secret, publicKey }: EndpointWithSecret): [string, CellValue][] {
  if (secret !== undefined) return [['secret', { text: secret, style: 'bold' }]];
  return publicKey === null ? [] : [['public key', { text: publicKey, style: 'bold' }]];
}

function fieldsOf(endpoint: Endpoint): [string, CellValue][] {
  const { timeoutMs, ratePerSecond, concurrency } = endpoint;
  return [
    ['id', endpoint.id],
    ['url', endpoint.url],
    ['description', endpoint.description],
    ['state', state(stateOf(endpoint))],
    ['events', endpoint.events.length === 0 ? 'all' : endpoint.events],
    ['filter', endpoint.filter === null ? null : JSON.stringify(endpoint.filter)],
    ['signature', endpoint.signatureScheme],
    ['retries', JSON.stringify(endpoint.retryPolicy)],
    ['timeout', timeoutMs === null ? null : `${timeoutMs} ms`],
    ['rate', ratePerSecond === null ? null : `${ratePerSecond} a second`],
    ['concurrency', concurrency],
    ['ordered', endpoint.ordered],
    ['headers', endpoint.headers],
    ['created', endpoint.createdAt],
  ];
}

import { Command, Option } from 'commander';
import { packageVersion } from '../webhooks/package-version';
import type { CommandMaker } from './common-options';
import { forbidColours } from './output';

/** A command of the first level: what the list of commands says of it, and where the rest of it is. */
interface Entry {
  name: string;
  description: string;
  load: () => Promise<CommandMaker>;
}

/** Loading a command takes along what it works with, up to the whole module: seconds on a slow machine. */
const ENTRIES: readonly Entry[] = [
  {
    name: 'customer',
    description: 'customers (tenants)',
    load: async () => (await import('./customer.command.js')).customerCommand,
  },
  {
    name: 'key',
    description: 'API keys',
    load: async () => (await import('./key.command.js')).keyCommand,
  },
  {
    name: 'endpoint',
    description: "the URLs that a customer's events are delivered to",
    load: async () => (await import('./endpoint.command.js')).endpointCommand,
  },
  {
    name: 'event',
    description: 'deliveries of events, and what became of them',
    load: async () => (await import('./event.command.js')).eventCommand,
  },
  {
    name: 'trigger',
    description: "emit an event to a customer's endpoints; a running service delivers it",
    load: async () => (await import('./trigger.command.js')).triggerCommand,
  },
  {
    name: 'listen',
    description: 'receive webhooks on this machine, verify, print and perhaps forward them, until stopped',
    load: async () => (await import('./listen.command.js')).listenCommand,
  },
  {
    name: 'tail',
    description: "follow a customer's deliveries and attempts as they happen, until stopped",
    load: async () => (await import('./tail.command.js')).tailCommand,
  },
  {
    name: 'token',
    description: "a JWT for a customer's user, signed with AUTH_JWT_SECRET",
    load: async () => (await import('./token.command.js')).tokenCommand,
  },
  {
    name: 'audit-log',
    description: 'who changed what of a customer, newest first',
    load: async () => (await import('./audit-log.command.js')).auditLogCommand,
  },
  {
    name: 'secrets',
    description: 'what is kept encrypted',
    load: async () => (await import('./secrets.command.js')).secretsCommand,
  },
  {
    name: 'queue',
    description: 'the queue of deliveries',
    load: async () => (await import('./queue.command.js')).queueCommand,
  },
  {
    name: 'doctor',
    description: 'look for what keeps deliveries from going out, and say what to do; changes nothing',
    load: async () => (await import('./doctor.command.js')).doctorCommand,
  },
  {
    name: 'migrations',
    description: "the module's tables; every start of the service brings them up to date by itself",
    load: async () => (await import('./migrations.command.js')).migrationsCommand,
  },
  {
    name: 'completion',
    description: 'print a script that completes commands and options',
    load: async () => (await import('./completion.command.js')).completionCommand,
  },
];

/** The command that needs to know all others. */
const KNOWS_ALL = 'completion';

/** Whether it is a program that reads what a command line prints. */
export function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).includes('--json');
}

/**
 * The command line. Wrong use throws a CommanderError, after it was explained on standard error to whoever is no program.
 * @param args what was typed: commands that it does not name are there by name and description only. Without it, all are
 *   complete
 */
export async function createProgram(args?: readonly string[]): Promise<Command> {
  const json = wantsJson(args ?? []);
  const version = packageVersion();
  const program = new Command('webhooks')
    .description('The command line of the Webhooks Module. Reads the same settings as the service.')
    .version(json ? JSON.stringify({ version }) : version, '-V, --version', 'print the version')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    // Every command has it, and it may be written before the command as well.
    .addOption(new Option('--json').hideHelp())
    .hook('preAction', (_, command) => {
      const given = program.opts<{ color: boolean; json?: true }>();
      if (!given.color) forbidColours();
      if (given.json) command.setOptionValue('json', true);
    });
  const asked = args === undefined ? KNOWS_ALL : askedFor(args);
  for (const { name, description, load } of ENTRIES) {
    const isAsked = asked === name || asked === KNOWS_ALL;
    const make = isAsked ? await load() : undefined;
    program.addCommand(make?.(name, description) ?? new Command(name).description(description));
  }
  settle(program, { json });
  return program;
}

/** The first word that is no option; of `help key`, the second. */
function askedFor(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  return first === 'help' ? second : first;
}

/** Commands that are added whole inherit no settings. */
function settle(command: Command, { json }: { json: boolean }): void {
  command
    .showHelpAfterError('(add --help for what is possible)')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  // What a person is told of wrong use, a program is told by failure.ts.
  if (json) command.configureOutput({ writeErr: () => undefined });
  command.commands.forEach((child) => settle(child, { json }));
}

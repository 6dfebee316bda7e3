import { Command } from 'commander';
import { auditLogCommand } from './audit-log.command';
import { completionCommand } from './completion.command';
import { customerCommand } from './customer.command';
import { doctorCommand } from './doctor.command';
import { endpointCommand } from './endpoint.command';
import { eventCommand } from './event.command';
import { keyCommand } from './key.command';
import { listenCommand } from './listen.command';
import { migrationsCommand } from './migrations.command';
import { forbidColours } from './output';
import { queueCommand } from './queue.command';
import { secretsCommand } from './secrets.command';
import { tailCommand } from './tail.command';
import { tokenCommand } from './token.command';
import { triggerCommand } from './trigger.command';

/** The whole command line. Wrong use throws a CommanderError, after it was explained on standard error. */
export function createProgram(): Command {
  const program = new Command('webhooks')
    .description('The command line of the Webhooks Module. Reads the same settings as the service.')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .hook('preAction', () => {
      if (!program.opts<{ color: boolean }>().color) forbidColours();
    })
    .addCommand(customerCommand())
    .addCommand(keyCommand())
    .addCommand(endpointCommand())
    .addCommand(eventCommand())
    .addCommand(triggerCommand())
    .addCommand(listenCommand())
    .addCommand(tailCommand())
    .addCommand(tokenCommand())
    .addCommand(auditLogCommand())
    .addCommand(secretsCommand())
    .addCommand(queueCommand())
    .addCommand(doctorCommand())
    .addCommand(migrationsCommand())
    .addCommand(completionCommand());
  settle(program);
  return program;
}

/** Commands that are added whole inherit no settings. */
function settle(command: Command): void {
  command
    .showHelpAfterError('(add --help for what is possible)')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  command.commands.forEach((child) => settle(child));
}

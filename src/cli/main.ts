#!/usr/bin/env node
import '../service/require-node';
import { Command } from 'commander';
import { describeFailure } from '../service/startup-error';
import { auditLogCommand } from './audit-log.command';
import { customerCommand } from './customer.command';
import { doctorCommand } from './doctor.command';
import { keyCommand } from './key.command';
import { listenCommand } from './listen.command';
import { queueCommand } from './queue.command';
import { secretsCommand } from './secrets.command';
import { tokenCommand } from './token.command';
import { triggerCommand } from './trigger.command';

const program = new Command('webhooks')
  .description('The command line of the Webhooks Module. Reads the same settings as the service.')
  .addCommand(customerCommand())
  .addCommand(keyCommand())
  .addCommand(tokenCommand())
  .addCommand(listenCommand())
  .addCommand(triggerCommand())
  .addCommand(secretsCommand())
  .addCommand(auditLogCommand())
  .addCommand(queueCommand())
  .addCommand(doctorCommand());

explainErrors(program);

program.parseAsync().then(
  // A command that worked may have more to say by its exit code.
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exit(1);
  },
);

/** Commands that are added whole inherit no settings. */
function explainErrors(command: Command): void {
  command.showHelpAfterError('(add --help for what is possible)');
  command.commands.forEach((child) => explainErrors(child));
}

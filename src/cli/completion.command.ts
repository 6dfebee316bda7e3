import { Argument, type Command } from 'commander';
import { readTree } from './command-tree';
import { command, type JsonOption, type CommandMaker } from './common-options';
import { completionScript, SHELLS, type Shell } from './completion/completion';
import { print } from './output';

/** `completion`: the script that a shell loads. */
export const completionCommand: CommandMaker = (name, description) =>
  command(name, description)
    .addArgument(new Argument('<shell>', 'for which shell').choices(SHELLS))
    .addHelpText(
      'after',
      '\nIt completes a command named webhooks; docs/cli.md says how to get one, and how to load the script.',
    )
    .action((shell: Shell, { json = false }: JsonOption, self: Command) => {
      const root = self.parent ?? self;
      const script = completionScript(shell, readTree(root));
      print({ shell, script }, [script.trimEnd()], { json });
    });

import { Command } from 'commander';
import { migrationNames } from '../database/migration-files';
import { migrate, pendingMigrations } from '../database/migrator';
import { command, type JsonOption, type CommandMaker } from './common-options';
import { withDatabase } from './connect';
import { EXIT } from './exit-codes';
import { print, printTable, state } from './output';

const logger = {
  log: (message: string) => process.stderr.write(`${message}\n`),
  warn: (message: string) => process.stderr.write(`${message}\n`),
};

/** `migrations`: the tables of the module. */
export const migrationsCommand: CommandMaker = (name, description) =>
  new Command(name)
    .description(description)
    .addCommand(
      command('status', 'which migrations were applied, and which were not')
        .option('--check', `end with ${EXIT.failed} when some were not`)
        .action(status),
    )
    .addCommand(
      command('apply', 'apply what is missing; others that do so at the same time are waited for').action(apply),
    );

async function status({ check = false, json = false }: JsonOption & { check?: boolean }): Promise<void> {
  const { schema, names, pending } = await withDatabase(async (target) => ({
    schema: target.schema,
    names: await migrationNames(),
    pending: await pendingMigrations(target),
  }));
  const rows = names.map((name) => ({ name, state: pending.includes(name) ? 'pending' : 'applied' }));
  const columns = [
    { title: 'migration', of: (row: { name: string }) => row.name },
    { title: 'state', of: (row: { state: string }) => state(row.state) },
  ];
  const applied = names.filter((name) => !pending.includes(name));
  printTable({ schema, applied, pending }, { columns, rows, none: 'There is none.' }, { json });
  if (check && pending.length > 0) process.exitCode = EXIT.failed;
}

async function apply({ json = false }: JsonOption): Promise<void> {
  const { schema, applied } = await withDatabase(async (target) => ({
    schema: target.schema,
    ...(await migrate({ ...target, logger })),
  }));
  const lines =
    applied.length === 0 ? [`The schema "${schema}" is up to date.`] : applied.map((name) => `applied ${name}`);
  print({ schema, applied }, lines, { json });
}

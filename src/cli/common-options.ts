import { Command, Option } from 'commander';
import { timeAhead, wholeNumber } from './arguments';

const MAX_LIMIT = 100;

/** Makes a command of the first level; `program.ts` knows its name and its description. */
export type CommandMaker = (name: string, description: string) => Command;

/** What every command that prints a result takes. */
export interface JsonOption {
  json?: boolean;
}

/** A command of one customer's. */
export interface CustomerOptions extends JsonOption {
  customer: string;
}

/** A command that prints one page of a list. */
export interface PageOptions {
  limit: number;
  cursor?: string;
}

/** A command that prints a result. */
export const command = (name: string, description: string): Command =>
  new Command(name).description(description).option('--json', 'print one JSON document');

/** A command of one customer's. */
export const customerCommandOf = (name: string, description: string): Command =>
  command(name, description).requiredOption('--customer <id>', 'the customer');

/** Makes a command print a list page by page. */
export const paged = (list: Command): Command =>
  list
    .option('--limit <n>', 'how many', wholeNumber(1, MAX_LIMIT), 50)
    .option('--cursor <text>', 'the nextCursor of an earlier page');

/** What a list says when there is more. */
export const moreAfter = (nextCursor: string | null): string[] =>
  nextCursor === null ? [] : [`There is more: --cursor ${nextCursor}`];

/** `--expires`, as new keys take it. */
export const expiresOption = (description: string): Option =>
  new Option('--expires <when>', description).argParser(timeAhead);

/** For what cannot be undone. */
export const yesOption = (): Option => new Option('--yes', 'do not ask');

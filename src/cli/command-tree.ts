import type { Command, Option } from 'commander';

/** A command as completion and documentation see it. */
export interface CommandNode {
  /** `customer create`; empty for the program itself. */
  path: string;
  description: string;
  /** `<url>`, `[file]`, `<ids...>`. */
  args: { term: string; description: string }[];
  options: OptionNode[];
  children: CommandNode[];
}

/** One option of a command. */
export interface OptionNode {
  /** `--customer`. */
  name: string;
  /** `--customer <id>`. */
  term: string;
  description: string;
  takesValue: boolean;
  isRequired: boolean;
  /** The values that it takes; empty = any. */
  choices: readonly string[];
  /** What it is when it is not given; undefined = nothing that needs saying. */
  default: string | undefined;
}

/** Reads a command with all that is below it. What is hidden is left out. */
export function readTree(command: Command, parent = ''): CommandNode {
  const isRoot = command.parent === null;
  const path = isRoot ? '' : `${parent} ${command.name()}`.trim();
  return {
    path,
    description: command.description(),
    args: command.registeredArguments.map((argument) => {
      const name = argument.variadic ? `${argument.name()}...` : argument.name();
      return { term: argument.required ? `<${name}>` : `[${name}]`, description: argument.description };
    }),
    options: command.options.filter(({ hidden }) => !hidden).map(readOption),
    children: command.commands.map((child) => readTree(child, path)),
  };
}

/** The commands below a node and the node itself, in the order in which they are listed. */
export const flatten = (node: CommandNode): CommandNode[] => [node, ...node.children.flatMap(flatten)];

function readOption({
  long,
  short,
  flags,
  description,
  required,
  optional,
  mandatory,
  argChoices,
  defaultValue,
}: Option): OptionNode {
  const value: unknown = defaultValue;
  const isWorthTelling = typeof value === 'string' || typeof value === 'number';
  return {
    name: long ?? short ?? flags,
    term: flags,
    description,
    takesValue: required || optional,
    isRequired: mandatory,
    choices: argChoices ?? [],
    default: isWorthTelling ? String(value) : undefined,
  };
}

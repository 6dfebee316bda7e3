import type { Argument, Command, Option } from 'commander';
import { SuggestingOption } from './suggesting-option';

/** A command as completion and documentation see it. */
export interface CommandNode {
  /** `customer create`; empty for the program itself. */
  path: string;
  description: string;
  args: ArgumentNode[];
  options: OptionNode[];
  children: CommandNode[];
}

/** What is known of a value. */
interface ValueNode {
  /** What is offered for it; empty = nothing that is known. */
  offers: readonly string[];
  /** Whether it is the path of a file. */
  isFile: boolean;
}

/** One argument of a command. */
export interface ArgumentNode extends ValueNode {
  /** `<url>`, `[file]`, `<ids...>`. */
  term: string;
  description: string;
}

/** One option of a command. */
export interface OptionNode extends ValueNode {
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
    args: command.registeredArguments.map(readArgument),
    options: command.options.filter(({ hidden }) => !hidden).map(readOption),
    children: command.commands.map((child) => readTree(child, path)),
  };
}

/** The commands below a node and the node itself, in the order in which they are listed. */
export const flatten = (node: CommandNode): CommandNode[] => [node, ...node.children.flatMap(flatten)];

function readArgument(argument: Argument): ArgumentNode {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return {
    term: argument.required ? `<${name}>` : `[${name}]`,
    description: argument.description,
    offers: argument.argChoices ?? [],
    isFile: argument.name() === 'file',
  };
}

function readOption(option: Option): OptionNode {
  const { long, short, flags, description, required, optional, mandatory, argChoices: choices = [] } = option;
  const value: unknown = option.defaultValue;
  const isWorthTelling = typeof value === 'string' || typeof value === 'number';
  return {
    name: long ?? short ?? flags,
    term: flags,
    description,
    takesValue: required || optional,
    isRequired: mandatory,
    choices,
    offers: option instanceof SuggestingOption ? option.suggestions : choices,
    isFile: flags.endsWith('<file>'),
    default: isWorthTelling ? String(value) : undefined,
  };
}

import type { ArgumentNode, CommandNode, OptionNode } from '../command-tree';

/** The command that scripts complete. */
export const PROGRAM = 'webhooks';

/** A command, as scripts know it. */
export interface Word {
  node: CommandNode;
  /** `create` of `customer create`; empty for the program itself. */
  name: string;
  /** Those of the program itself as well. */
  options: readonly OptionNode[];
}

/** An option's value or an argument, which stands at a certain place. */
export interface Place {
  /** `event list --status`; `completion 0` for a command's first argument. */
  key: string;
  offers: readonly string[];
  isFile: boolean;
}

/** All that there is to complete. */
export interface Vocabulary {
  words: readonly Word[];
  /** What the command line so far and a next word may be, for the words that name a command. */
  steps: readonly string[];
  /** Options with a value, each as its place. */
  values: readonly Place[];
  /** Arguments that something is known of. */
  args: readonly Place[];
}

/** @param everywhere the program's own options */
export function readVocabulary(nodes: readonly CommandNode[], everywhere: readonly OptionNode[]): Vocabulary {
  // Nobody asks a command for the version.
  const shared = everywhere.filter(({ name }) => name !== '--version');
  const args = nodes.flatMap(({ path, args: own }) =>
    own.map((argument, index) => placeOf(`${path} ${index}`, argument)),
  );
  return {
    words: nodes.map((node) => ({
      node,
      name: lastWord(node.path),
      options: node.path === '' ? node.options : [...node.options, ...shared],
    })),
    steps: nodes.filter(({ path }) => path !== '').map(({ path }) => (path.includes(' ') ? path : ` ${path}`)),
    values: nodes.flatMap(({ path, options }) =>
      options.filter(({ takesValue }) => takesValue).map((option) => placeOf(`${path} ${option.name}`, option)),
    ),
    args: args.filter(isKnown),
  };
}

const placeOf = (key: string, { offers, isFile }: ArgumentNode | OptionNode): Place => ({ key, offers, isFile });

/** Whether there is anything to offer. */
export const isKnown = ({ offers, isFile }: Place): boolean => offers.length > 0 || isFile;

export const lastWord = (path: string): string => path.slice(path.lastIndexOf(' ') + 1);

/** A text as each of the shells takes it literally. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The pattern of a `case` for any of these texts. */
export const anyOf = (texts: readonly string[]): string => texts.map(quote).join('|');

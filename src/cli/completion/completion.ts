import { flatten, type CommandNode } from '../command-tree';
import { bashScript } from './bash';
import { fishScript } from './fish';
import { readVocabulary, type Vocabulary } from './vocabulary';
import { zshScript } from './zsh';

/** The shells that there are scripts for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

const SCRIPTS: Readonly<Record<Shell, (vocabulary: Vocabulary) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/**
 * A script that completes commands, options, and what an option or an argument may be. It holds all of them, so that a key
 * press starts no program. Files are offered where one is asked for, and nothing where any value will do.
 */
export const completionScript = (shell: Shell, root: CommandNode): string =>
  SCRIPTS[shell](readVocabulary(flatten(root), root.options));

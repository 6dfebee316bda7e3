import type { OptionNode } from '../command-tree';
import { lastWord, PROGRAM, quote, type Place, type Vocabulary, type Word } from './vocabulary';

export const fishScript = ({
  words,
  steps,
  values,
  args,
}: Vocabulary): string => `# In fish: ${PROGRAM} completion fish | source
function __${PROGRAM}_at
    set -l at
    set -l option
    set -l given 0
    for word in (commandline -opc)[2..-1]
        if test -n "$option"
            set option
            continue
        end
        switch "$at $word"
            case ${steps.map(quote).join(' ')}
                set at (string trim "$at $word")
            case ${values.map(({ key }) => quote(key)).join(' ')}
                set option "$word"
            case '* -*'
            case '*'
                set given (math $given + 1)
        end
    end
    test "$at" = "$argv[1]"; and test -z "$argv[2]" -o "$given" = "$argv[2]"
end
complete -c ${PROGRAM} -f
${[...words.flatMap(linesOf), ...args.map(lineOf)].join('\n')}
`;

/** Offers at a command, for its argument of this number if one is given. */
const offerAt = (path: string, given = ''): string =>
  `complete -c ${PROGRAM} -n ${quote(`__${PROGRAM}_at "${path}" ${given}`.trimEnd())}`;

const linesOf = ({ node, options }: Word): string[] => [
  ...node.children.map(
    ({ path, description }) => `${offerAt(node.path)} -a ${quote(lastWord(path))} -d ${quote(description)}`,
  ),
  ...options.map((option) => `${offerAt(node.path)} ${optionOf(option)}`),
];

function lineOf({ key, offers, isFile }: Place): string {
  const at = offerAt(key.slice(0, key.lastIndexOf(' ')), lastWord(key));
  return isFile ? `${at} -F` : `${at} -a ${listOf(offers)}`;
}

function optionOf({ name, description, takesValue, offers, isFile }: OptionNode): string {
  const values = offers.length > 0 ? ` -a ${listOf(offers)}` : '';
  const value = isFile ? ' -r -F' : takesValue ? ` -x${values}` : '';
  return `-l ${name.slice(2)}${value} -d ${quote(description)}`;
}

/** fish would look for files that a `*` may stand for. */
const listOf = (offers: readonly string[]): string => quote(offers.join(' ').replaceAll('*', '\\*'));

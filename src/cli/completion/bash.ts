import { anyOf, isKnown, PROGRAM, quote, type Place, type Vocabulary, type Word } from './vocabulary';

/** For bash 3.2 and later. It takes `--name=value` for three words. */
export const bashScript = ({ words, steps, values, args }: Vocabulary): string => `# In bash: source this
_${PROGRAM}() {
  local word at="" option="" given=0 items="" files="" current="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word != = ]] || continue
    if [[ -n $option ]]; then option=""; continue; fi
    case "$at $word" in
      ${anyOf(steps)}) at="\${at:+$at }$word"; continue ;;
      ${anyOf(values.map(({ key }) => key))}) option="$word"; continue ;;
    esac
    [[ $word == -* ]] || given=$((given + 1))
  done
  [[ $current != = ]] || current=""
  if [[ -n $option ]]; then
    case "$at $option" in
${places(values.filter(isKnown))}
    esac
  else
    [[ $current == -* ]] || case "$at $given" in
${places(args)}
    esac
    [[ -n $items$files ]] || case "$at" in
${words.map((word) => `      ${quote(word.node.path)}) items=${quote(namesOf(word, words).join(' '))} ;;`).join('\n')}
    esac
  fi
  COMPREPLY=()
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$items" -- "$current")
  if [[ -n $files ]]; then
    compopt -o filenames 2> /dev/null
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
  fi
}
complete -F _${PROGRAM} ${PROGRAM}
`;

const places = (all: readonly Place[]): string =>
  all
    .map(({ key, offers, isFile }) => {
      const found = isFile ? 'files=yes' : `items=${quote(offers.join(' '))}`;
      return `      ${quote(key)}) ${found} ;;`;
    })
    .join('\n');

const namesOf = ({ node, options }: Word, words: readonly Word[]): string[] => [
  ...words.filter((word) => node.children.includes(word.node)).map(({ name }) => name),
  ...options.map(({ name }) => name),
];

import { anyOf, isKnown, lastWord, PROGRAM, quote, type Place, type Vocabulary, type Word } from './vocabulary';

export const zshScript = ({ words, steps, values, args }: Vocabulary): string => `#compdef ${PROGRAM}
# In zsh, after compinit: source this
_${PROGRAM}() {
  local word at="" option="" current="\${words[CURRENT]}"
  local -i given=0
  local -a commands options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $option ]]; then option=""; continue; fi
    case "$at $word" in
      ${anyOf(steps)}) at="\${at:+$at }$word"; continue ;;
      ${anyOf(values.map(({ key }) => key))}) option="$word"; continue ;;
    esac
    [[ $word == -* ]] || given+=1
  done
  if [[ -n $option ]]; then
    case "$at $option" in
${places(values.filter(isKnown))}
    esac
    return
  fi
  [[ $current == -* ]] || case "$at $given" in
${places(args)}
  esac
  case "$at" in
${words.map(describe).join('\n')}
  esac
  if [[ $current == -* ]] || (( ! \${#commands} )); then _describe -o option options
  else _describe command commands; fi
}
compdef _${PROGRAM} ${PROGRAM}
`;

const places = (all: readonly Place[]): string =>
  all
    .map(({ key, offers, isFile }) => {
      const offer = isFile ? '_files' : `compadd -- ${offers.map(quote).join(' ')}`;
      return `      ${quote(key)}) ${offer}; return ;;`;
    })
    .join('\n');

function describe({ node, options }: Word): string {
  const commands = node.children.map(({ path, description }) => item(lastWord(path), description));
  const names = options.map(({ name, description }) => item(name, description));
  return `    ${quote(node.path)}) commands=(${commands.join(' ')}); options=(${names.join(' ')}) ;;`;
}

const item = (name: string, description: string): string =>
  quote(`${name.replaceAll(':', '\\:')}:${description.replaceAll(':', '\\:')}`);

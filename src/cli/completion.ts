import { flatten, type CommandNode, type OptionNode } from './command-tree';

/** The shells that there are scripts for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

const PROGRAM = 'webhooks';

/**
 * A script that completes commands, options and the values that an option may have. It holds all of them, so that a key
 * press starts no program. File names are completed where nothing else fits.
 */
export const completionScript = (shell: Shell, root: CommandNode): string =>
  SCRIPTS[shell](flatten(root), root.options);

const SCRIPTS: Record<Shell, (nodes: readonly CommandNode[], everywhere: readonly OptionNode[]) => string> = {
  bash: (nodes, everywhere) => `# Load it with: source <(${PROGRAM} completion bash)
_${PROGRAM}() {
  local word at="" items="" current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
      ${pathSteps(nodes).map(quote).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at $previous" in
${choices(nodes, (option) => `items=${quote(option.choices.join(' '))}`)}
  esac
  [[ -n $items ]] || case "$at" in
${nodes.map((node) => `    ${quote(node.path)}) items=${quote(wordsOf(node, everywhere).join(' '))} ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$items" -- "$current"))
}
complete -o default -F _${PROGRAM} ${PROGRAM}
`,

  zsh: (nodes, everywhere) => `#compdef ${PROGRAM}
# Load it with: source <(${PROGRAM} completion zsh)
_${PROGRAM}() {
  local word at=""
  local -a commands options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
      ${pathSteps(nodes).map(quote).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${choices(nodes, (option) => `compadd -- ${option.choices.map(quote).join(' ')}; return`)}
  esac
  case "$at" in
${nodes
  .map(
    (node) =>
      `    ${quote(node.path)}) commands=(${node.children.map(zshCommand).join(' ')}); options=(${[...node.options, ...others(node, everywhere)].map(zshOption).join(' ')}) ;;`,
  )
  .join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then _describe -o option options
  elif (( \${#commands} )); then _describe command commands
  else _files; fi
}
compdef _${PROGRAM} ${PROGRAM}
`,

  fish: (nodes, everywhere) => `# Load it with: ${PROGRAM} completion fish | source
function __${PROGRAM}_at
    set -l at
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case ${pathSteps(nodes).map(quote).join(' ')}
                set at (string trim "$at $word")
        end
    end
    test "$at" = "$argv[1]"
end
${nodes
  .flatMap((node) => {
    const line = `complete -c ${PROGRAM} -n ${quote(`__${PROGRAM}_at "${node.path}"`)}`;
    return [
      ...node.children.map((child) => `${line} -f -a ${quote(lastWord(child.path))} -d ${quote(child.description)}`),
      ...[...node.options, ...others(node, everywhere)].map((option) => `${line} ${fishOption(option)}`),
    ];
  })
  .join('\n')}
`,
};

/** What the command line so far and a next word may be, for the words that name a command. */
const pathSteps = (nodes: readonly CommandNode[]): string[] =>
  nodes.filter(({ path }) => path !== '').map(({ path }) => (path.includes(' ') ? path : ` ${path}`));

const wordsOf = (node: CommandNode, everywhere: readonly OptionNode[]): string[] => [
  ...node.children.map(({ path }) => lastWord(path)),
  ...[...node.options, ...others(node, everywhere)].map(({ name }) => name),
];

const others = ({ path }: CommandNode, everywhere: readonly OptionNode[]): readonly OptionNode[] =>
  path === '' ? [] : everywhere;

/** The branches for options with certain values. */
const choices = (nodes: readonly CommandNode[], then: (option: OptionNode) => string): string =>
  nodes
    .flatMap((node) => [
      ...node.options
        .filter((option) => option.choices.length > 0)
        .map((option) => `    ${quote(`${node.path} ${option.name}`)}) ${then(option)} ;;`),
    ])
    .join('\n');

const lastWord = (path: string): string => path.slice(path.lastIndexOf(' ') + 1);

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const zshItem = (name: string, description: string): string =>
  quote(`${name.replaceAll(':', '\\:')}:${description.replaceAll(':', '\\:')}`);

const zshCommand = ({ path, description }: CommandNode): string => zshItem(lastWord(path), description);

const zshOption = ({ name, description }: OptionNode): string => zshItem(name, description);

function fishOption({ name, description, takesValue, choices: values }: OptionNode): string {
  const value = values.length > 0 ? ` -x -a ${quote(values.join(' '))}` : takesValue ? ' -r' : '';
  return `-l ${name.slice(2)}${value} -d ${quote(description)}`;
}

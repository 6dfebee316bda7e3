import { flatten, type CommandNode, type OptionNode } from './command-tree';

const begin = '<!-- commands:begin -->';
const end = '<!-- commands:end -->';

/** Every command with its options, as docs/cli.md shows them, without the markers. */
function renderCommands(root: CommandNode): string {
  const everywhere = root.options.map(({ name }) => name);
  return flatten(root)
    .filter(({ path, children }) => path !== '' && children.length === 0)
    .map((node) => renderCommand(node, everywhere))
    .join('\n\n');
}

/** `page` with its commands brought up to date. @throws Error when it has no markers for them */
export function withCommands(page: string, root: CommandNode): string {
  const start = page.indexOf(begin);
  const stop = page.indexOf(end);
  if (start === -1 || stop < start) throw new Error(`The page has no ${begin} … ${end}.`);
  return `${page.slice(0, start + begin.length)}\n\n${renderCommands(root)}\n\n${page.slice(stop)}`;
}

function renderCommand({ path, description, args, options }: CommandNode, everywhere: readonly string[]): string {
  const usage = [path, ...args.map(({ term }) => term), '[options]'].join(' ');
  const own = options.filter(({ name }) => name !== '--json' && !everywhere.includes(name));
  const lines = own.map((option) => `- \`${option.term}\`: ${explain(option)}`);
  return [
    `### ${path}`,
    `\`webhooks ${usage}\`: ${description}.`,
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
  ].join('\n\n');
}

function explain({ description, isRequired, choices, default: value }: OptionNode): string {
  const more = [
    ...(isRequired ? ['required'] : []),
    ...(choices.length > 0 ? [choices.map((choice) => `\`${choice}\``).join(', ')] : []),
    ...(value === undefined ? [] : [`default \`${value}\``]),
  ];
  return more.length === 0 ? description : `${description} (${more.join('; ')})`;
}

import type { Command } from 'commander';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCommands } from './command-docs';
import { flatten, readTree, type CommandNode } from './command-tree';
import { completionScript, SHELLS, type Shell } from './completion';
import { toFailure } from './failure';
import { createProgram } from './program';

let root: CommandNode;
beforeAll(async () => {
  root = readTree(await createProgram());
});

const leavesOf = (node: CommandNode): CommandNode[] =>
  flatten(node).filter(({ path, children }) => path !== '' && children.length === 0);

it('docs/cli.md is the same as the code (npm run docs:cli)', () => {
  const page = readFileSync(join(__dirname, '../../docs/cli.md'), 'utf8');
  expect(page).toBe(withCommands(page, root));
  expect(() => withCommands('no markers', root)).toThrow('commands:begin');
});

it('every command prints JSON, and is described', () => {
  const leaves = leavesOf(root);
  expect(leaves.length).toBeGreaterThan(30);
  for (const { path, options, description, args } of leaves) {
    const described = [description, ...options.map((option) => option.description)].every((text) => /\S/.test(text));
    const argsDescribed = args.every(({ description: text }) => /\S/.test(text));
    const printsJson = options.some(({ name }) => name === '--json');
    expect({ path, printsJson, described, argsDescribed }).toEqual({
      path,
      printsJson: true,
      described: true,
      argsDescribed: true,
    });
  }
});

it.each([[['--help']], [['key', '--help']], [['help', 'listen']], [['--no-color', 'queue']], [['frobnicate']]])(
  'of %j, only the command that is asked for is loaded',
  async (args) => {
    const program = await createProgram(args);
    const isComplete = ({ commands, options }: Command): boolean => commands.length + options.length > 0;
    const complete = program.commands.filter(isComplete).map((command) => command.name());
    expect(complete).toEqual(['key', 'queue', 'listen'].filter((name) => args.includes(name)));
    expect(program.commands.map((command) => [command.name(), command.description()])).toEqual(
      root.children.map(({ path, description }) => [path, description]),
    );
  },
);

const shells = SHELLS.filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);
const missing = SHELLS.filter((shell) => !shells.includes(shell));
if (missing.length > 0) console.warn(`Not run, because they are not here: completion in ${missing.join(', ')}`);

/** Where no file is offered in place of a command. */
const EMPTY_FOLDER = mkdtempSync(join(tmpdir(), 'webhooks-completion-'));
afterAll(() => rmdirSync(EMPTY_FOLDER));

/** How each shell is asked what it would offer for the last of its arguments. zsh's own part is to print and to choose. */
const ASK: Readonly<Record<Shell, (script: string) => string[]>> = {
  bash: (script) => [
    '-c',
    `${script}
    COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _webhooks; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
  ],
  zsh: (script) => [
    '-fc',
    `compdef() { : }; _files() { : }; compadd() { print -l -- "\${@[2,-1]}" }
    _describe() { local items="\${@[-1]}"; print -l -- "\${(@P)items}" }
    ${script}
    words=("$@"); CURRENT=$#; _webhooks`,
    'zsh',
  ],
  fish: (script) => ['--no-config', '-c', `${script}\ncomplete -C"$argv"`],
};

/** What a shell offers for the last of these words, in the order of the alphabet. */
function complete(shell: Shell, ...words: string[]): string[] {
  const args = [...ASK[shell](completionScript(shell, root)), 'webhooks', ...words];
  const { stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8', cwd: EMPTY_FOLDER });
  expect(stderr).toBe('');
  const offered = stdout.split('\n').map((line) => line.split(/[:\t]/)[0]!);
  return offered.filter((word) => word !== '' && word.startsWith(words.at(-1)!)).sort();
}

it.each([
  [['cust'], ['customer']],
  [['customer', 'su'], ['suspend']],
  [['event', 'list', '--customer', 'acme', '--st'], ['--status']],
  [
    ['event', 'list', '--status', ''],
    ['FAILED', 'PENDING', 'SENT'],
  ],
  [['endpoint', '--json', 'ro'], ['rotate-secret']],
  [['completion', '--no'], ['--no-color']],
  [['nonsense', 'x'], []],
])('%j is completed, in each shell that is here', (words, offered) => {
  for (const shell of shells) expect({ shell, words: complete(shell, ...words) }).toEqual({ shell, words: offered });
});

/** Runs a command in this process; only ones that end before they do anything. */
async function refusal(...args: string[]): Promise<{ exitCode: number; told: string }> {
  let told = '';
  const program = await createProgram();
  const quieten = (command: Command): void => {
    command.configureOutput({ writeErr: (text) => (told += text) });
    command.commands.forEach((child) => quieten(child));
  };
  quieten(program);
  const error: unknown = await program.parseAsync(args, { from: 'user' }).catch((thrown: unknown) => thrown);
  return { exitCode: (await toFailure(error)).exitCode, told };
}

it.each([
  ['no such command', ['customer', 'frobnicate'], /^error: unknown command 'frobnicate'/],
  ['no such option', ['customer', 'list', '--frobnicate'], /^error: unknown option '--frobnicate'/],
  ['a missing option', ['key', 'list'], /^error: required option '--customer <id>' not specified/],
  ['a number out of range', ['customer', 'list', '--limit', '101'], /Expected a whole number from 1 to 100/],
  ['what is no time', ['event', 'list', '--customer', 'c', '--from', 'soon'], /Expected a time/],
  ['what is no label', ['key', 'create', '--customer', 'c', '--name', 'n', '--label', 'x'], /Expected name=value/],
  ['what is no rate', ['key', 'create', '--customer', 'c', '--name', 'n', '--rate-limit', '5'], /requests\/seconds/],
  ['what is no secret', ['listen', '--secret', 'x'], /Expected the whsec_… or whpk_…/],
  ['what is no URL', ['listen', '--forward-to', 'localhost:80'], /Expected a URL/],
  ['no such shell', ['completion', 'csh'], /Allowed choices are bash, zsh, fish/],
])('%s is wrong use: explained, and exit code 2', async (_what, args, message) => {
  const { exitCode, told } = await refusal(...args);
  expect({ exitCode, told }).toEqual({ exitCode: 2, told: expect.stringMatching(message) as string });
  expect(told).toContain('(add --help for what is possible)');
});

it('every command that docs/cli.md shows first is one', () => {
  const page = readFileSync(join(__dirname, '../../docs/cli.md'), 'utf8');
  const [, block = ''] = /```sh\n(webhooks [\s\S]*?)```/.exec(page) ?? [];
  const shown = block.split('\n').filter((line) => line.startsWith('webhooks '));
  expect(shown.length).toBeGreaterThan(5);
  for (const line of shown) {
    const leaf = leavesOf(root).find(({ path }) => line.startsWith(`webhooks ${path} `));
    const known = [...(leaf?.options ?? []), ...root.options].map(({ name }) => name);
    for (const option of line.match(/--[a-z-]+/g) ?? [])
      expect([line, known]).toEqual([line, expect.arrayContaining([option])]);
  }
});

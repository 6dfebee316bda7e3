import type { Command } from 'commander';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCommands } from './command-docs';
import { flatten, readTree, type CommandNode } from './command-tree';
import { completionScript, SHELLS, type Shell } from './completion/completion';
import { PLATFORM_EVENTS } from './event-option';
import { tell, toFailure } from './failure';
import { createProgram, wantsJson } from './program';

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

/** Where one file is, which is offered where a file is asked for and nowhere else. */
const FOLDER = mkdtempSync(join(tmpdir(), 'webhooks-completion-'));
const FILE = 'old keys.csv';
beforeAll(() => writeFileSync(join(FOLDER, FILE), ''));
afterAll(() => rmSync(FOLDER, { recursive: true }));

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
    `compdef() { : }; _files() { print -l -- *(N) }; compadd() { print -l -- "\${@[2,-1]}" }
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
  const { stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8', cwd: FOLDER });
  expect(stderr).toBe('');
  const offered = stdout.split('\n').map((line) => line.split(/[:\t]/)[0]!.replaceAll('\\', ''));
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
  [['completion', ''], [...SHELLS].sort()],
  [['completion', '--json', 'z'], ['zsh']],
  [['customer', 'list', '--limit', ''], []],
  [['trigger', '--event', 'message.'], PLATFORM_EVENTS.filter((name) => name.startsWith('message.'))],
  [
    ['endpoint', 'create', 'https://example.com', '--event', 'endpoint.'],
    ['endpoint.*', 'endpoint.disabled'],
  ],
  // A value that reads like a command is none.
  [['key', 'create', '--name', 'list', '--perm'], ['--permission']],
  [['key', 'import', ''], [FILE]],
  [['key', 'import', 'old'], [FILE]],
  [['key', 'import', '--rejects', ''], [FILE]],
  [['key', 'import', '--dry'], ['--dry-run']],
  [['endpoint', 'test', '--vers'], []],
  [['nonsense', 'x'], []],
])('%j is completed, in each shell that is here', (words, offered) => {
  for (const shell of shells) expect({ shell, words: complete(shell, ...words) }).toEqual({ shell, words: offered });
});

it('bash completes the value of --name=value, which it takes for three words', () => {
  expect(complete('bash', 'event', 'list', '--status', '=', 'F')).toEqual(['FAILED']);
  expect(complete('bash', 'event', 'list', '--status', '=', 'F', '--endp')).toEqual(['--endpoint']);
});

/** Runs a command in this process; only ones that end before they do anything. */
async function refusal(...args: string[]): Promise<{ exitCode: number; told: string }> {
  let told = '';
  const program = await createProgram(args);
  const quieten = (command: Command): void => {
    if (!wantsJson(args)) command.configureOutput({ writeErr: (text) => (told += text) });
    command.commands.forEach((child) => quieten(child));
  };
  quieten(program);
  const error: unknown = await program.parseAsync(args, { from: 'user' }).catch((thrown: unknown) => thrown);
  const failure = await toFailure(error);
  return { exitCode: failure.exitCode, told: told + tell(failure, { json: wantsJson(args) }) };
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
  expect(told).not.toContain('"usage"');
});

it.each([
  [['customer', 'list', '--limit', 'abc', '--json'], /^option '--limit <n>' argument 'abc' is invalid\. Expected a/],
  [['--json', 'custmer', 'list'], /^unknown command 'custmer' \(Did you mean customer\?\)$/],
  [['customer', '--json', 'show'], /^missing required argument 'id'$/],
  [['completion', 'powershell', '--json'], /Allowed choices are bash, zsh, fish\.$/],
  [['customer', 'list', '--frobnicate', '--json'], /^unknown option '--frobnicate'$/],
  [['key', 'list', '--json'], /^required option '--customer <id>' not specified$/],
  [['customer', '--json'], /^A command is missing: --help lists them\.$/],
  [['--json'], /^A command is missing: --help lists them\.$/],
])('a program is told of the wrong use %j in one line of JSON', async (args, message) => {
  const { exitCode, told } = await refusal(...args);
  expect(told).toMatch(/^[^\n]+\n$/);
  expect({ exitCode, ...(JSON.parse(told) as object) }).toEqual({
    exitCode: 2,
    error: { code: 'usage', message: expect.stringMatching(message) as string },
  });
});

it('a value that reads --json is no option', () => {
  expect(wantsJson(['customer', 'show', '--', '--json'])).toBe(false);
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

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCommands } from './command-docs';
import { flatten, readTree } from './command-tree';
import { completionScript, SHELLS } from './completion';
import { createProgram } from './program';

const root = readTree(createProgram());
const leaves = flatten(root).filter(({ path, children }) => path !== '' && children.length === 0);

it('docs/cli.md is the same as the code (npm run docs:cli)', () => {
  const page = readFileSync(join(__dirname, '../../docs/cli.md'), 'utf8');
  expect(page).toBe(withCommands(page, root));
  expect(() => withCommands('no markers', root)).toThrow('commands:begin');
});

it.each(leaves.map(({ path }) => path))('%s prints JSON, and is described', (path) => {
  const { options, description, args } = leaves.find((leaf) => leaf.path === path) ?? { options: [], args: [] };
  expect(options.map(({ name }) => name)).toContain('--json');
  for (const text of [description, ...options.map((option) => option.description)]) expect(text).toMatch(/\S/);
  for (const { description: text } of args) expect(text).toMatch(/\S/);
});

const shells = SHELLS.filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);
const missing = SHELLS.filter((shell) => !shells.includes(shell));
if (missing.length > 0) console.warn(`Not run, because they are not here: completion in ${missing.join(', ')}`);

it.each(shells)('the completion for %s is a script that the shell can read', (shell) => {
  const { status, stderr } = spawnSync(shell, ['-n'], { input: completionScript(shell, root), encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

/** What bash offers for the last of these words. */
function complete(...words: string[]): string[] {
  const script = `${completionScript('bash', root)}
    COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _webhooks; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', 'webhooks', ...words], { encoding: 'utf8' });
  return stdout.split('\n').filter((word) => word !== '');
}

it.each([
  [['cust'], ['customer']],
  [['customer', 'su'], ['suspend']],
  [['event', 'list', '--customer', 'acme', '--st'], ['--status']],
  [
    ['event', 'list', '--status', ''],
    ['PENDING', 'SENT', 'FAILED'],
  ],
  [['endpoint', '--json', 'ro'], ['rotate-secret']],
  [['completion', '--no'], ['--no-color']],
  [['nonsense', 'x'], []],
])('bash completes %j', (words, offered) => {
  expect(complete(...words)).toEqual(offered);
});

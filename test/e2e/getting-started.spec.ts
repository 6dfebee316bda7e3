import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeBlocks, ROOT } from '../support/markdown';
import { endProcesses, freePort, launch, makeDataDir, startService, type Program } from '../support/process-service';
import { until } from '../support/process-until';

/** A command of the page, with what it prints. */
interface Step {
  readonly where: string;
  readonly command: string;
  /** Lines in any order, `…` for what differs. */
  readonly prints: readonly string[];
}

let folder: string;

beforeEach(async () => {
  // The project's folder, but without anybody's `.env` and `.data`.
  folder = await mkdtemp(join(tmpdir(), 'getting-started-'));
  const names = ['package.json', 'dist', 'node_modules', 'prisma'];
  await Promise.all(names.map((name) => symlink(join(ROOT, name), join(folder, name))));
  await symlink(await makeDataDir(), join(folder, '.data'));
});

afterEach(async () => {
  await endProcesses();
  await rm(folder, { recursive: true, force: true });
});

it('docs/getting-started.md: its commands, typed one after the other, print what it says', async () => {
  const steps = stepsOf('docs/getting-started.md');
  expect(steps.length).toBeGreaterThan(8);
  const { url } = await startService({ DATA_DIR: await realpath(join(folder, '.data')) });
  const port = String(await freePort());
  const ofThisRun = (text: string) => text.replaceAll('http://localhost:3000', url).replaceAll('9000', port);

  const script = steps.map(({ command }, index) => `${ofThisRun(command)}\n${marksAnd(index)}`);
  await writeFile(join(folder, 'steps.sh'), [AS_IN_A_TERMINAL, `cd ${folder}`, ...script, 'exit'].join('\n'));
  const terminal = launch([join(folder, 'steps.sh')], {}, 'bash');
  try {
    await follow(steps, terminal, ofThisRun);
  } finally {
    terminal.kill('SIGTERM');
    await terminal.exited;
  }
});

/** Background jobs are process groups of their own, which `kill %1` ends whole, and the end of the shell ends them. */
const AS_IN_A_TERMINAL = `set -m
trap 'for job in $(jobs -p); do kill -- -$job; done' EXIT
trap 'exit 1' TERM`;

async function follow(steps: readonly Step[], { output }: Program, ofThisRun: (text: string) => string): Promise<void> {
  for (const [index, { where, prints }] of steps.entries()) {
    const from = output.stdout.length;
    const missing = () => prints.filter((line) => !toPattern(ofThisRun(line)).test(output.stdout.slice(from)));
    const isDone = () => output.stdout.includes(`== step ${index} ==`) && missing().length === 0;
    await until(where, 60_000, isDone).catch(() => {
      throw new Error(
        `${where} did not print ${missing().join('\n')} but:\n${output.stdout.slice(from)}${output.stderr}`,
      );
    });
    await writeFile(join(folder, `go-${index}`), '');
  }
}

/** Says that a step is over, and waits: what it set going (a delivery) has its time before the next one. */
const marksAnd = (index: number): string =>
  `echo; echo '== step ${index} =='; until [ -e go-${index} ]; do sleep 0.1; done`;

function stepsOf(page: string): Step[] {
  const blocks = codeBlocks(page);
  return blocks.flatMap(({ where, language, code, remark }, index) => {
    if (language !== 'sh' || remark.startsWith('not run')) return [];
    const next = blocks[index + 1];
    return [{ where, command: code, prints: next?.language === 'text' ? next.code.split('\n') : [] }];
  });
}

function toPattern(line: string): RegExp {
  const parts = line.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.*'));
}

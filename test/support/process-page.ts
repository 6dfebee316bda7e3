import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeBlocks, ROOT } from './markdown';
import { launch, type Program } from './process-service';
import { until } from './process-until';

/** A shell block of a page, with what it prints. */
export interface Step {
  readonly where: string;
  readonly command: string;
  /** Lines in any order, `…` for what differs. */
  readonly prints: readonly string[];
}

/** A bash that is typing steps, one after the other. */
export interface Terminal extends Program {
  readonly steps: readonly Step[];
  /** Lets the step after this one begin. */
  goOn(index: number): Promise<void>;
}

/** What a terminal has beside the folder that it is in. */
export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** bash that comes before the first step. */
  readonly before?: string;
}

/** The shell blocks of a page, each with the `text` after it, but for those whose remark begins with "not run". */
export function stepsOf(page: string): Step[] {
  const blocks = codeBlocks(page);
  return blocks.flatMap(({ where, language, code, remark }, index) => {
    if (language !== 'sh' || remark.startsWith('not run')) return [];
    const next = blocks[index + 1];
    return [{ where, command: code, prints: next?.language === 'text' ? next.code.split('\n') : [] }];
  });
}

/** A step as it is in this run: with its ports, say. */
export function replaced({ where, command, prints }: Step, change: (text: string) => string): Step {
  return { where, command: change(command), prints: prints.map(change) };
}

const folders: string[] = [];

/** The project's folder, but without anybody's `.env` and `.data`. Removed by {@link removeFolders}. */
export async function makeProjectFolder(...copied: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'webhooks-page-'));
  folders.push(folder);
  const linked = ['package.json', 'tsconfig.json', 'dist', 'node_modules', 'prisma'];
  await Promise.all(linked.map((name) => symlink(join(ROOT, name), join(folder, name))));
  await Promise.all(copied.map((name) => cp(join(ROOT, name), join(folder, name), { recursive: true })));
  return folder;
}

/** For `afterEach`, when the processes have ended. */
export async function removeFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/** Begins to type the steps. What a step leaves in the shell (variables, jobs) is there for the next one. */
export async function openTerminal(
  folder: string,
  steps: readonly Step[],
  { env = {}, before = '' }: TerminalOptions = {},
): Promise<Terminal> {
  const signals = await mkdtemp(join(folder, 'terminal-'));
  // What a step has set going (a delivery, say) has its time: the next one waits until all that it prints is there.
  const script = steps.map(
    ({ command }, index) =>
      `${command}\necho; echo '${endOf(index)}'; until [ -e ${signals}/${index} ]; do sleep 0.1; done`,
  );
  const file = join(signals, 'steps.sh');
  await writeFile(file, [before, `cd ${folder}`, ...script, 'exit'].join('\n'));
  const goOn = (index: number): Promise<void> => writeFile(join(signals, String(index)), '');
  return Object.assign(launch([file], env, 'bash'), { steps, goOn });
}

/** Waits until each step has ended and has printed what the page says. @throws Error with what one printed instead */
export async function followSteps({ steps, output, goOn }: Terminal): Promise<void> {
  for (const [index, { where, prints }] of steps.entries()) {
    const from = output.stdout.length;
    const missing = (): string[] => prints.filter((line) => !toPattern(line).test(output.stdout.slice(from)));
    const isDone = (): boolean => output.stdout.includes(endOf(index)) && missing().length === 0;
    await until(where, 60_000, isDone).catch(() => {
      throw new Error(
        `${where} did not print ${missing().join('\n')} but:\n${output.stdout.slice(from)}${output.stderr}`,
      );
    });
    await goOn(index);
  }
}

const endOf = (index: number): string => `== step ${index} ==`;

/** `…` is anything; columns are aligned on a terminal, and have tabs between them here. */
function toPattern(line: string): RegExp {
  const parts = line
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/(?<=\S) {2,}/g, '\\s+'));
  return new RegExp(parts.join('.*'));
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const REGISTER = join(__dirname, '../../test/support/register-typescript.js');

/** Characters of a program's output that are shown when it ends too early. */
const LAST_WORDS = 2_000;

/** What a program of the benchmark can be asked: a name, and JSON in and out. */
export type Commands = Record<string, (input: never) => unknown>;

type Input<Command> = Command extends (input: infer In) => unknown ? In : never;
type Output<Command> = Command extends (input: never) => infer Out ? Awaited<Out> : never;

/** A process of the benchmark that answers commands. */
export interface Child<Known extends Commands> {
  readonly pid: number;
  ask<Name extends keyof Known & string>(name: Name, input: Input<Known[Name]>): Promise<Output<Known[Name]>>;
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>;
}

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/**
 * Starts a program of `bench/` in a process of its own.
 *
 * @param logFile takes what it writes to its standard output: the service's log, written for real
 */
export function startChild<Known extends Commands>(
  program: string,
  { logFile, env = {}, execArgv = [] }: { logFile: string; env?: NodeJS.ProcessEnv; execArgv?: string[] },
): Child<Known> {
  const log = openSync(logFile, 'a');
  const child = fork(join(__dirname, '..', program), [], {
    env: { ...process.env, ...env },
    execArgv: ['-r', REGISTER, ...execArgv],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  child.on('message', ({ id, value, error }: Answer) => {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) caller?.resolve(value);
    else caller?.reject(new Error(`${program}: ${error}`));
  });
  child.on('exit', (code, signal) => {
    // The file goes with the benchmark.
    const last = readFileSync(logFile, 'utf8').slice(-LAST_WORDS);
    for (const { reject } of waiting.values()) reject(new Error(`${program} ended (${code ?? signal}):\n${last}`));
    waiting.clear();
  });
  let lastId = 0;
  return {
    pid: child.pid ?? 0,
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        waiting.set((lastId += 1), { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id: lastId, name, input });
      }),
    stop: () => end(child),
  };
}

/** Ends a process politely, and after a while less so. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 25_000);
  await exited;
  clearTimeout(timer);
}

/** In a program: answers what the benchmark asks. */
export function answerCommands(commands: Commands): void {
  process.on('message', ({ id, name, input }: { id: number; name: string; input: never }) => {
    const command = commands[name];
    Promise.resolve()
      .then(() => command?.(input))
      .then((value) => process.send?.({ id, value } satisfies Answer))
      .catch((error: unknown) => process.send?.({ id, error: String(error) } satisfies Answer));
  });
  // Whoever asked is gone.
  process.on('disconnect', () => process.exit(0));
}

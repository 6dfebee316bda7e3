import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { commandLineOf } from '../../src/database/process-identity';
import { until } from './process-until';

const root = join(__dirname, '../..');
const MAIN = join(root, 'dist/main.js');
const CLI = join(root, 'dist/cli/main.js');
const START_MS = 30_000;

type Environment = Readonly<Record<string, string>>;

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A child process, at the head of a process group of its own. */
export interface Program {
  readonly pid: number;
  /** What it has written so far. */
  readonly output: { stdout: string; stderr: string };
  /** Resolves when it has ended and all it wrote has been read. */
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): void;
  /** To all of its process group, as a terminal's Ctrl-C does. */
  killGroup(signal: NodeJS.Signals): void;
}

/** A running service. */
export interface Service extends Program {
  readonly url: string;
}

const programs = new Set<Program>();
const dataDirs = new Set<string>();
let watchdog: ChildProcessByStdio<Writable, null, null> | undefined;

/** An empty directory for DATA_DIR, removed by {@link endProcesses}. */
export async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'webhooks-e2e-'));
  dataDirs.add(dataDir);
  tellWatchdog('make', dataDir);
  return dataDir;
}

/**
 * Runs `node` with an environment that holds nothing of this process's but PATH and HOME, and `env`.
 * Ended by {@link endProcesses} at the latest.
 */
export function launch(args: readonly string[], env: Environment, command = process.execPath): Program {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, {
    // Not the project, where somebody may have a file .env.
    cwd: dirname(MAIN),
    env: { PATH, HOME, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`Cannot run ${command}`);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const program: Program = {
    pid,
    output,
    exited: new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal }))),
    kill: (signal) => void child.kill(signal),
    killGroup: (signal) => killIfThere(-pid, signal),
  };
  programs.add(program);
  tellWatchdog('start', pid);
  void program.exited.then(() => {
    programs.delete(program);
    tellWatchdog('end', pid);
  });
  return program;
}

/** The arguments and environment of the built service; PORT is a free one unless set. */
export const launchService = (env: Environment): Program => launch([MAIN], { PORT: '0', ...env });

/** Starts the built service and waits until it says that it is ready. */
export async function startService(env: Environment): Promise<Service> {
  return whenReady(launchService(env));
}

/** The service that a process runs, once it says that it is ready. */
export async function whenReady(program: Program): Promise<Service> {
  const state: { hasEnded?: true } = {};
  void program.exited.then(() => (state.hasEnded = true));
  const url = await until(`the service is ready (${program.pid})`, START_MS, () => {
    const { stdout, stderr } = program.output;
    if (state.hasEnded) throw new Error(`The service ended:\n${stdout}${stderr}`);
    return /is ready at ([^\s"]+)/.exec(stdout)?.[1];
  });
  return Object.assign(program, { url });
}

/** Runs the built command line to its end. */
export async function runCli(args: readonly string[], env: Environment): Promise<Exit & Program['output']> {
  const program = launchCli(args, env);
  return { ...(await program.exited), ...program.output };
}

export const launchCli = (args: readonly string[], env: Environment): Program => launch([CLI, ...args], env);

/** Asks the process to stop, and waits until it has. */
export async function stop(program: Program, signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
  program.kill(signal);
  return program.exited;
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** For `afterAll`, in process-setup.ts. */
export async function dismissWatchdog(): Promise<void> {
  if (watchdog === undefined) return;
  const ended = once(watchdog, 'exit');
  watchdog.stdin.end();
  watchdog = undefined;
  await ended;
}

/** What is written down in process-watchdog.js outlives a test run that is interrupted. */
function tellWatchdog(order: 'start' | 'end' | 'make' | 'remove', subject: number | string): void {
  watchdog ??= spawn(process.execPath, [join(__dirname, 'process-watchdog.js')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.stdin.write(`${order} ${subject}\n`);
}

/** For `afterEach`: ends every process of the test, also the PostgreSQL of services that were killed. */
export async function endProcesses(): Promise<void> {
  const ending = [...programs].map((program) => {
    program.killGroup('SIGKILL');
    return program.exited;
  });
  await Promise.all(ending);
  for (const dataDir of dataDirs) {
    dataDirs.delete(dataDir);
    await endPostgres(dataDir);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    tellWatchdog('remove', dataDir);
  }
}

/** The pid of the PostgreSQL that runs on a data directory, or undefined. */
export async function postgresOf(dataDir: string): Promise<number | undefined> {
  const pidFile = await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(pidFile.split('\n')[0]);
  const commandLine = pid > 0 ? await commandLineOf(pid) : null;
  return commandLine?.includes(dataDir) === true ? pid : undefined;
}

async function endPostgres(dataDir: string): Promise<void> {
  const pid = await postgresOf(dataDir);
  if (pid === undefined) return;
  killIfThere(pid, 'SIGQUIT');
  await until('PostgreSQL has ended', 10_000, async () => (await postgresOf(dataDir)) === undefined);
}

function killIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone.
  }
}

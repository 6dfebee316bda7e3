import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

/** A program of a test's in a process of its own. */
export interface Child {
  process: ChildProcess;
  /** The next line it prints, as JSON; fails when it ends before that. */
  next<T>(): Promise<T>;
  /** Kills it (SIGKILL) and waits until it is gone. */
  kill(): Promise<void>;
}

const registration = join(__dirname, 'register-typescript.js');

/** Runs a TypeScript file with Node. It prints one JSON value a line, and lives until it is killed. */
export function runTypeScript(file: string, ...args: string[]): Child {
  const child = spawn(process.execPath, ['-r', registration, file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    process: child,
    async next<T>() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${file} ended without a line`);
      return JSON.parse(value) as T;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench';
import { end } from './children';

const START_MS = 30_000;

/** The built service, running. */
export interface Service {
  readonly pid: number;
  readonly url: string;
}

const SECRETS_KEY = '0'.repeat(64);

/** Starts the built service (`dist/main.js`) and waits until it is ready. It ends with the case. */
export async function startService(bench: Bench, env: Readonly<Record<string, string>>): Promise<Service> {
  const logFile = bench.newLogFile();
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [join(bench.checkout, 'dist/main.js')], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_FORMAT: 'json', PORT: '0', SECRETS_KEY, ...env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  bench.endsWithCase({ stop: () => end(child) });
  const deadline = Date.now() + START_MS;
  for (;;) {
    const text = await readFile(logFile, 'utf8');
    const url = /is ready at ([^\s"]+)/.exec(text)?.[1];
    if (url !== undefined) return { pid: child.pid ?? 0, url };
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The service did not start:\n${text}`);
    await sleep(25);
  }
}

/** A customer with a key that may do everything, made as an operator makes one. */
export function createCustomer(bench: Bench, databaseUrl: string): { customerId: string; key: string } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(bench.checkout, 'dist/cli/main.js'), 'customer', 'create', '--name', 'Acme', '--json'],
    { cwd: tmpdir(), env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, SECRETS_KEY }, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  const { customerId, apiKey } = JSON.parse(stdout) as { customerId: string; apiKey: { key: string } };
  return { customerId, key: apiKey.key };
}

/** Memory of a process that is in use now, in MiB, where the system tells (Linux). */
export function residentMiB(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}

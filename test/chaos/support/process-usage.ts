import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What a process holds. */
export interface Usage {
  rssBytes: number;
  /** Open files and sockets; 0 where the system does not tell. */
  handles: number;
}

/** Asks the operating system. */
export async function usageOf(pid: number): Promise<Usage> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
  return { rssBytes: Number(stdout) * 1_024, handles: handles.length };
}

import { cpus, freemem, loadavg, release, totalmem, type } from 'node:os';

/** What the figures depend on besides the code. */
export function machineFacts(): Record<string, string | number> {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    freeMemoryGiB: Math.round(freemem() / 2 ** 30),
    loadBefore: (loadavg()[2] ?? 0).toFixed(1),
    system: `${type()} ${release()}`,
    node: process.version,
  };
}

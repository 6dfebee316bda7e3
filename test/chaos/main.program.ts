import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { dismissWatchdog, endProcesses } from '../support/process-service';
import { SCENARIOS } from './scenarios';
import { soakFor } from './soak';
import { play } from './support/play';
import type { QueueBackend, Report, Scenario } from './support/scenario';
import { tableOf } from './support/table';

// `npm run chaos`: plays the scenarios of docs/reliability.md one after the other and prints their table.

interface Options {
  only?: string;
  events: string;
  seed: string;
  queue?: QueueBackend;
  broken?: boolean;
  soak?: boolean;
  seconds: string;
  json?: boolean;
}

const FULL_EVENTS = '10000';
const PATIENCE_MS = 60_000;
const BROKEN_PATIENCE_MS = 20_000;

async function main(): Promise<boolean> {
  const options = new Command('chaos')
    .description('Faults as tests: real processes, independent logs compared.')
    .option('--only <numbers>', 'these scenarios only, e.g. 3 or 1,4')
    .option('--events <n>', 'events per scenario; up to 1000 it is the short form', FULL_EVENTS)
    .option('--seed <n>', 'of the moments at which faults strike', '1')
    .option('--queue <redis|postgresql>', 'where the jobs are kept, instead of what each scenario says')
    .option('--broken', 'a build without its reconciler: scenarios 2 and 3 have to fail')
    .option('--soak', 'steady load instead of faults')
    .option('--seconds <n>', 'how long the soak takes', '600')
    .option('--json', 'print one JSON document')
    .parse()
    .opts<Options>();
  const numbers = options.only?.split(',').map(Number);
  const scenarios = options.soak === true ? [soakFor(Number(options.seconds))] : SCENARIOS;
  const chosen = scenarios.filter(({ number }) => numbers === undefined || numbers.includes(number));
  const reports: Report[] = [];
  for (const scenario of chosen) {
    const queue = queueOf(scenario, options.queue);
    if (queue === undefined) {
      process.stderr.write(`${scenario.number} ${scenario.name}: skipped, there is no redis-server program\n`);
      continue;
    }
    process.stderr.write(`${scenario.number} ${scenario.name}: ${scenario.proves}\n`);
    reports.push(await play(scenario, formOf(options), queue));
    process.stderr.write(`${tableOf(reports.slice(-1))}\n\n`);
  }
  process.stdout.write(`${options.json === true ? JSON.stringify(reports) : tableOf(reports)}\n`);
  return reports.length > 0 && reports.every(({ problems, delays }) => problems.length + delays.length === 0);
}

function formOf({ events, seed, broken }: Options): Parameters<typeof play>[1] {
  return {
    events: Number(events),
    seed: Number(seed),
    dist: join(__dirname, '../../dist'),
    ...(broken === true ? { preload: join(__dirname, 'support/without-reconciler.js') } : {}),
    patienceMs: broken === true ? BROKEN_PATIENCE_MS : PATIENCE_MS,
  };
}

function queueOf({ queue, needsRedis }: Scenario, wanted: QueueBackend | undefined): QueueBackend | undefined {
  const chosen = needsRedis === true ? 'redis' : (wanted ?? queue);
  if (chosen === 'postgresql' || spawnSync('redis-server', ['--version']).status === 0) return chosen;
  return needsRedis === true ? undefined : 'postgresql';
}

main()
  .finally(async () => {
    await endProcesses();
    await dismissWatchdog();
  })
  .then(
    (holds) => process.exit(holds ? 0 : 1),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );

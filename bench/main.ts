import { Command } from 'commander';
import { resolve } from 'node:path';
import { CASES } from './cases';
import { Bench } from './support/bench';
import type { Case } from './support/case';
import type { Figure } from './support/figure';
import { machineFacts } from './support/machine';
import { createProgress } from './support/progress';
import { render } from './support/table';

interface Options {
  json?: boolean;
  list?: boolean;
  quick?: boolean;
  only: string[];
  checkout: string;
  profile?: string;
}

const gather = (value: string, before: string[]): string[] => [...before, ...value.split(',').filter(Boolean)];

async function main(): Promise<void> {
  const command = new Command('bench')
    .description('Measures the service as shipped against a bare axios loop on the same machine, in the same run.')
    .option('--only <name>', 'only these (repeatable, or comma-separated; the start of a name is enough)', gather, [])
    .option('--list', 'print the names')
    .option('--quick', 'smaller numbers: rough figures in a minute or so')
    .option('--json', 'print one JSON document')
    .option('--checkout <folder>', 'measure the build in another checkout', resolve(__dirname, '..'))
    .option('--profile <folder>', 'write CPU profiles of the measured application there');
  const options = command.parse().opts<Options>();
  if (options.list === true) {
    for (const { name, title } of CASES) process.stdout.write(`${name.padEnd(24)} ${title}\n`);
    return;
  }
  const chosen = choose(options.only);
  const { ceiling, ...measured } = await measure(chosen, options);
  const result = { machine: machineFacts(), ceilingPerSecond: ceiling, ...measured };
  process.stdout.write(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : render(result));
  if (result.failed.length > 0) process.exitCode = 1;
}

function choose(wanted: readonly string[]): readonly Case[] {
  if (wanted.length === 0) return CASES;
  for (const name of wanted) {
    if (!CASES.some((one) => one.name.startsWith(name))) throw new Error(`There is no case ${name}: see --list.`);
  }
  return CASES.filter((one) => wanted.some((name) => one.name.startsWith(name)));
}

async function measure(
  cases: readonly Case[],
  { quick = false, checkout, profile: profiles }: Options,
): Promise<{ figures: Figure[]; skipped: string[]; failed: string[]; ceiling: number }> {
  const progress = createProgress(process.stderr, cases.length);
  const bench = await Bench.open({ isQuick: quick, checkout: resolve(checkout), say: progress.say, profiles });
  const figures: Figure[] = [];
  const skipped: string[] = [];
  const failed: string[] = [];
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => reject(new Error('stopped')));
  });
  const measureOne = async (one: Case): Promise<void> => {
    if (one.needsCeiling === true) await bench.measureCeiling();
    try {
      figures.push(...(await one.run(bench)));
    } catch (error) {
      // The others' figures are worth what they were: minutes.
      failed.push(`${one.name}: ${String(error)}`);
    }
    await bench.endCase();
  };
  try {
    for (const one of cases) {
      progress.next(one.title);
      if (one.needsRedis === true && (await bench.redisUrl()) === null) {
        skipped.push(`${one.name}: there is no REDIS_URL and no redis-server program`);
        continue;
      }
      await Promise.race([measureOne(one), interrupted]);
    }
    return { figures, skipped, failed, ceiling: bench.ceiling };
  } finally {
    progress.end();
    await bench.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});

import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataDir } from '../support/process-service';
import type { Scenario } from './support/scenario';
import { IN_HAND, type Stage } from './support/stage';

const AWAY_MS = 3_000;
/** Emitted besides, before the second fault. */
const CROWD = 0.4;
const DISK_BYTES = 700_000_000;
const BALLAST_STEP = 1_048_576;

export const readOnlyAndFull: Scenario = {
  number: 10,
  name: 'read-only database, full disk',
  proves:
    'Emits into a database that cannot be written get a clear 503, and what was accepted before is delivered after.',
  queue: 'redis',
  async play(stage) {
    const disk = await smallDisk(stage);
    if (disk !== undefined) stage.atTheEnd(() => void spawnSync('umount', [disk]));
    await stage.open(disk === undefined ? {} : { dataDir: disk });
    await stage.start('api', 'worker', 'worker');
    const customer = await stage.customer('acme');
    await stage.endpoint(customer, '/ok');
    stage.emitOver(customer, disk === undefined ? 8 : 16);
    await stage.strike(() => beReadOnly(stage));
    if (disk !== undefined) {
      // What waited while the database was read-only is delivered within moments.
      stage.emit(customer, { events: Math.floor(CROWD * stage.form.events) });
      await stage.strike(() => beFull(stage, disk));
    }
    // Attempts whose outcome could not be written down.
    stage.duplicatesAllowed = 2 * IN_HAND * stage.strikes.length;
    await stage.settle();
    // 207: a part of the batch was accepted, and the rest is refused one by one.
    const unclear = stage.ledger.refusals.filter(
      ({ status, code }) => ![503, 207].includes(status) || code !== 'database_unavailable',
    );
    stage.expect(unclear.length === 0, `refused, but not clearly: ${JSON.stringify(unclear.slice(0, 3))}`);
    stage.expect(stage.ledger.refusals.length > 0, 'no emit was refused');
    stage.note(`${stage.ledger.refusals.length} requests were refused with 503 and made again`);
  },
};

async function beReadOnly({ postgres }: Stage): Promise<void> {
  await postgres.alterSystem('default_transaction_read_only', 'on');
  await sleep(AWAY_MS);
  await postgres.alterSystem('default_transaction_read_only', 'off');
}

/** Fills the disk under PostgreSQL to the last byte, and makes room again, as an operator does. */
async function beFull({ postgres }: Stage, disk: string): Promise<void> {
  const ballast = join(disk, 'ballast');
  for (let size = BALLAST_STEP; ; size += BALLAST_STEP) {
    try {
      await writeFile(ballast, Buffer.alloc(BALLAST_STEP, 'x'), { flag: 'a' });
    } catch {
      break;
    }
  }
  await sleep(AWAY_MS);
  await rm(ballast);
  // Without room for its log PostgreSQL stops itself, and somebody has to start it again.
  if (!(await postgres.answers())) await postgres.start();
}

/** A file system of its own for PostgreSQL; undefined where nobody may mount one. */
async function smallDisk(stage: Stage): Promise<string | undefined> {
  const folder = await makeDataDir();
  const mounted =
    process.platform === 'linux' &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder]).status === 0;
  if (mounted) return folder;
  stage.note('the full disk was left out: no right to mount a file system here');
  return undefined;
}

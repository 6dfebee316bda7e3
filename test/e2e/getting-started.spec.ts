import { realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  followSteps,
  makeProjectFolder,
  openTerminal,
  removeFolders,
  replaced,
  stepsOf,
} from '../support/process-page';
import { endProcesses, freePort, makeDataDir, startService } from '../support/process-service';

afterEach(async () => {
  await endProcesses();
  await removeFolders();
});

it('docs/getting-started.md: its commands, typed one after the other, print what it says', async () => {
  const page = stepsOf('docs/getting-started.md');
  expect(page.length).toBeGreaterThan(8);
  const folder = await makeProjectFolder();
  await symlink(await makeDataDir(), join(folder, '.data'));
  const { url } = await startService({ DATA_DIR: await realpath(join(folder, '.data')) });
  const port = String(await freePort());
  const steps = page.map((step) =>
    replaced(step, (text) => text.replaceAll('http://localhost:3000', url).replaceAll('9000', port)),
  );

  const terminal = await openTerminal(folder, steps, { before: AS_IN_A_TERMINAL });
  try {
    await followSteps(terminal);
  } finally {
    terminal.kill('SIGTERM');
    await terminal.exited;
  }
});

/** Background jobs are process groups of their own, which `kill %1` ends whole, and the end of the shell ends them. */
const AS_IN_A_TERMINAL = `set -m
trap 'for job in $(jobs -p); do kill -- -$job; done' EXIT
trap 'exit 1' TERM`;

import { dismissWatchdog, endProcesses } from './process-service';

// Tests that start processes wait for them, each wait with a limit of its own.
jest.setTimeout(300_000);

// Also what a test started that had timed out before.
afterAll(async () => {
  await endProcesses();
  await dismissWatchdog();
});

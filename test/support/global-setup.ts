import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres';

declare global {
  // Jest runs global-teardown.ts in the same process: this is how it finds what to stop.
  var testPostgres: { server: EmbeddedPostgres; watchdog: ChildProcess } | undefined;
}

/**
 * One PostgreSQL for the whole run: TEST_DATABASE_URL when it is set (its user must be allowed to create databases),
 * otherwise the embedded one in a temporary directory. Suites get a database each from test/support/database.ts.
 */
export default async function globalSetup(): Promise<void> {
  const own = process.env['TEST_DATABASE_URL'];
  if (own) {
    process.env['TEST_POSTGRES_URL'] = own;
    return;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'webhooks-test-'));
  const logger = { log: () => undefined, warn: (message: string) => console.warn(message) };
  // Nothing here has to survive a power cut.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const server = await startEmbeddedPostgres({ dataDir, logger, settings });
  globalThis.testPostgres = { server, watchdog: startWatchdog(dataDir) };
  process.env['TEST_POSTGRES_URL'] = server.url;
}

/** A run that is interrupted never gets to its teardown: this process outlives it and cleans up. */
function startWatchdog(dataDir: string): ChildProcess {
  const script = join(__dirname, 'postgres-watchdog.js');
  const watchdog = spawn(process.execPath, [script, dataDir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watchdog.unref();
  return watchdog;
}

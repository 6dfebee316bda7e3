import { rm } from 'node:fs/promises';
import './global-setup';

/** Stops the run's PostgreSQL and removes its files. */
export default async function globalTeardown(): Promise<void> {
  const postgres = globalThis.testPostgres;
  if (!postgres) return;
  await postgres.server.stop();
  await rm(postgres.dataDir, { recursive: true, force: true });
}

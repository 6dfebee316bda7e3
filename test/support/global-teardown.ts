import './global-setup';

/** Stops the run's PostgreSQL; the watchdog removes its files. */
export default async function globalTeardown(): Promise<void> {
  const postgres = globalThis.testPostgres;
  if (!postgres) return;
  await postgres.server.stop();
  postgres.watchdog.stdin?.end();
}

// Run by data-dir-lock.spec.ts and embedded-postgres.spec.ts: owns a data directory, with or without a PostgreSQL on
// it, until it is killed. Prints what became of it as a line of JSON.
import { acquireDataDir } from '../../../src/database/data-dir-lock';
import { startEmbeddedPostgres } from '../../../src/database/embedded-postgres';
import { publishInstance } from '../../../src/database/running-instance';

const [dataDir = '', what = ''] = process.argv.slice(2);
const logger = { log: () => undefined, warn: () => undefined };

async function main(): Promise<object> {
  const lock = await acquireDataDir(dataDir);
  if (what !== 'postgres') return { pid: process.pid, dataDir: lock.dataDir };
  const { url } = await startEmbeddedPostgres({ dataDir, logger });
  await publishInstance(dataDir, { pid: process.pid, databaseUrl: url, port: 3000 });
  return { pid: process.pid, url };
}

void main()
  .catch((error: unknown) => {
    const { name, message } = error as Error;
    return { error: name, message };
  })
  .then((result) => {
    console.log(JSON.stringify(result));
    setInterval(() => undefined, 60_000);
  });

// Run by replay.spec.ts: a worker in a process of its own, which lives until it is killed.
import { startService } from '../support/test-service';

const [url = '', prefix = ''] = process.argv.slice(2);

void startService({
  role: 'worker',
  // Its database is the suite's.
  database: { url, drop: () => Promise.resolve() },
  delivery: { concurrency: 20, timeoutMs: 60_000, reconcileIntervalMs: 100 },
}).then(({ queuePrefix }) => console.log(JSON.stringify({ started: queuePrefix === prefix })));

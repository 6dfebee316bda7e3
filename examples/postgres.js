// A PostgreSQL for the examples, on a machine that has none: the one that the stand-alone service brings along.
// Yours is as good; then set DATABASE_URL instead. Ctrl-C stops it; its data stays in .data/examples.
const { join } = require('node:path');
const { clearInterval, setInterval } = require('node:timers');
const { openDatabase } = require('../dist/database/open-database.js');

const dataDir = process.env.DATA_DIR ?? join(__dirname, '../.data/examples');

async function main() {
  const database = await openDatabase(
    { url: undefined, dataDir, waitMs: 10_000 },
    { log: () => undefined, warn: console.warn },
  );
  // PostgreSQL is a process of its own, and nothing that it does keeps this one alive.
  const waiting = setInterval(() => undefined, 60_000);
  const stop = () => {
    clearInterval(waiting);
    void database.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
  console.log(`export DATABASE_URL='${database.url}'`);
  console.log('PostgreSQL runs until you press Ctrl-C.');
}

void main();

// Told on standard input, line by line, what a test has started: `start <pid>`, `end <pid>`, `make <data directory>`,
// `remove <data directory>`. When the input closes, because the test run is gone, however it went (Ctrl-C, SIGKILL),
// it ends what is left.
const { readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const groups = new Set();
const dataDirs = new Set();
const orders = {
  start: (pid) => groups.add(Number(pid)),
  end: (pid) => groups.delete(Number(pid)),
  make: (dataDir) => dataDirs.add(dataDir),
  remove: (dataDir) => dataDirs.delete(dataDir),
};

function attempt(action) {
  try {
    action();
  } catch {
    // It is gone already.
  }
}

function endPostgres(dataDir) {
  const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid');
  process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT');
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [order, ...subject] = line.split(' ');
    orders[order](subject.join(' '));
  })
  .on('close', () => {
    for (const pid of groups) attempt(() => process.kill(-pid, 'SIGKILL'));
    for (const dataDir of dataDirs) attempt(() => endPostgres(dataDir));
    for (const dataDir of dataDirs) rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

// `node postgres-watchdog.js <data directory>`: waits until whoever holds its standard input is gone, however it went
// (Ctrl-C, SIGKILL), then stops the PostgreSQL there and removes the directory.
const { readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');

const dataDir = process.argv[2];

function stopServer() {
  const pid = Number(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  // Immediate shutdown: nothing there is needed any more.
  process.kill(pid, 'SIGQUIT');
}

process.stdin.resume().on('close', () => {
  try {
    stopServer();
  } catch {
    // It was stopped in good order.
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

// `node --require` this: after SIGUSR2 the process dies as by `kill -9` between commit and enqueue. For a moment it goes
// on committing rows and answering emits, and hands none of them to the queue.
const { setTimeout } = require('node:timers');
const { Queue } = require('bullmq');

const MOMENT_MS = 400;
let isDying = false;

for (const method of ['add', 'addBulk']) {
  const original = Queue.prototype[method];
  Queue.prototype[method] = function (...args) {
    return isDying ? new Promise(() => undefined) : original.apply(this, args);
  };
}
process.on('SIGUSR2', () => {
  isDying = true;
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), MOMENT_MS);
});

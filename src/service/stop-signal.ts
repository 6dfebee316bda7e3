/** For this long a signal that comes again is the same request: npm passes on a Ctrl-C that the terminal sent to all. */
const SAME_REQUEST_MS = 1_000;

/** Resolves with the signal's name when the process is asked to stop. Another request, later, ends it at once. */
export function stopRequested(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        const now = performance.now();
        askedAt ??= now;
        if (now - askedAt > SAME_REQUEST_MS) process.exit(1);
        resolve(signal);
      });
    }
  });
}
